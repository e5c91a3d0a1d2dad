import Foundation
import Pecule

extension WebhookDesk {
    /// So many lanes are looked at for each webhook; those that wait the longest come first.
    private static let mostLanes = 1000

    /// What there is of webhooks and waiting events, of all clients; nothing while the store cannot be read.
    var readings: [GatewayMetrics.Reading] {
        get async {
            guard let webhooks = try? await store.webhooks(), let waiting = try? await waiting(for: webhooks) else {
                return []
            }
            let states = Dictionary(grouping: webhooks, by: \.state.rawValue).map { state, webhooks in
                GatewayMetrics.Reading(
                    name: "pecule_webhooks", labels: [GatewayMetrics.Label("state", state)],
                    value: Double(webhooks.count))
            }
            return states + [GatewayMetrics.Reading(name: "pecule_webhook_events_waiting", value: Double(waiting))]
        }
    }

    private func waiting(for webhooks: [Webhook]) async throws(StoreFault) -> Int {
        var count = 0
        for webhook in webhooks {
            let lanes = try await store.dueItems(
                WebhookLane.kind(of: webhook.id), at: .distantFuture, limit: Self.mostLanes)
            for lane in lanes { count += try WebhookLane(lane).events.count }
        }
        return count
    }
}

import Foundation
public import Pecule
import PeculeCrypto
public import PeculeHTTP
import Synchronization

/// Tells clients of their transfers' changes: at least once, those of one transfer in order, over days if need be.
///
/// What is still to be sent stands in the store, so that nothing is lost with a process and several may share the work.
/// Run one beside every gateway.
public struct WebhookCourier: Sendable {
    let store: any TransferStore & ItemStore
    let transport: any HTTPTransport
    let reach: WebhookReach
    let environment: Environment
    let limits: HTTPLimits
    let onAttempt: @Sendable (WebhookAttempt) -> Void
    let onStop: @Sendable (Webhook) -> Void
    private let busy = BusyWebhooks()

    /// Messages under way to one receiver at a time.
    static let mostAtOnce = 8
    /// How long a message that was taken is left to who took it, in seconds: longer than any attempt lasts.
    static let lease: TimeInterval = 60

    /// - Parameters:
    ///   - transport: must ask `reach.admits` of every address that it connects to.
    ///   - timeout: for one attempt, at most 30 seconds.
    ///   - onAttempt: gets every attempt of this process, once it is over.
    ///   - onStop: gets each webhook to which nothing is sent from now on, because it is gone or disabled.
    public init(
        store: any TransferStore & ItemStore, transport: any HTTPTransport, reach: WebhookReach,
        timeout: Duration = .seconds(20), environment: Environment = .system,
        onAttempt: @escaping @Sendable (WebhookAttempt) -> Void = { _ in },
        onStop: @escaping @Sendable (Webhook) -> Void = { _ in }
    ) {
        precondition(timeout <= .seconds(30), "an attempt must end before its lease")
        (self.store, self.transport, self.reach, self.environment) = (store, transport, reach, environment)
        (self.onAttempt, self.onStop) = (onAttempt, onStop)
        limits = HTTPLimits(connect: min(.seconds(5), timeout), total: timeout, responseBody: 64 << 10)
    }

    /// Works until the task is cancelled. Nobody waits for a slow receiver but its own messages.
    public func run(every pause: Duration = .seconds(1)) async {
        await withDiscardingTaskGroup { group in
            repeat {
                // A store that cannot be read now is read again after the pause; nothing is lost meanwhile.
                for webhook in (try? await collect()) ?? [] where busy.take(webhook.id) {
                    group.addTask {
                        try? await serve(webhook)
                        busy.release(webhook.id)
                    }
                }
            } while (try? await environment.sleep(pause)) != nil
        }
    }

    /// Looks once at everything that is due, and waits until all of it has been tried.
    package func turn() async throws(StoreFault) {
        let webhooks = try await collect()
        await withDiscardingTaskGroup { group in
            for webhook in webhooks { group.addTask { try? await serve(webhook) } }
        }
    }

    /// Shares out what the outbox holds, clears old log lines away, and lists the webhooks.
    private func collect() async throws(StoreFault) -> [Webhook] {
        while try await relay() {}
        for item in try await store.dueItems(WebhookAttempt.kind, at: environment.now(), limit: 100) {
            _ = try await store.remove(item)
        }
        return try await store.webhooks()
    }
}

// MARK: From the outbox into lanes

extension WebhookCourier {
    private static let page = 100

    /// False when nothing more waits. A notice is cleared when each of its receivers has it.
    private func relay() async throws(StoreFault) -> Bool {
        let notices = try await store.outbox(limit: Self.page)
        for notice in notices { try await share(notice) }
        if !notices.isEmpty { try await store.clear(notices) }
        return notices.count == Self.page
    }

    private func share(_ notice: TransferNotice) async throws(StoreFault) {
        guard let client = try await store.transfer(notice.transfer)?.order.payer.account.client else { return }
        let webhooks = try await store.webhooks(of: client).filter { $0.state != .gone }
        guard !webhooks.isEmpty else { return }
        let now = environment.now()
        let change = try await store.events(of: notice.transfer).first { $0.version == notice.version }
        let event = WebhookEvent(notice, at: change?.at ?? now)
        for webhook in webhooks {
            try await store.enqueue(event, in: notice.transfer.text, of: webhook.id, at: now)
        }
    }
}

extension ItemStore {
    /// Puts an event where it waits for its turn.
    func enqueue(
        _ event: WebhookEvent, in lane: String, of webhook: String, at now: Date
    ) async throws(StoreFault) {
        try await change(WebhookLane.kind(of: webhook), lane, as: WebhookLane.self) { kept, due in
            var lane = kept ?? WebhookLane()
            let isFirst = lane.events.isEmpty
            guard lane.append(event) else { return nil }
            return (lane, isFirst ? now : due)
        }
    }
}

/// Webhooks that somebody in this process is serving.
private final class BusyWebhooks: Sendable {
    private let ids = Mutex<Set<String>>([])

    func take(_ id: String) -> Bool { ids.withLock { $0.insert(id).inserted } }

    func release(_ id: String) { ids.withLock { _ = $0.remove(id) } }
}

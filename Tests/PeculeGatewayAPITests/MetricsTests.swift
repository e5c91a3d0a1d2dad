import Foundation
import Pecule
import PeculeHTTP
import PeculeStoreSamples
import Testing

@testable import PeculeGatewayAPI

@Suite("Metrics")
struct MetricsTests {    private struct BusyStore: WatchedStore {
        var load: StoreLoad {
            let writers = StoreLoad.Pool(
                connections: 2, busy: 2, waiting: 7, done: 40, waited: .milliseconds(1500), worked: .seconds(3))
            let readers = StoreLoad.Pool(connections: 6, busy: 0, waiting: 0, done: 9, waited: .zero, worked: .zero)
            return StoreLoad(commits: 11, writers: writers, readers: readers)
        }
    }

    @Test("the store is shown with its commits, and each pool with its connections, its queue and its times")
    func store() async throws {
        let desk = try await Desk()
        desk.api.metrics.watch(BusyStore())
        let text = String(decoding: await desk.send(.get, "/metrics").body, as: UTF8.self)
        for line in [
            "# TYPE pecule_store_commits_total counter", "pecule_store_commits_total 11.0",
            "# TYPE pecule_store_connections gauge", "pecule_store_connections{pool=\"write\"} 2.0",
            "pecule_store_connections_busy{pool=\"write\"} 2.0", "pecule_store_waiting{pool=\"write\"} 7.0",
            "pecule_store_work_total{pool=\"write\"} 40.0", "pecule_store_wait_seconds_total{pool=\"write\"} 1.5",
            "pecule_store_work_seconds_total{pool=\"write\"} 3.0", "pecule_store_connections{pool=\"read\"} 6.0",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
    }

    @Test("webhooks are counted by state, what waits for them by event, and attempts by outcome")
    func webhooks() async throws {
        let (world, desk) = (WebhookWorld(), try await Desk())
        var api = desk.api
        api.addWebhooks(world.desk)
        for answer in [Receiver.status(204), Receiver.status(500), Receiver.status(410)] {
            _ = try await world.subscribe()
            world.receiver.answers(answer)
            try await world.begin("T-\(try await world.desk.list(of: "portal").count)")
            try await world.courier.turn()
            for attempt in world.attempts.taken() { api.metrics.note(attempt) }
        }
        let text = String(decoding: await api.respond(to: desk.request(.get, "/metrics")).body, as: UTF8.self)
        for line in [
            // The first change to one, the second to two, the third to three: the last answers are 410.
            "pecule_webhook_attempts_total{outcome=\"delivered\"} 1",
            "pecule_webhook_attempts_total{outcome=\"failed\"} 2", "pecule_webhook_attempts_total{outcome=\"gone\"} 3",
            "pecule_webhooks{state=\"gone\"} 3.0", "pecule_webhook_events_waiting 2.0",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
    }

    /// A canary is pushed through whatever a caller can send; no page may show it.
    @Test("changes, calls and requests are counted by bank, step, state and route, and nobody is named")
    func page() async throws {
        let desk = try await Desk()
        let id = await desk.create().id
        _ = await desk.chooseBank(id)
        desk.bank.next(.ask, .lost)
        desk.clock.advance(2)
        _ = await desk.send(.post, "/v1/transfers/\(id)/refresh")
        _ = await desk.send(.get, "/v1/transfers/canary", nil, ["Pecule-Payer": "canary"])
        _ = await desk.send(.get, "/v1/banks?search=canary&canary=1")
        _ = await desk.create("canary", Desk.body.replacingOccurrences(of: "Petit", with: "Canary"))
        _ = await desk.send(.get, "/canary", nil, ["Authorization": "Bearer canary"])
        let page = await desk.send(.get, "/metrics", nil, ["Authorization": ""])
        #expect(page.fields["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        let text = String(decoding: page.body, as: UTF8.self)
        for line in [
            "pecule_transfer_changes_total{state=\"awaitingApproval\",bank=\"deux-rives\"} 3",
            "pecule_bank_calls_total{bank=\"deux-rives\",step=\"initiate\",outcome=\"answered\"} 1",
            "pecule_bank_calls_total{bank=\"deux-rives\",step=\"ask\",outcome=\"outcome_unknown\"} 1",
            "pecule_bank_call_seconds_count{bank=\"deux-rives\",step=\"ask\"} 1",
            "pecule_bank_call_seconds_bucket{bank=\"deux-rives\",step=\"ask\",le=\"+Inf\"} 1",
            "pecule_requests_total{method=\"POST\",route=\"/v1/transfers\",status=\"201\"} 1",
            "pecule_requests_total{method=\"GET\",route=\"/v1/transfers/{id}\",status=\"404\"} 1",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
        for personal in ["canary", "Canary", "jeanne", "Petit", "240001", "012345", id, desk.key.revealed] {
            #expect(!text.contains(personal))
        }
    }
}

import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Testing

@Suite("Metrics")
struct MetricsTests {
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

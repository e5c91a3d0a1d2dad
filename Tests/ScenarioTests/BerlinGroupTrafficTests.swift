import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// Every exchange of whole payments between gateway and bank, for the check that holds them against the published
/// schema (`Tests/Outside/berlin-group-schema`), which names the file in PECULE_EXCHANGES.
@Suite struct BerlinGroupTrafficTests {
    @Test func everyKindOfCallIsMade() async throws {
        let recorder = Recorder()
        for bank in MockBankProfile.berlinGroup.map(\.id) {
            let world = try await World(.handedOver) { recorder.listening(to: $0) }
            for isApproved in [true, false] {
                let begun = try await world.open(at: bank)
                if isApproved {
                    try await world.answer(begun)
                } else {
                    _ = try? await world.gateway.cancel(begun.id, by: world.data.payer.account)
                }
                _ = try await world.sweepUntilFinal(begun.id)
            }
        }
        let exchanges = recorder.calls.filter { $0.request.target.contains("/berlin-group/v1/") }.map(\.json)
        let calls = exchanges.compactMap { $0["call"]?.string }
        #expect(Set(calls) == ["POST 201", "POST 403", "GET 200", "PUT 200", "DELETE 204", "DELETE 202"])
        if let file = ProcessInfo.processInfo.environment["PECULE_EXCHANGES"] {
            try Data(JSON.array(exchanges).bytes).write(to: URL(fileURLWithPath: file))
        }
    }
}

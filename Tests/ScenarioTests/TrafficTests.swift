import Foundation
import Pecule
import PeculeHTTP
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// Every exchange of whole payments between gateway and bank, for the checks that hold them against the published
/// schemas (`Tests/Outside`), which name the file in PECULE_EXCHANGES. Payments are approved, or else withdrawn.
private func exchanges(at banks: [MockBankProfile], through path: String) async throws -> [JSON] {
    let recorder = Recorder()
    for bank in banks.map(\.id) {
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
    let exchanges = recorder.calls.filter { $0.request.target.contains(path) }.map(\.json)
    if let file = ProcessInfo.processInfo.environment["PECULE_EXCHANGES"] {
        try Data(JSON.array(exchanges).bytes).write(to: URL(fileURLWithPath: file))
    }
    return exchanges
}

@Suite struct BerlinGroupTrafficTests {
    @Test func everyKindOfCallIsMade() async throws {
        let exchanges = try await exchanges(at: MockBankProfile.berlinGroup, through: "/berlin-group/v1/")
        let calls = exchanges.compactMap { $0["call"]?.string }
        #expect(Set(calls) == ["POST 201", "POST 403", "GET 200", "PUT 200", "DELETE 204", "DELETE 202"])
    }
}

@Suite struct StetTrafficTests {
    @Test func everyKindOfCallIsMade() async throws {
        let banks = MockBankProfile.fictional + MockBankProfile.particular
        let exchanges = try await exchanges(at: banks, through: "/stet/v1/")
        let calls = exchanges.compactMap { $0["call"]?.string }
        #expect(Set(calls) == ["POST 200", "POST 201", "POST 400", "GET 200", "GET 404", "PUT 200"])
    }
}

import Foundation
import Pecule
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// "The bank executed and the reply was lost", as its scenario plays it at every bank, through the gateway.
@Suite struct LostReplyTests {
    static let banks = MockBankProfile.all.filter { $0.flow != .decoupled }.map(\.id)
    static let faults = ["lost", "cut", "reset", "503"]

    @Test(arguments: banks, faults)
    func endsWithExactlyOneDebit(bank: String, fault: String) async throws {
        let world = try await World(.handedOver)
        try world.bank.play("at open \(fault); at confirm \(fault)", at: bank)
        _ = try? await world.begin(at: bank, answering: world.answers(bank))
        let first = world.store.history(of: world.data.payer.account, since: .distantPast, after: nil, limit: 1).first
        let id = try #require(first?.id)
        // An explicit authorisation is a second request that the scenario strikes.
        for _ in 0..<4 {
            world.clock.skip(60)
            try await Sweeper(world.gateway).sweep()
        }
        guard case .approve(.redirect(let link, _))? = world.store.transfer(id)?.outcome else {
            Issue.record("no way to the bank: \(String(describing: world.store.transfer(id)?.state))")
            return
        }
        var payer = world.payer()
        _ = try await payer.walk(from: link)
        let transfer = try await world.sweepUntilFinal(id)
        #expect(transfer.state == .settled)
        #expect(world.debits(of: transfer.id) == [2550])
    }
}

import Foundation
import Pecule
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// "The bank executed and the reply was lost", as its scenario plays it at every bank, through the gateway.
@Suite struct LostReplyTests {
    static let banks = MockBankProfile.all.map(\.id)
    static let faults = ["lost", "cut", "reset", "503"]

    @Test(arguments: banks, faults)
    func endsWithExactlyOneDebitOrNoneWhereNobodyWasAsked(bank: String, fault: String) async throws {
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
        try await world.answer(TransferSummary(try #require(world.store.transfer(id))))
        let transfer = try await world.sweepUntilFinal(id)
        // There the request that starts the approval is lost as well, so that no telephone ever rings.
        let neverRang = bank == "escaut" && ["reset", "503"].contains(fault)
        #expect(transfer.state == (neverRang ? .failed(.rejected(RejectionReason("MS03"))) : .settled))
        #expect(world.debits(of: transfer.id) == (neverRang ? [] : [2550]))
    }
}

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
        let id = try await world.openUnheard(at: bank, answering: world.answers(bank))
        let transfer = try await world.sweepUntilFinal(id)
        // There the request that starts the approval is lost as well, so that no telephone ever rings.
        let neverRang = bank == "escaut" && ["reset", "503"].contains(fault)
        #expect(transfer.state == (neverRang ? .failed(.rejected(RejectionReason("MS03"))) : .settled))
        #expect(world.debits(of: transfer.id) == (neverRang ? [] : [2550]))
    }
}

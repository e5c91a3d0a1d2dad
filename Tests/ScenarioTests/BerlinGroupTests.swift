import Foundation
import Pecule
import PeculeHTTP
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// What only the banks of Berlin Group's standard have.
@Suite struct BerlinGroupTests {
    @Test(arguments: MockBankProfile.berlinGroup.map(\.id))
    func theBankAsksForTheAccountFirst(bank: String) async throws {
        let world = try await World(.handedOver)
        await #expect { _ = try await world.begin(at: bank) } throws: { error in
            guard case .bankNeeds(let problems)? = error as? PeculeError else { return false }
            return problems.all.contains { $0.question == .debtorIBAN && $0.reason == .missing }
        }
        #expect(world.bank.payments().isEmpty)
    }

    @Test(arguments: [("approve", TransferState.settled), ("refuse", .failed(.deniedByPayer))])
    func theTelephoneIsAnsweredOnce(answer: String, state: TransferState) async throws {
        let world = try await World(.handedOver)
        let begun = try await world.open(at: "escaut")
        guard case .approve(.decoupled(let message?, _)) = begun.outcome else {
            Issue.record("no telephone: \(begun.state)")
            return
        }
        #expect(message == "Validez le paiement dans votre application bancaire.")
        #expect(try await world.say(answer, "camille", begun) == 303)
        #expect(try await world.say("approve", "camille", begun) == 404, "too late")
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == state)
        #expect(world.debits(of: transfer.id) == (state == .settled ? [2550] : []))
    }

    @Test func aCancellationThatThePayerHasToAgreeTo() async throws {
        let world = try await World(.handedOver)
        let begun = try await world.open(at: "escaut")
        await #expect(throws: PeculeError.notNow(.awaitingApproval)) {
            _ = try await world.gateway.cancel(begun.id, by: world.data.payer.account)
        }
        #expect(try await world.say("cancel", "camille", begun) == 303)
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == .failed(.cancelled))
        #expect(world.debits(of: transfer.id) == [])
    }
}

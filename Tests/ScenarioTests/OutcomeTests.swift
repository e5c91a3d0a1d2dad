import Foundation
import Pecule
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// Every fictional bank of both standards, every way a payer can end it, with and without sockets.
@Suite struct OutcomeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let world: WorldKind
        let bank: String
        let ending: DemoOutcome
        /// The verdict.
        let state: TransferState

        var testDescription: String { "\(bank), \(ending.rawValue), \(world.rawValue) → \(state)" }
    }

    static let rows: [Row] = WorldKind.allCases.flatMap { world in
        MockBankProfile.all.flatMap { bank in
            verdicts(bank).map { Row(world: world, bank: bank.id, ending: $0.0, state: $0.1) }
        }
    }

    private static func verdicts(_ bank: MockBankProfile) -> [(DemoOutcome, TransferState)] {
        let needsProof = bank.flow == .factorThenConfirm || bank.flow == .codeThenConfirm
        let locked = RejectionReason(bank.berlinGroup == nil ? "MS03" : "SCA_INVALID")
        return [
            (.settled, .settled), (.refused, .failed(.deniedByPayer)),
            (.insufficientFunds, .failed(.rejected(.insufficientFunds))), (.expired, .failed(.expired)),
        ] + (bank.flow == .decoupled
            ? [] : [
                (.wrongCode, .failed(.rejected(locked))),
                (.closedTab, needsProof ? .failed(.expired) : .settled),
            ])
    }

    @Test(arguments: rows)
    func endsAsThePayerAndTheBankDecide(row: Row) async throws {
        let world = try await World(row.world)
        let begun = try await world.open(at: row.bank, as: Demo.login(for: row.ending))
        try await world.answer(begun, row.ending)

        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == row.state)
        #expect(transfer.alarm.isEmpty && transfer.choice?.answers.isEmpty == true)
        #expect(world.debits(of: transfer.id) == (row.state == .settled ? [2550] : []))
        let history = try await world.gateway.history(of: world.data.payer.account)
        #expect(history.transfers == [TransferSummary(transfer)])
        await world.stop()
    }

    /// What a cancellation before the approval ends with; nil where the bank does not let go of a payment.
    static let cancellations: [(bank: String, state: TransferState?)] = MockBankProfile.all.map { bank in
        let isAsked = bank.berlinGroup?.asksBeforeCancelling == true
        return (bank.id, bank.variants.cancellation == .none || isAsked ? nil : .failed(.cancelled))
    }

    @Test(arguments: cancellations)
    func isCancelledWhereTheBankLetsGo(bank: String, state: TransferState?) async throws {
        let world = try await World(.handedOver)
        let begun = try await world.open(at: bank)
        // Some banks do not find a payment that is quite new.
        world.clock.skip(5)
        if let state {
            #expect(try await world.gateway.cancel(begun.id, by: world.data.payer.account).state == state)
            #expect(world.debits(of: begun.id) == [])
        } else {
            await #expect(throws: PeculeError.notNow(.awaitingApproval)) {
                _ = try await world.gateway.cancel(begun.id, by: world.data.payer.account)
            }
            try await world.answer(begun)
            #expect(try await world.sweepUntilFinal(begun.id).state == .settled)
        }
    }

    @Test(arguments: MockBankProfile.all.map(\.id))
    func aReturnThatComesAgainChangesNothing(bank: String) async throws {
        let world = try await World(.handedOver)
        let begun = try await world.open(at: bank)
        try await world.answer(begun)
        let returns = world.returns
        #expect(returns.count == (begun.outcome.isRedirect ? 1 : 0))
        for _ in 1...3 {
            for query in returns { _ = try await world.gateway.resume(query: query, from: world.browser) }
        }
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == .settled)
        for query in returns {
            let resumed = try await world.gateway.resume(query: query, from: world.browser)
            #expect(resumed == TransferSummary(transfer))
        }
        #expect(world.debits(of: transfer.id) == [2550])
    }
}

extension TransferOutcome {
    fileprivate var isRedirect: Bool { if case .approve(.redirect) = self { true } else { false } }
}

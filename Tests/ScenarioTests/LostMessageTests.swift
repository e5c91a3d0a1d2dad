import Foundation
import Pecule
import PeculeHTTP
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// The bank did it and the answer was lost, or never heard of it: one debit at most, and nothing is shown as failed
/// while it is not known.
@Suite struct LostMessageTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let bank: String
        let loss: LossyTransport.Loss
        let path: String
        /// The verdict: how it ends and how often the payer was debited.
        let state: TransferState
        let debits: Int

        var testDescription: String { "\(bank): \(loss.rawValue) of \(path) lost → \(state)" }
    }

    static let rows: [Row] = [
        Row(bank: "phare", loss: .request, path: "/confirmation", state: .settled, debits: 1),
        Row(bank: "phare", loss: .reply, path: "/confirmation", state: .settled, debits: 1),
        Row(bank: "montagne", loss: .request, path: "/confirmation", state: .settled, debits: 1),
        Row(bank: "montagne", loss: .reply, path: "/confirmation", state: .settled, debits: 1),
        Row(bank: "sillage", loss: .request, path: "/confirmation", state: .settled, debits: 1),
        Row(bank: "sillage", loss: .reply, path: "/confirmation", state: .settled, debits: 1),
        Row(bank: "atelier", loss: .request, path: "/o-confirmation", state: .settled, debits: 1),
        Row(bank: "atelier", loss: .reply, path: "/o-confirmation", state: .settled, debits: 1),
        // A code is exchanged once: without an answer nothing can confirm any more, and nothing is debited.
        Row(bank: "sillage", loss: .reply, path: "/oauth/token", state: .failed(.expired), debits: 0),
        Row(bank: "sillage", loss: .request, path: "/oauth/token", state: .failed(.expired), debits: 0),
    ]

    @Test(arguments: rows)
    func aLostMessageAfterTheApprovalCostsNothing(row: Row) async throws {
        let world = try await World(.handedOver)
        let begun = try await world.begin(at: row.bank)
        guard case .approve(.redirect(let link, _)) = begun.outcome else {
            Issue.record("no way to the bank: \(begun.state)")
            return
        }
        world.faults.lose(row.loss, of: .post, to: row.path)
        var payer = world.payer()
        _ = try await payer.walk(from: link)
        let afterReturn = try #require(world.store.transfer(begun.id))
        #expect(world.faults.isSpent)
        #expect(!afterReturn.state.isFinal, "not known yet: \(afterReturn.state)")

        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == row.state)
        #expect(world.debits(of: transfer) == Array(repeating: 2550, count: row.debits))
    }

    @Test(arguments: OutcomeTests.banks, LossyTransport.Loss.allCases)
    func aLostMessageAtTheOpeningLeavesOnePaymentToApprove(bank: String, loss: LossyTransport.Loss) async throws {
        let world = try await World(.handedOver)
        world.faults.lose(loss, of: .post, to: "/payment-requests")
        await #expect(throws: PeculeError.self) { _ = try await world.begin(at: bank) }
        let begun = world.store.history(of: world.data.payer.account, since: .distantPast, after: nil, limit: 1)
        let id = try #require(begun.first?.id)
        #expect(world.store.transfer(id)?.state == .initiating)

        world.clock.skip(30)
        try await Sweeper(world.gateway).sweep()
        let repeated = try #require(world.store.transfer(id))
        guard case .approve(.redirect(let link, _)) = repeated.outcome else {
            Issue.record("no way to the bank: \(repeated.state)")
            return
        }
        var payer = world.payer()
        _ = try await payer.walk(from: link)
        let transfer = try await world.sweepUntilFinal(id)
        #expect(transfer.state == .settled)
        #expect(world.debits(of: transfer) == [2550])
        #expect(world.bank.payments().count == 1)
    }
}

import Foundation
import Pecule
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// Every fictional bank, every way a payer can end it, with and without sockets.
@Suite struct OutcomeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let world: WorldKind
        let bank: String
        let ending: DemoOutcome
        /// The verdict.
        let state: TransferState

        var testDescription: String { "\(bank), \(ending.rawValue), \(world.rawValue) → \(state)" }
    }

    static let needsProof: Set<String> = ["montagne", "sillage", "atelier"]
    static let banks = ["deux-rives", "phare", "montagne", "sillage", "atelier", "oceane", "horizon"]

    static let rows: [Row] = WorldKind.allCases.flatMap { world in
        banks.flatMap { bank -> [Row] in
            let closedTab: TransferState = needsProof.contains(bank) ? .failed(.expired) : .settled
            return [
                Row(world: world, bank: bank, ending: .settled, state: .settled),
                Row(world: world, bank: bank, ending: .refused, state: .failed(.deniedByPayer)),
                Row(world: world, bank: bank, ending: .wrongCode, state: .failed(.rejected(RejectionReason("MS03")))),
                Row(
                    world: world, bank: bank, ending: .insufficientFunds,
                    state: .failed(.rejected(.insufficientFunds))),
                Row(world: world, bank: bank, ending: .expired, state: .failed(.expired)),
                Row(world: world, bank: bank, ending: .closedTab, state: closedTab),
            ]
        }
    }

    @Test(arguments: rows)
    func endsAsThePayerAndTheBankDecide(row: Row) async throws {
        let world = try await World(row.world)
        let begun = try await world.begin(at: row.bank)
        guard case .approve(.redirect(let link, _)) = begun.outcome else {
            Issue.record("no way to the bank: \(begun.state)")
            return
        }
        var payer = world.payer(Demo.login(for: row.ending))
        payer.refuses = row.ending == .refused
        payer.mistypes = row.ending == .wrongCode
        payer.leavesBefore = row.ending == .closedTab ? world.address.text : nil
        _ = try await payer.walk(from: link)

        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == row.state)
        #expect(transfer.alarm.isEmpty)
        #expect(world.debits(of: transfer) == (row.state == .settled ? [2550] : []))
        let history = try await world.gateway.history(of: world.data.payer.account)
        #expect(history.transfers == [transfer])
        await world.stop()
    }
}

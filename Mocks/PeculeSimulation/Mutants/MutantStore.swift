import Foundation
import Pecule

/// A store with a planted bug: what it does instead; nil where it does what it should.
struct MutantStore {
    let process: GatewayProcess
    let mutant: Mutant

    private var world: World { process.world }

    func insertion(_ insertion: Insertion, of transfer: Transfer) -> Insertion? {
        guard mutant == .insertsAgain, case .existing = insertion else { return nil }
        world.oracle.inserted(transfer)
        return .inserted
    }

    func changed(_ change: Change) -> Change? {
        var changed = change
        switch mutant {
        case .overwrites: changed.expected = world.store.transfer(change.transfer.id)?.version ?? change.expected
        case .checksCapOutside, .ignoresCap: changed.allowance = nil
        case .losesDeadline where change.transfer.state == .executing: changed.alter("deadline", to: .null)
        case .skipsVersions: changed.alter("version", to: .integer(change.transfer.version + 1))
        case .believesClock:
            changed.alter("updated_at", to: .time(process.now))
            changed.record = TransferRecord(
                version: change.record.version, event: change.record.event, detail: change.record.detail,
                state: change.record.state, at: process.now, correlation: change.record.correlation)
        case .fallsBack where change.transfer.state == .executing:
            changed.alter("state", to: .text("awaitingApproval"))
        case .revivesFailed where change.transfer.state == .failed(.expired):
            changed.alter("state", to: .text("awaitingApproval"))
        default: return nil
        }
        return changed
    }

    /// A planted race: between this check and the write, others write.
    func checkedCap(_ change: Change) -> Replacement? {
        guard mutant == .checksCapOutside, let allowance = change.allowance else { return nil }
        let sum = world.oracle.reserved(allowance, besides: change.transfer.id)
        let left = allowance.limit.cents - sum
        return change.transfer.order.amount.cents <= left ? nil : .overAllowance(left: Amount(cents: left))
    }

    func wrote() {
        guard mutant == .losesNotices else { return }
        world.store.clear(world.store.outbox(limit: 1))
    }

    func read(_ id: TransferID, in life: Life) -> Transfer? {
        guard mutant == .staleReads, let transfer = life.seen[id] ?? world.store.transfer(id) else { return nil }
        life.seen[id] = transfer
        return transfer
    }

    func overdue(_ overdue: [TransferID]) -> [TransferID]? {
        guard mutant == .forgetsDrafts else { return nil }
        return overdue.filter { world.store.transfer($0)?.state != .drafted }
    }

    func history(_ history: [TransferSummary]) -> [TransferSummary]? {
        mutant == .hidesUnfinished ? history.filter(\.state.isFinal) : nil
    }
}

extension Change {
    /// Writes something else into one column.
    mutating func alter(_ column: String, to value: ColumnValue) {
        var row = transfer.row
        guard let index = Transfer.columns.firstIndex(of: column) else { return }
        row[index] = value
        transfer = (try? Transfer(row: row)) ?? transfer
    }
}

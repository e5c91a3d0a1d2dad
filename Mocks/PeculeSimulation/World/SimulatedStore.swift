import Foundation
import Pecule

/// The store as one life of a gateway process sees it: what it wrote stays, what it was about to write when it died
/// does not, and sometimes nobody can tell.
struct SimulatedStore: TransferStore {
    let process: GatewayProcess
    let life: Life

    private var world: World { process.world }
    private var kept: any TransferStore { life.store ?? world.store }
    private var mutation: MutantStore? { world.mutant.map { MutantStore(process: process, mutant: $0) } }

    func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion {
        try await write(transfer.id) { () async throws(StoreFault) in
            let insertion: Insertion
            do throws(StoreFault) { insertion = try await kept.insert(transfer) } catch {
                world.oracle.doubt(Doubt(transfer), because: error)
                throw error
            }
            if insertion == .inserted { world.oracle.inserted(transfer) }
            return mutation?.insertion(insertion, of: transfer) ?? insertion
        }
    }

    func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement {
        let change = Change(transfer: transfer, expected: expected, record: record, allowance: allowance)
        if let mutation { return try await replace(change, mutation) }
        return try await write(transfer.id) { () async throws(StoreFault) in try await put(change, asked: allowance) }
    }

    private func replace(_ change: Change, _ mutation: MutantStore) async throws(StoreFault) -> Replacement {
        if world.mutant == .acknowledgesBeforeWriting { return acknowledge(change) }
        if let refusal = mutation.checkedCap(change) { return refusal }
        return try await write(change.transfer.id) { () async throws(StoreFault) in
            let done = mutation.changed(change) ?? change
            let replacement = try await put(done, asked: change.allowance)
            if replacement == .replaced { mutation.wrote() }
            return replacement
        }
    }

    /// - Parameter asked: the allowance that the gateway wants upheld, which a planted bug forgets.
    private func put(_ change: Change, asked: MonthlyAllowance?) async throws(StoreFault) -> Replacement {
        let replacement: Replacement
        do throws(StoreFault) {
            replacement = try await kept.replace(
                change.transfer, expecting: change.expected, recording: change.record, within: change.allowance)
        } catch {
            world.oracle.doubt(Doubt(change.transfer, change.record, asked), because: error)
            throw error
        }
        if replacement == .replaced { world.oracle.replaced(change.transfer, because: change.record, within: asked) }
        return replacement
    }

    func transfer(_ id: TransferID) async throws(StoreFault) -> Transfer? {
        try await read(id) { () async throws(StoreFault) in
            if let stale = mutation?.read(id, in: life) { return stale }
            return try await kept.transfer(id)
        }
    }

    func transfer(returning state: ReturnState) async throws(StoreFault) -> Transfer? {
        try await read(nil) { () async throws(StoreFault) in try await kept.transfer(returning: state) }
    }

    func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID] {
        try await write(nil) { () async throws(StoreFault) in
            let overdue = try await kept.takeOverdue(at: now, until: end, besides: banks, limit: limit)
            return mutation?.overdue(overdue) ?? overdue
        }
    }

    func cases(
        unansweredBefore time: Date, after id: TransferID?, limit: Int
    ) async throws(StoreFault) -> [Transfer] {
        try await read(nil) { () async throws(StoreFault) in
            try await kept.cases(unansweredBefore: time, after: id, limit: limit)
        }
    }

    func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(StoreFault) -> [TransferSummary] {
        try await read(nil) { () async throws(StoreFault) in
            let history = try await kept.history(of: payer, since: start, after: cursor, limit: limit)
            return mutation?.history(history) ?? history
        }
    }

    func events(of id: TransferID) async throws(StoreFault) -> [TransferRecord] {
        try await read(id) { () async throws(StoreFault) in try await kept.events(of: id) }
    }

    func outbox(limit: Int) async throws(StoreFault) -> [TransferNotice] {
        try await read(nil) { () async throws(StoreFault) in try await kept.outbox(limit: limit) }
    }

    func clear(_ notices: [TransferNotice]) async throws(StoreFault) {
        try await write(nil) { () async throws(StoreFault) in try await kept.clear(notices) }
    }

    // MARK: What can go wrong

    private func read<Value: Sendable>(
        _ id: TransferID?, _ body: () async throws(StoreFault) -> Value
    ) async throws(StoreFault) -> Value {
        try await pass(.unavailable("the process is gone"))
        if world.strikes(.storeUnavailable, id) { throw .unavailable("simulated") }
        return try await done(body)
    }

    private func write<Value: Sendable>(
        _ id: TransferID?, _ body: () async throws(StoreFault) -> Value
    ) async throws(StoreFault) -> Value {
        try await pass(.unavailable("the process is gone"))
        if world.strikes(.storeUnavailable, id) { throw .unavailable("simulated") }
        if world.strikes(.storeUnknownNotDone, id) { throw .outcomeUnknown("simulated, not done") }
        let value = try await done(body)
        try await pass(.outcomeUnknown("the process is gone"))
        if world.strikes(.storeUnknownDone, id) { throw .outcomeUnknown("simulated, done") }
        return value
    }

    /// On a machine of its own, the power may fail in the midst of it.
    private func done<Value: Sendable>(_ body: () async throws(StoreFault) -> Value) async throws(StoreFault) -> Value {
        world.machine?.disk.owner = life.owner
        defer { world.checkPower() }
        return try await body()
    }

    private func pass(_ fault: StoreFault) async throws(StoreFault) {
        do throws(CancellationError) { try await process.pass(world.executor.below(4), in: life) } catch { throw fault }
    }

    /// A planted bug: the oracle is told what the caller is told, that it is written.
    private func acknowledge(_ change: Change) -> Replacement {
        guard world.store.transfer(change.transfer.id)?.version == change.expected else { return .versionConflict }
        world.oracle.replaced(change.transfer, because: change.record, within: nil)
        world.executor.start { [self] in
            guard (try? await process.pass(20, in: life)) != nil else { return }
            _ = try? world.store.replace(
                change.transfer, expecting: change.expected, recording: change.record, within: change.allowance)
        }
        return .replaced
    }
}

/// One replacement as it is asked of a store.
struct Change {
    var transfer: Transfer
    var expected: Int
    var record: TransferRecord
    var allowance: MonthlyAllowance?
}

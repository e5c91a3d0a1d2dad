import Foundation
import Pecule

/// The store as one life of a gateway process sees it: what it wrote stays, what it was about to write when it died
/// does not, and sometimes nobody can tell.
struct SimulatedStore: TransferStore {
    let process: GatewayProcess
    let life: Life

    private var world: World { process.world }
    private var kept: InMemoryStore { world.store }

    func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion {
        try await write { () throws(StoreFault) in
            let insertion = try kept.insert(transfer)
            if insertion == .inserted { world.oracle.inserted(transfer) }
            return insertion
        }
    }

    func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement {
        switch world.mutant {
        case .acknowledgesBeforeWriting: return acknowledge(transfer, expected, record, allowance)
        case .checksCapOutside:
            let probe = kept.transfer(transfer.id).map { $0.version == expected } ?? false
            guard probe, let allowance else { break }
            if let refusal = overCap(transfer, allowance) { return refusal }
            return try await write { () throws(StoreFault) in
                try put(transfer, expected, record, nil, checking: allowance)
            }
        default: break
        }
        return try await write { () throws(StoreFault) in
            try put(transfer, expected, record, allowance, checking: allowance)
        }
    }

    func transfer(_ id: TransferID) async throws(StoreFault) -> Transfer? { try await read { kept.transfer(id) } }

    func transfer(returning state: ReturnState) async throws(StoreFault) -> Transfer? {
        try await read { kept.transfer(returning: state) }
    }

    func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID] {
        try await write { kept.takeOverdue(at: now, until: end, besides: banks, limit: limit) }
    }

    func cases(
        unansweredBefore time: Date, after id: TransferID?, limit: Int
    ) async throws(StoreFault) -> [Transfer] {
        try await read { kept.cases(unansweredBefore: time, after: id, limit: limit) }
    }

    func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(StoreFault) -> [Transfer] {
        try await read { kept.history(of: payer, since: start, after: cursor, limit: limit) }
    }

    func events(of id: TransferID) async throws(StoreFault) -> [TransferRecord] {
        try await read { kept.events(of: id) }
    }

    func outbox(limit: Int) async throws(StoreFault) -> [TransferNotice] {
        try await read { kept.outbox(limit: limit) }
    }

    func clear(_ notices: [TransferNotice]) async throws(StoreFault) { try await write { kept.clear(notices) } }

    // MARK: What can go wrong

    private func read<Value>(_ body: () -> Value) async throws(StoreFault) -> Value {
        try await pass(.unavailable("the process is gone"))
        if world.strikes(.storeUnavailable) { throw .unavailable("simulated") }
        return body()
    }

    private func write<Value>(_ body: () throws(StoreFault) -> Value) async throws(StoreFault) -> Value {
        try await pass(.unavailable("the process is gone"))
        if world.strikes(.storeUnavailable) { throw .unavailable("simulated") }
        if world.strikes(.storeUnknownNotDone) { throw .outcomeUnknown("simulated, not done") }
        let value = try body()
        try await pass(.outcomeUnknown("the process is gone"))
        if world.strikes(.storeUnknownDone) { throw .outcomeUnknown("simulated, done") }
        return value
    }

    private func pass(_ fault: StoreFault) async throws(StoreFault) {
        do throws(CancellationError) { try await process.pass(world.executor.below(4), in: life) } catch { throw fault }
    }

    private func put(
        _ transfer: Transfer, _ expected: Int, _ record: TransferRecord, _ allowance: MonthlyAllowance?,
        checking checked: MonthlyAllowance?
    ) throws(StoreFault) -> Replacement {
        let overwrites = world.mutant == .overwrites
        let replaced = overwrites ? kept.transfer(transfer.id)?.version ?? expected : expected
        let replacement = try kept.replace(transfer, expecting: replaced, recording: record, within: allowance)
        if replacement == .replaced { world.oracle.replaced(transfer, because: record, within: checked) }
        return replacement
    }

    // MARK: Planted bugs

    /// The oracle is told what the caller is told: that it is written.
    private func acknowledge(
        _ transfer: Transfer, _ expected: Int, _ record: TransferRecord, _ allowance: MonthlyAllowance?
    ) -> Replacement {
        guard kept.transfer(transfer.id)?.version == expected else { return .versionConflict }
        world.oracle.replaced(transfer, because: record, within: nil)
        world.executor.start { [self] in
            guard (try? await process.pass(20, in: life)) != nil else { return }
            _ = try? kept.replace(transfer, expecting: expected, recording: record, within: allowance)
        }
        return .replaced
    }

    private func overCap(_ transfer: Transfer, _ allowance: MonthlyAllowance) -> Replacement? {
        let probe = InMemoryStore()
        for errand in world.town.errands {
            guard let other = kept.transfer(errand.id) else { continue }
            _ = try? probe.insert(other)
        }
        let record = TransferRecord(transfer, because: .deadlinePassed, in: world.correlation)
        let answer = try? probe.replace(transfer, expecting: transfer.version - 1, recording: record, within: allowance)
        if case .overAllowance = answer { return answer }
        return nil
    }
}

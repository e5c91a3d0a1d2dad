import Foundation
import Pecule

/// The store as one process sees it, with one fault in it.
struct TroubledStore: TransferStore {
    let inner: InMemoryStore
    let trouble: Trouble

    func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion {
        try await write { () throws(StoreFault) in try inner.insert(transfer) }
    }

    func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement {
        try await write { () throws(StoreFault) in
            try inner.replace(transfer, expecting: expected, recording: record, within: allowance)
        }
    }

    func transfer(_ id: TransferID) async throws(StoreFault) -> Transfer? { try await read { inner.transfer(id) } }

    func transfer(returning state: ReturnState) async throws(StoreFault) -> Transfer? {
        try await read { inner.transfer(returning: state) }
    }

    func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID] {
        try await read { inner.takeOverdue(at: now, until: end, besides: banks, limit: limit) }
    }

    func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(StoreFault) -> [TransferSummary] {
        try await read { inner.history(of: payer, since: start, after: cursor, limit: limit) }
    }

    func events(of id: TransferID) async throws(StoreFault) -> [TransferRecord] {
        try await read { inner.events(of: id) }
    }

    func cases(unansweredBefore time: Date, after id: TransferID?, limit: Int) async throws(StoreFault) -> [Transfer] {
        try await read { inner.cases(unansweredBefore: time, after: id, limit: limit) }
    }

    func outbox(limit: Int) async throws(StoreFault) -> [TransferNotice] {
        try await read { inner.outbox(limit: limit) }
    }

    func clear(_ notices: [TransferNotice]) async throws(StoreFault) { inner.clear(notices) }

    private func read<Value>(_ body: () -> Value) async throws(StoreFault) -> Value {
        try await meet()
        return body()
    }

    private func write<Value>(_ body: () throws(StoreFault) -> Value) async throws(StoreFault) -> Value {
        try await meet()
        guard trouble.isAboutWrite() else { return try body() }
        switch trouble.fault {
        case .writeUnknownAndDone, .answerUnknownAndKept:
            _ = try body()
            throw .outcomeUnknown("cut off")
        case .writeUnknownNotDone: throw .outcomeUnknown("cut off")
        default: throw .unavailable("read-only")
        }
    }

    private func meet() async throws(StoreFault) {
        if trouble.isDead { throw .unavailable("dead") }
        guard trouble.isOn else { return }
        switch trouble.fault {
        case .storeUnavailable:
            trouble.strike()
            throw .unavailable("down")
        case .storeCorrupt:
            trouble.strike()
            throw .corrupt("not a row")
        case .secondCall where trouble.call.step == nil: await trouble.runSecondCall()
        default: break
        }
    }
}

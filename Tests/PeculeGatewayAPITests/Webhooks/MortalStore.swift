import Foundation
import Pecule
import Synchronization

/// A store whose process dies: after so many writes nothing reaches it any more.
final class MortalStore: TransferStore, ItemStore {
    private let kept: any TransferStore & ItemStore
    private let left: Mutex<Int>

    init(_ kept: any TransferStore & ItemStore, writes: Int) {
        self.kept = kept
        left = Mutex(writes)
    }

    private func write() throws(StoreFault) {
        let isAlive = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard isAlive else { throw .unavailable("the process is dead") }
    }

    func item(_ kind: String, _ id: String) async throws(StoreFault) -> StoredItem? { try await kept.item(kind, id) }

    func put(_ item: StoredItem) async throws(StoreFault) -> Bool {
        try write()
        return try await kept.put(item)
    }

    func remove(_ item: StoredItem) async throws(StoreFault) -> Bool {
        try write()
        return try await kept.remove(item)
    }

    func items(_ kind: String, after id: String, limit: Int) async throws(StoreFault) -> [StoredItem] {
        try await kept.items(kind, after: id, limit: limit)
    }

    func dueItems(_ kind: String, at now: Date, limit: Int) async throws(StoreFault) -> [StoredItem] {
        try await kept.dueItems(kind, at: now, limit: limit)
    }

    func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion { try await kept.insert(transfer) }

    func transfer(_ id: TransferID) async throws(StoreFault) -> Transfer? { try await kept.transfer(id) }

    func transfer(returning state: ReturnState) async throws(StoreFault) -> Transfer? {
        try await kept.transfer(returning: state)
    }

    func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement {
        try await kept.replace(transfer, expecting: expected, recording: record, within: allowance)
    }

    func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID] {
        try await kept.takeOverdue(at: now, until: end, besides: banks, limit: limit)
    }

    func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(StoreFault) -> [TransferSummary] {
        try await kept.history(of: payer, since: start, after: cursor, limit: limit)
    }

    func events(of id: TransferID) async throws(StoreFault) -> [TransferRecord] { try await kept.events(of: id) }

    func cases(
        unansweredBefore time: Date, after id: TransferID?, limit: Int
    ) async throws(StoreFault) -> [Transfer] {
        try await kept.cases(unansweredBefore: time, after: id, limit: limit)
    }

    func outbox(limit: Int) async throws(StoreFault) -> [TransferNotice] { try await kept.outbox(limit: limit) }

    func clear(_ notices: [TransferNotice]) async throws(StoreFault) {
        try write()
        try await kept.clear(notices)
    }
}

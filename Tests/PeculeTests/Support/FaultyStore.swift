import Foundation
import Pecule
import Synchronization

/// A store that fails where a test tells it, and otherwise is the store behind it.
final class FaultyStore: TransferStore {
    enum Failure: Sendable {
        /// Nothing is written.
        case before(StoreFault)
        /// It is written, and the answer is lost.
        case after(StoreFault)
        /// What a store does that gives up with its task.
        case whenCancelled
    }

    private let inner: InMemoryStore
    /// Loads are answered, and then wait here: so that many act on the same version.
    private let loaded: Gate?
    /// Which `replace` fails, counted from 1, and how.
    private let plan: Mutex<(count: Int, failures: [Int: Failure])>

    init(_ inner: InMemoryStore, failures: [Int: Failure] = [:], loaded: Gate? = nil) {
        self.inner = inner
        self.loaded = loaded
        plan = Mutex((0, failures))
    }

    func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement {
        let failure = plan.withLock { plan in
            plan.count += 1
            return plan.failures[plan.count]
        }
        if case .before(let fault) = failure { throw fault }
        if case .whenCancelled = failure, Task.isCancelled { throw .unavailable("cancelled") }
        let replacement = try inner.replace(transfer, expecting: expected, recording: record, within: allowance)
        if case .after(let fault) = failure { throw fault }
        return replacement
    }

    func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion { try inner.insert(transfer) }

    func transfer(_ id: TransferID) async throws(StoreFault) -> Transfer? {
        let found = inner.transfer(id)
        try? await loaded?.pass()
        return found
    }

    func transfer(returning state: ReturnState) async throws(StoreFault) -> Transfer? {
        let found = inner.transfer(returning: state)
        try? await loaded?.pass()
        return found
    }

    func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID] {
        inner.takeOverdue(at: now, until: end, besides: banks, limit: limit)
    }
    func cases(
        unansweredBefore time: Date, after id: TransferID?, limit: Int
    ) async throws(StoreFault) -> [Transfer] {
        inner.cases(unansweredBefore: time, after: id, limit: limit)
    }
    func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(StoreFault) -> [TransferSummary] {
        inner.history(of: payer, since: start, after: cursor, limit: limit)
    }
    func events(of id: TransferID) async throws(StoreFault) -> [TransferRecord] { inner.events(of: id) }
    func outbox(limit: Int) async throws(StoreFault) -> [TransferNotice] { inner.outbox(limit: limit) }
    func clear(_ notices: [TransferNotice]) async throws(StoreFault) { inner.clear(notices) }
}

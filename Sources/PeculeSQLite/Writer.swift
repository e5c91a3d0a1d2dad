import CPeculeSQLite
import Pecule
import PeculeThreads
import Synchronization

/// One caller's write and how he is answered.
struct Write: Sendable {
    /// Works inside a transaction and returns the answer, which is given once the transaction is committed.
    let perform: @Sendable (Connection) throws(SQLiteFailure) -> @Sendable () -> Void
    let refuse: @Sendable (StoreFault) -> Void
}

/// The one thread that writes. What callers ask for while it works, or the disk does, shares a transaction and its
/// sync of the disk; nobody is answered before that.
final class Writer: Sendable {
    private enum Stage { case beginning, working, committing }

    private let queue: WorkQueue<Write>
    private let schemaVersion: Int
    private let committed = Atomic(0)
    /// Writes in a transaction: the first is not kept waiting for ever by those who come after it.
    private static let most = 256

    init(_ file: DatabaseFile, schemaVersion: Int) {
        self.schemaVersion = schemaVersion
        queue = WorkQueue(file.workers)
        queue.serve(by: 1, atMost: Self.most, with: { Lease(file, for: .writing) }) { [self] batch, lease in
            commit(batch, atMost: Self.most, &lease)
        }
    }

    /// Transactions committed so far.
    var commits: Int { committed.load(ordering: .relaxed) }

    /// Returns when the work is durable.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Connection) throws(SQLiteFailure) -> Value
    ) async throws(StoreFault) -> Value {
        let result: Result<Value, StoreFault> = await withCheckedContinuation { continuation in
            let write = Write(
                perform: { connection throws(SQLiteFailure) in
                    let value = try work(connection)
                    return { continuation.resume(returning: .success(value)) }
                },
                refuse: { continuation.resume(returning: .failure($0)) })
            if !queue.append(write) { write.refuse(.closed) }
        }
        return try result.get()
    }

    var load: StoreLoad.Pool { StoreLoad.Pool(queue.load) }

    func close() { queue.close() }
    func ended() async { await queue.ended() }

    /// - Parameter most: writes in the transaction, with those that come meanwhile.
    private func commit(_ first: [Write], atMost most: Int, _ lease: inout Lease) {
        var batch = first
        var stage = Stage.beginning
        do throws(SQLiteFailure) {
            let answers = try lease.run { connection throws(SQLiteFailure) in
                try begin(connection)
                stage = .working
                var answers: [@Sendable () -> Void] = []
                repeat {
                    for write in batch[answers.count...] { answers.append(try write.perform(connection)) }
                    // Who came meanwhile need not wait for a sync of his own.
                    batch += queue.more(atMost: most - batch.count)
                } while answers.count < batch.count
                stage = .committing
                try connection.run(.commit)
                return answers
            }
            committed.add(1, ordering: .relaxed)
            answer(answers)
        } catch {
            switch stage {
            // Rolled back: whose work it was shows when each has a transaction of its own.
            case .working where batch.count > 1: for write in batch { commit([write], atMost: 1, &lease) }
            case .beginning, .working: for write in batch { write.refuse(error.fault) }
            case .committing: for write in batch { write.refuse(error.faultOfCommit) }
            }
        }
    }

    /// To wake many callers is work for another thread: this one goes on with what the others brought meanwhile. A
    /// single one is woken here, which is sooner, and all that a program of one thread (`Workers.callers`) ever needs.
    private func answer(_ answers: [@Sendable () -> Void]) {
        if answers.count == 1 { return answers[0]() }
        Task { for answer in answers { answer() } }
    }

    /// A newer release may have changed the tables since this one opened the file.
    private func begin(_ connection: Connection) throws(SQLiteFailure) {
        try connection.run(.begin)
        guard try connection.integer(.schemaVersion) == schemaVersion else { throw SQLiteFailure(SQLITE_SCHEMA) }
    }
}

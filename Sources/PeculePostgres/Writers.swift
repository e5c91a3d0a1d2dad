import Pecule
import PeculeThreads
import Synchronization

/// Threads that write, each on a connection of its own. What callers ask for while these are busy shares the next
/// transaction of the first that is free; nobody is answered before its commit.
final class Writers: Sendable {
    private struct Write: Sendable {
        let change: Change
        let answer: @Sendable (Result<[[ColumnValue]], StoreFault>) -> Void
    }

    private let queue = WorkQueue<Write>()
    private let schemaVersion: Int
    private let committed = Atomic(0)

    init(_ server: Server, schemaVersion: Int, count: Int) {
        self.schemaVersion = schemaVersion
        queue.serve(by: count, atMost: Self.largestBatch, with: { Lease(server, for: Query.writing) }) {
            [self] batch, lease in commit(batch, &lease)
        }
    }

    /// So many wait for one slow row at most.
    private static let largestBatch = 64

    /// Transactions committed so far.
    var commits: Int { committed.load(ordering: .relaxed) }

    /// Returns what the statement gave back, once it is durable.
    func write(_ change: Change) async throws(StoreFault) -> [[ColumnValue]] {
        let result = await withCheckedContinuation { continuation in
            let write = Write(change: change) { continuation.resume(returning: $0) }
            if !queue.append(write) { write.answer(.failure(.closed)) }
        }
        return try result.get()
    }

    var load: StoreLoad.Pool { StoreLoad.Pool(queue.load) }

    func close() { queue.close() }
    func ended() async { await queue.ended() }

    private func commit(_ batch: [Write], _ lease: inout Lease) {
        let batch = batch.sorted { $0.change.place < $1.change.place }
        let months = Set(batch.compactMap(\.change.month)).sorted().map(\.message)
        do throws(PostgresFailure) {
            let answers = try lease.run { connection throws(PostgresFailure) in
                try connection.transaction(months + batch.map(\.change.message), schemaVersion: schemaVersion)
            }
            committed.add(1, ordering: .relaxed)
            for (write, rows) in zip(batch, answers.dropFirst(months.count)) { write.answer(.success(rows)) }
        } catch {
            // Rolled back: whose work it was shows when each has a transaction of its own.
            if case .refused = error, batch.count > 1 {
                for write in batch { commit([write], &lease) }
            } else {
                for write in batch { write.answer(.failure(error.fault)) }
            }
        }
    }
}

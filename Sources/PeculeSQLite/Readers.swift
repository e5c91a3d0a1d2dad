import Pecule
import PeculeThreads

/// Threads that read, each on a connection of its own, beside the writer and each other.
final class Readers: Sendable {
    private let queue: WorkQueue<@Sendable (inout Lease) -> Void>

    init(_ file: DatabaseFile, count: Int = 4) {
        queue = WorkQueue(file.workers)
        queue.serve(by: count, atMost: 1, with: { Lease(file, for: .reading) }) { work, lease in
            for item in work { item(&lease) }
        }
    }

    func rows(_ query: Query, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]] {
        let values = Bindings(values)
        let result: Result<[[ColumnValue]], StoreFault> = await withCheckedContinuation { continuation in
            let isTaken = queue.append { lease in
                do throws(SQLiteFailure) {
                    let rows = try lease.run { connection throws(SQLiteFailure) in
                        try connection.rows(query, values)
                    }
                    continuation.resume(returning: .success(rows))
                } catch {
                    continuation.resume(returning: .failure(error.fault))
                }
            }
            if !isTaken { continuation.resume(returning: .failure(.closed)) }
        }
        return try result.get()
    }

    var load: StoreLoad.Pool { StoreLoad.Pool(queue.load) }

    func close() { queue.close() }
    func ended() async { await queue.ended() }
}

extension StoreLoad.Pool {
    init(_ load: WorkLoad) {
        self.init(
            connections: load.threads, busy: load.busy, waiting: load.waiting, done: load.done, waited: load.waited,
            worked: load.worked)
    }
}

import Pecule
import PeculeThreads

/// Threads that read, each on a connection of its own, beside the writer and each other.
final class Readers: Sendable {
    private let queue = WorkQueue<@Sendable (inout Lease) -> Void>()

    init(_ file: DatabaseFile, count: Int = 4) {
        for _ in 0..<count {
            queue.startThread { [queue] in
                var lease = Lease(file, for: .reading)
                while let work = queue.take(atMost: 1) { work[0](&lease) }
            }
        }
    }

    func rows(_ query: Query, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]] {
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

    func close() { queue.close() }
    func ended() async { await queue.ended() }
}

import Pecule
import PeculeThreads

/// Threads that read, each on a connection of its own, beside those that write. What waits shares a round trip.
final class Readers: Sendable {
    private struct Read: Sendable {
        let message: Message
        let answer: @Sendable (Result<[[ColumnValue]], StoreFault>) -> Void
    }

    private let queue = WorkQueue<Read>()

    init(_ server: Server, count: Int) {
        queue.serve(by: count, atMost: Self.largestBatch, with: { Lease(server, for: Query.reading) }, Self.answer)
    }

    private static let largestBatch = 16

    func rows(_ query: Query, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]] {
        let result = await withCheckedContinuation { continuation in
            let read = Read(message: .run(query, values)) { continuation.resume(returning: $0) }
            if !queue.append(read) { read.answer(.failure(.closed)) }
        }
        return try result.get()
    }

    var load: StoreLoad.Pool { StoreLoad.Pool(queue.load) }

    func close() { queue.close() }
    func ended() async { await queue.ended() }

    private static func answer(_ batch: [Read], _ lease: inout Lease) {
        do throws(PostgresFailure) {
            let results = try lease.run { connection throws(PostgresFailure) in
                try connection.read(batch.map(\.message))
            }
            for (read, result) in zip(batch, results) { read.answer(result.mapError(\.fault)) }
        } catch {
            for read in batch { read.answer(.failure(error.fault)) }
        }
    }
}

extension StoreLoad.Pool {
    init(_ load: WorkLoad) {
        self.init(
            connections: load.threads, busy: load.busy, waiting: load.waiting, done: load.done, waited: load.waited,
            worked: load.worked)
    }
}

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
        for _ in 0..<count {
            queue.startThread { [queue] in
                var lease = Lease(server, for: Query.reading)
                while let batch = queue.take(atMost: Self.largestBatch) { Self.answer(batch, &lease) }
            }
        }
    }

    private static let largestBatch = 16

    func rows(_ query: Query, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]] {
        let result = await withCheckedContinuation { continuation in
            let read = Read(message: .run(query, values)) { continuation.resume(returning: $0) }
            if !queue.append(read) { read.answer(.failure(.closed)) }
        }
        return try result.get()
    }

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

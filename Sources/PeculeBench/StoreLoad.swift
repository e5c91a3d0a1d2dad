import Glibc
import Pecule
import PeculeSQLite

/// Transfers written straight into a store, each inserted and changed four times.
struct StoreLoad {
    let store: SQLiteStore
    let sample: StoreSample

    /// What one turn took.
    struct Turn {
        let transitions: Int
        let commits: Int
        let seconds: Double
        /// Microseconds of CPU, of the whole process.
        let cpu: Double

        var rate: Double { Double(transitions) / seconds }
        var costEach: Double { cpu / Double(transitions) }
    }

    func run(callers: Int, transfers: Int, from first: Int) async throws -> Turn {
        let before = store.commits
        let cpu = Process.cpu(of: getpid())
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    for number in stride(from: first + caller, to: first + transfers, by: callers) {
                        try await journey(number)
                    }
                }
            }
            try await group.waitForAll()
        }
        let elapsed = ContinuousClock.now - start
        return Turn(
            transitions: transfers * 5, commits: store.commits - before, seconds: elapsed / .seconds(1),
            cpu: Process.cpu(of: getpid()) - cpu)
    }

    private func journey(_ number: Int) async throws {
        var transfer = sample.draft(number, by: number % 1_000)
        guard try await store.insert(transfer) == .inserted else { Bench.fail("a transfer was there already") }
        for event in sample.events(of: transfer) {
            var next = transfer
            _ = try next.apply(event, at: transfer.updatedAt, patience: Patience())
            let record = TransferRecord(next, because: event, in: sample.correlation)
            let answer = try await store.replace(next, expecting: transfer.version, recording: record, within: nil)
            guard answer == .replaced else { Bench.fail("a transfer was changed by somebody else") }
            transfer = next
        }
    }
}

import Foundation

/// Runs every task of one simulation on one thread, in an order that the seed decides, on a clock that jumps to the
/// next timer when nothing is left to run.
///
/// Tasks are started with `Task(executorPreference:)`: their actors, groups and children stay here. A plain task would
/// run on the global pool, beside the simulation.
// One thread runs all jobs, and only jobs touch the state.
final class SeededExecutor: TaskExecutor, @unchecked Sendable {
    private struct Timer {
        let due: Int
        let number: Int
        let continuation: UnsafeContinuation<Bool, Never>
    }

    /// Milliseconds since the start of the simulation.
    private(set) var time = 0
    /// How often a job was not taken in the order of arrival.
    private(set) var overtakings = 0
    private(set) var jobs = 0
    private var random: SplitMix
    private var ready: [UnownedJob] = []
    /// The earliest last.
    private var timers: [Timer] = []
    private var timersMade = 0

    init(seed: UInt64) { random = SplitMix(seed) }

    func enqueue(_ job: consuming ExecutorJob) { ready.append(UnownedJob(job)) }

    /// Runs until no job and no timer is left.
    /// - Returns: false when `limit` jobs were not enough.
    @discardableResult
    func run(limit: Int, _ root: @escaping @Sendable () async -> Void) -> Bool {
        start(root)
        while jobs < limit {
            guard let job = next() else { return true }
            jobs += 1
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
        return false
    }

    @discardableResult
    func start<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Task<Value, Never> {
        Task(executorPreference: self, operation: body)
    }

    private func next() -> UnownedJob? {
        while ready.isEmpty {
            guard let timer = timers.popLast() else { return nil }
            time = max(time, timer.due)
            timer.continuation.resume(returning: true)
        }
        let index = ready.count == 1 ? 0 : below(ready.count)
        if index > 0 { overtakings += 1 }
        return ready.remove(at: index)
    }

    // MARK: Chance

    func below(_ bound: Int) -> Int { random.below(bound) }

    func happens(_ permille: Int) -> Bool { permille > 0 && below(1000) < permille }

    func bytes(_ count: Int) -> [UInt8] { random.bytes(count) }

    // MARK: Time

    /// Waits; the wait of a cancelled task ends at once and throws.
    func wait(_ milliseconds: Int) async throws(CancellationError) {
        guard milliseconds > 0 || Task.isCancelled else { return }
        timersMade += 1
        let number = timersMade
        let elapsed = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume(returning: false) }
                add(Timer(due: time + max(0, milliseconds), number: number, continuation: continuation))
            }
        } onCancel: {
            remove(number)
        }
        if !elapsed { throw CancellationError() }
    }

    private func add(_ timer: Timer) {
        var place = timers.count
        while place > 0, timers[place - 1].due <= timer.due { place -= 1 }
        timers.insert(timer, at: place)
    }

    private func remove(_ number: Int) {
        guard let place = timers.firstIndex(where: { $0.number == number }) else { return }
        timers.remove(at: place).continuation.resume(returning: false)
    }
}

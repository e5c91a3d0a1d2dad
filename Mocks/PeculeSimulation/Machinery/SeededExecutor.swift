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
        let life: ObjectIdentifier?
        let continuation: UnsafeContinuation<Void, Never>
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
            timer.continuation.resume()
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

    /// - Parameter life: with whose end the wait ends, too; nil for what nobody ends.
    func wait(_ milliseconds: Int, in life: Life? = nil) async {
        guard milliseconds > 0 else { return }
        await withUnsafeContinuation { continuation in
            let timer = Timer(
                due: time + milliseconds, life: life.map(ObjectIdentifier.init), continuation: continuation)
            let place = timers.lastIndex { $0.due > timer.due }.map { $0 + 1 } ?? 0
            timers.insert(timer, at: place)
        }
    }

    /// Whoever waits in a life that has ended goes on now.
    func wake(_ life: Life) {
        let ended = ObjectIdentifier(life)
        for timer in timers where timer.life == ended { timer.continuation.resume() }
        timers.removeAll { $0.life == ended }
    }
}

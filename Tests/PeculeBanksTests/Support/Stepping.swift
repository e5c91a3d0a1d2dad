import Synchronization

/// Holds tasks until the test lets them pass.
final class Gate: Sendable {
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]?>([])

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = waiting.withLock { waiting in
                waiting?.append(continuation)
                return waiting == nil
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let held = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for continuation in held { continuation.resume() }
    }
}

/// Runs tasks on the test's own thread, first come first served, so that a test knows when all of them wait.
final class Stepper: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Returns once no task can go on by itself.
    func runUntilAllWait() {
        while let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    func start<Value: Sendable>(
        _ count: Int, _ operation: @escaping @Sendable (Int) async -> Value
    ) -> [Task<Value, Never>] {
        (0..<count).map { index in Task(executorPreference: self) { await operation(index) } }
    }
}

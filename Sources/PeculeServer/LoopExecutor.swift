import CPeculeSystem
import Glibc
import Synchronization

/// One thread that runs the jobs of its loop and of the handlers that prefer it.
final class LoopExecutor: TaskExecutor, SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        /// Under the same lock as the queue, so that a wake-up is neither lost nor needless.
        var isSleeping = false
        var thread: pthread_t?
    }

    private let state = Mutex(State())
    private let wakeUp: Int32

    init() throws(HTTPServerError) {
        wakeUp = try HTTPServerError.check(eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC)), "eventfd")
    }

    deinit { close(wakeUp) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isSleeping = false }
            return state.isSleeping
        }
        if mustWake { eventfd_write(wakeUp, 1) }
    }

    func checkIsolated() { precondition(isCurrent, "not on the thread of this loop") }

    private var isCurrent: Bool {
        state.withLock { state in state.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    /// Runs the jobs that are there; what they add waits for the next round, so that sockets get their turn.
    func runJobs(_ spare: inout [UnownedJob]) {
        state.withLock { swap(&$0.jobs, &spare) }
        for job in spare { job.runSynchronously(on: asUnownedTaskExecutor()) }
        spare.removeAll(keepingCapacity: true)
    }

    /// Has `poller` wake up for jobs enqueued by other threads.
    func watch(with poller: Poller, as id: UInt64) throws(HTTPServerError) {
        try poller.add(wakeUp, as: id, for: [.read, .onChange])
    }

    /// False when there are jobs, so that the thread must not sleep now.
    func beginSleep() -> Bool {
        state.withLock { state in
            state.isSleeping = state.jobs.isEmpty
            return state.isSleeping
        }
    }

    func endSleep() { state.withLock { $0.isSleeping = false } }

    var hasJobs: Bool { state.withLock { !$0.jobs.isEmpty } }

    /// Starts the thread with `body`; it ends when `body` returns.
    func start(_ body: @escaping @Sendable () -> Void) throws(HTTPServerError) {
        final class Box: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        let box = Unmanaged.passRetained(
            Box {
                self.adoptThread()
                body()
            })
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { raw in
            raw.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body() }
            return nil
        }, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw .system(call: "pthread_create", code: code)
        }
        pthread_detach(thread)
    }

    private func adoptThread() {
        state.withLock { $0.thread = pthread_self() }
        // OpenSSL writes without MSG_NOSIGNAL: blocked here, SIGPIPE never reaches anyone.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

import Glibc
import Synchronization

/// A process started for a measurement.
struct Child {
    let id: pid_t
    /// What it writes to its standard output.
    private let output: UnsafeMutablePointer<FILE>
    /// None may outlive the bench, which can end in `Bench.fail` at any moment.
    private static let running = Mutex<Set<pid_t>>([])

    /// - Parameter core: the only core it may run on; any when nil, or on a machine that has not got it.
    init(_ command: [String], core: Int? = nil) {
        let isPinned = core.map { $0 < sysconf(CInt(_SC_NPROCESSORS_ONLN)) } ?? false
        let words = (isPinned ? ["taskset", "-c", "\(core ?? 0)"] : []) + command
        var ends: [CInt] = [0, 0]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard pipe(&ends) == 0 else { Bench.fail("no pipe") }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        ends.forEach { _ = posix_spawn_file_actions_addclose(&actions, $0) }
        var pointers = words.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var id = pid_t()
        guard posix_spawnp(&id, words[0], &actions, nil, &pointers, environ) == 0, let output = fdopen(ends[0], "r")
        else { Bench.fail("cannot start \(words[0])") }
        close(ends[1])
        (self.id, self.output) = (id, output)
        Self.running.withLock { _ = $0.insert(id) }
    }

    /// The next line it writes; nil when it has closed its output.
    func readLine() -> String? {
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        guard getline(&line, &capacity, output) > 0, let line else { return nil }
        return String(cString: line)
    }

    /// Waits for its end. Returns the CPU time it took, user and system, in microseconds.
    @discardableResult
    func wait() -> Double {
        var usage = rusage()
        var status: CInt = 0
        wait4(id, &status, 0, &usage)
        fclose(output)
        Self.running.withLock { _ = $0.remove(id) }
        if status != 0, status != SIGTERM { Bench.fail("a contestant failed") }
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) * 1e6 + Double($1.tv_usec) }
    }

    func stop() {
        kill(id, SIGTERM)
        wait()
    }

    static func endAll() { running.withLock { $0.forEach { kill($0, SIGTERM) } } }
}

import Foundation

/// What a process leaves behind when it crashes.
enum CrashText {
    /// Leaves no secret and no name: a core file would hold all that the process has in hand, and Swift's backtrace
    /// what its registers point at. Whoever sets `SWIFT_BACKTRACE` gets the backtrace, as he has chosen.
    static func keepSilent() {
        var none = rlimit()
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
        for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, SIG_DFL) }
    }
}

import Glibc

/// What the kernel tells about a running process (proc(5)).
enum Process {
    /// CPU time so far, user and system, in microseconds; exact to a clock tick, 10 ms.
    static func cpu(of id: pid_t) -> Double {
        // The name, in parentheses, may hold spaces: count from behind it. `utime` and `stime` are fields 14 and 15.
        let fields = read("/proc/\(id)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            Bench.fail("process \(id) has gone")
        }
        return (user + system) * 1e6 / Double(sysconf(CInt(_SC_CLK_TCK)))
    }

    /// CPU time of this process so far, user and system, in microseconds.
    static var ownCPU: Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) * 1e6 + Double($1.tv_usec) }
    }

    /// Resident memory, in megabytes.
    static func memory(of id: pid_t) -> Double {
        let line = read("/proc/\(id)/status").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        guard words.count > 1, let kilobytes = Double(words[1]) else { Bench.fail("process \(id) has gone") }
        return kilobytes / 1000 * 1.024
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

/// What healthy callers of a gateway feel of those that take their time: the 99th percentile of a transfer read, while
/// so many slow connections stand and while none does, turn by turn.
struct SlowBench {
    let program: String
    let gateway: String
    let transfer: String
    let key: String
    private let count = 2_000

    func run(rounds: Int) {
        guard let port = gateway.split(separator: ":").last.flatMap({ UInt16($0) }) else { Bench.fail("no port") }
        let names = ["none", "\(count) slow connections held"]
        var (p99, ratio) = (names.map { Samples($0) }, Samples("ratio"))
        for _ in 1...rounds {
            let idle = latency()
            let slow = Child([program, "hold-slow", "\(count)", "\(port)"], core: 1)
            guard slow.readLine()?.hasPrefix("held") == true else { Bench.fail("no slow connections") }
            let held = latency()
            slow.stop()
            for (index, figure) in [idle, held].enumerated() { p99[index].add(figure) }
            ratio.add(held / idle)
        }
        print("gateway: a transfer read, 8 healthy connections for 4 s a turn, \(rounds) rounds, median (range)")
        printTable([["", "p99 us"]] + p99.map { [$0.name, $0.text] })
        printVerdict("p99 ratio, median of \(rounds) rounds", ratio.median, limit: 5)
    }

    /// The 99th percentile of healthy callers, in microseconds.
    private func latency() -> Double {
        let headers = ["Authorization: Bearer \(key)", "Pecule-Payer: camille"].flatMap { ["-H", $0] }
        let wrk = Child(["wrk", "-t1", "-c8", "-d4s", "--latency"] + headers + [transfer], core: 1)
        var found = 0.0
        while let line = wrk.readLine() {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.first == "99%" { found = Self.microseconds(words[1]) }
            if line.contains("Non-2xx") || line.contains("Socket errors") { Bench.fail("wrk: \(line)") }
        }
        wrk.wait()
        guard found > 0 else { Bench.fail("wrk told no latency") }
        return found
    }

    /// `850.00us`, `1.20ms` or `1.02s`.
    private static func microseconds(_ text: Substring) -> Double {
        let number = Double(text.prefix { $0.isNumber || $0 == "." }) ?? 0
        return text.hasSuffix("us") ? number : text.hasSuffix("ms") ? number * 1e3 : number * 1e6
    }
}

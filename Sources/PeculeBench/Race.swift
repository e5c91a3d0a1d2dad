/// Contestants that take turns, so that a change of the machine's mood hits them alike.
struct Race {
    /// What one turn cost.
    struct Turn {
        /// Microseconds of CPU.
        let cpu: Double
        let requests: Double
        let seconds: Double

        var costEach: Double { cpu / requests }
    }

    let name: String
    /// Ours first, the peer it is measured against second.
    let contestants: [(name: String, turn: () -> Turn)]
    /// Our CPU time a request, divided by the peer's, at most.
    let limit: Double

    func run(rounds: Int) {
        var cpu = contestants.map { Samples($0.name) }
        var rate = cpu
        var ratio = Samples("ratio")
        // Not counted: the first turn pays for what is cold.
        for contestant in contestants { _ = contestant.turn() }
        for _ in 1...rounds {
            let turns = contestants.map { $0.turn() }
            for (index, turn) in turns.enumerated() {
                cpu[index].add(turn.costEach)
                rate[index].add(turn.requests / turn.seconds)
            }
            ratio.add(turns[0].costEach / turns[1].costEach)
        }
        let rows = cpu.indices.map { [cpu[$0].name, cpu[$0].text, rate[$0].text] }
        print("\(name), \(rounds) rounds, median (least-greatest)")
        printTable([["", "CPU us/request", "requests/s"]] + rows)
        // Of turns side by side, not of medians: a busy moment then weighs on both sides of a ratio.
        printVerdict("CPU ratio, \(ratio.range), median of \(rounds) rounds", ratio.median, limit: limit)
    }
}

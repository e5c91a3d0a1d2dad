/// Contestants that take turns, so that a change of the machine's mood hits them alike.
struct Race {
    /// What one turn cost.
    struct Turn {
        /// Microseconds of CPU.
        let cpu: Double
        let requests: Double
        let seconds: Double
    }

    let name: String
    /// Ours first, the peer it is measured against second.
    let contestants: [(name: String, turn: () -> Turn)]
    /// Our CPU time a request, divided by the peer's, at most.
    let limit: Double

    func run(rounds: Int) {
        var cpu = contestants.map { Samples($0.name) }
        var rate = cpu
        for _ in 1...rounds {
            for (index, contestant) in contestants.enumerated() {
                let turn = contestant.turn()
                cpu[index].add(turn.cpu / turn.requests)
                rate[index].add(turn.requests / turn.seconds)
            }
        }
        let rows = cpu.indices.map { [cpu[$0].name, cpu[$0].text, rate[$0].text] }
        print("\(name), \(rounds) rounds, median (least-greatest)")
        printTable([["", "CPU us/request", "requests/s"]] + rows)
        printVerdict("CPU ratio", cpu[0].median / cpu[1].median, limit: limit)
    }
}

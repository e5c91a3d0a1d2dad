import PeculeSimulation

extension Simulate {
    func tell(_ campaign: Campaign) {
        terminal.line("Endings", .bold)
        for (name, count) in campaign.endings.sorted(by: { $0.key < $1.key }) { tell(name, count) }
        terminal.line("Trouble", .bold)
        for fault in Fault.allCases { tell(fault.name, campaign.faults[fault]) }
        terminal.line("Changes by state and event", .bold)
        for (pair, count) in campaign.transitions.sorted(by: { $0.key < $1.key }) { tell(pair.description, count) }
    }

    private func tell(_ name: String, _ count: Int) {
        terminal.line("  \(name.padded(40)) \("\(count)".leftPadded(10))")
    }

    /// The seeds that broke a promise, the lowest first and no more than a screen of them.
    func tell(_ violations: [UInt64: Violation]) {
        for (seed, violation) in violations.sorted(by: { $0.key < $1.key }).prefix(20) {
            terminal.line("seed \(seed): \(violation)", .bad)
        }
    }

    /// The shortest history that breaks the same promise, and how to see it again.
    func tell(_ report: Simulation.Report) {
        guard let violation = report.violation else { return }
        terminal.line("BROKEN by seed \(report.plan.seed): \(violation)", .bad)
        let shortest = Shrinker.shortest(report)
        let transfers = shortest.plan.only ?? []
        terminal.line("\(transfers.count) of its \(report.plan.transfers) transfers are enough:", .bold)
        terminal.line(shortest.trace.text(of: shortest.violation?.transfer, last: 80))
        let only = transfers.sorted().map(String.init).joined(separator: ",")
        let again = "--seed \(report.plan.seed) --transfers \(report.plan.transfers) --only \(only)"
        if report.plan.mutant == nil { terminal.line("again: pecule simulate \(again) --trace") }
    }
}

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

    /// The shortest history that breaks the same promise, and how to see it again.
    func tell(_ report: Simulation.Report, of count: Int) {
        guard let violation = report.violation else { return }
        terminal.line("BROKEN in \(count) runs; the first is seed \(report.plan.seed)", .bad)
        terminal.line(violation.description, .bad)
        let shortest = Shrinker.shortest(report)
        let transfers = shortest.plan.only ?? []
        terminal.line("\(transfers.count) of its \(report.plan.transfers) transfers are enough:", .bold)
        terminal.line(shortest.trace.text(of: shortest.violation?.transfer, last: 80))
        let only = transfers.sorted().map(String.init).joined(separator: ",")
        let again = "--seed \(report.plan.seed) --transfers \(report.plan.transfers) --only \(only)"
        if report.plan.mutant == nil { terminal.line("again: pecule simulate \(again) --trace") }
    }
}

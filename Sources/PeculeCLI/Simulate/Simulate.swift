import Foundation
import PeculeSimulation

/// Runs simulations on every core and prints what they showed.
struct Simulate {
    let options: SimulateOptions
    let terminal = Terminal()

    init(_ options: SimulateOptions) { self.options = options }

    /// - Returns: whether every promise was kept.
    func run() async -> Bool {
        switch options.task {
        case .campaign: await campaign()
        case .trace: trace()
        case .twice: await twice()
        case .mutants: await mutants()
        case .canary: canary()
        }
    }

    func plan(_ index: Int) -> Simulation.Plan {
        Simulation.Plan(
            seed: options.first + UInt64(index), transfers: options.transfers, only: options.only)
    }

    private func campaign() async -> Bool {
        let began = ContinuousClock.now
        let campaign = await Workers(options.seeds).reduce(into: Campaign()) { campaign, index in
            campaign.add(Simulation.run(plan(index)))
        } merging: { $0.add($1) }
        let milliseconds = max(1, (ContinuousClock.now - began).inMilliseconds)
        tell(campaign)
        let rate = campaign.runs * options.transfers * 1000 / milliseconds
        terminal.line(
            """
            \(campaign.runs) runs of \(options.transfers) transfers in \(milliseconds) ms: \(rate) transfers/s, \
            \(campaign.violations.count) broken promises
            """)
        for gap in campaign.gaps { terminal.line(gap, .bad) }
        if let failure = campaign.failure {
            tell(campaign.violations)
            tell(failure)
        }
        return campaign.isSound
    }

    private func trace() -> Bool {
        var plan = plan(0)
        plan.keepsTrace = true
        let report = Simulation.run(plan)
        terminal.line(report.trace.text)
        if let violation = report.violation { terminal.line(violation.description, .bad) }
        return report.violation == nil
    }

    private func twice() async -> Bool {
        let comparison = await Workers(options.seeds).reduce(into: Comparison()) { comparison, index in
            var plan = plan(index)
            plan.keepsTrace = true
            comparison.add(Simulation.run(plan), Simulation.run(plan))
        } merging: { $0.add($1) }
        for seed in comparison.different { terminal.line("seed \(seed) told two stories", .bad) }
        let digest = String(comparison.digest, radix: 16)
        terminal.line("\(options.seeds) seeds twice: \(comparison.different.count) differ; all traces: \(digest)")
        return comparison.different.isEmpty
    }

    private func canary() -> Bool {
        let plan = Simulation.Plan(seed: options.first, transfers: options.transfers, mutant: .canary)
        guard let report = MutantHunt.hunt(plan, most: 100).report else {
            terminal.line("The canary lives: a planted bug was not found, and no other would be.", .bad)
            return true
        }
        tell(report)
        return false
    }

    private func mutants() async -> Bool {
        let all = Mutant.allCases
        let hunts = await Workers(all.count).reduce(into: [MutantHunt]()) { hunts, index in
            let plan = Simulation.Plan(seed: options.first, transfers: options.transfers, mutant: all[index])
            hunts.append(MutantHunt.hunt(plan, most: options.seeds))
        } merging: { $0 += $1 }
        for mutant in all {
            guard let hunt = hunts.first(where: { $0.mutant == mutant }) else { continue }
            let found = hunt.violation.map { "\($0.invariant.rawValue), run \(hunt.runs)" } ?? "LIVES, run \(hunt.runs)"
            terminal.line("\(mutant.rawValue.padded(30)) \(found)", hunt.isCaught ? .plain : .bad)
        }
        let caught = hunts.count(where: \.isCaught)
        terminal.line("\(caught) of \(all.count) planted bugs caught by the promise that they break")
        return caught == all.count
    }
}

/// Two runs of each of many seeds.
private struct Comparison: Sendable {
    private(set) var different: [UInt64] = []
    /// Of all traces, in whatever order they were made.
    private(set) var digest: UInt64 = 0

    mutating func add(_ one: Simulation.Report, _ other: Simulation.Report) {
        digest &+= one.trace.digest
        if one != other { different.append(one.plan.seed) }
    }

    mutating func add(_ other: Comparison) {
        digest &+= other.digest
        different += other.different
    }
}

/// The search for a planted bug, from seed to seed.
public struct MutantHunt: Sendable {
    public let mutant: Mutant?
    /// How many runs it took.
    public let runs: Int
    /// The first run that broke a promise.
    public let report: Simulation.Report?

    public var violation: Violation? { report?.violation }

    /// Whether it was found by a promise that it is known to break.
    public var isCaught: Bool {
        guard let violation, let mutant else { return false }
        return mutant.breaks.contains(violation.invariant)
    }

    public static func hunt(_ plan: Simulation.Plan, most: Int) -> MutantHunt {
        for index in 0..<most {
            var next = plan
            next.seed += UInt64(index)
            let report = Simulation.run(next)
            if report.violation != nil { return MutantHunt(mutant: plan.mutant, runs: index + 1, report: report) }
        }
        return MutantHunt(mutant: plan.mutant, runs: most, report: nil)
    }
}

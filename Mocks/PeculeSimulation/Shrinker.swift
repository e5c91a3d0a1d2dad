/// Finds the shortest history of a broken promise: the same seed with as few of its transfers as still break it.
public enum Shrinker {
    /// - Returns: a run with its trace that breaks the same promise; the given one where nothing less does.
    public static func shortest(_ report: Simulation.Report) -> Simulation.Report {
        guard let invariant = report.violation?.invariant else { return report }
        var plan = report.plan
        plan.keepsTrace = true
        var needed = (plan.only ?? Set(0..<plan.transfers)).sorted()
        var best: Simulation.Report?
        var chunk = (needed.count + 1) / 2
        while chunk > 0 {
            let before = needed.count
            var start = 0
            while start < needed.count {
                let fewer = Array(needed[..<start] + needed[min(start + chunk, needed.count)...])
                plan.only = Set(fewer)
                let run = Simulation.run(plan)
                if run.violation?.invariant == invariant {
                    (best, needed) = (run, fewer)
                } else {
                    start += chunk
                }
            }
            // What could not be left out beside others may be without them.
            if chunk > 1 || needed.count == before { chunk /= 2 }
        }
        plan.only = Set(needed)
        return best ?? Simulation.run(plan)
    }
}

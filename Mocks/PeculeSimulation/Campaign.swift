/// Many runs, added up.
public struct Campaign: Sendable {
    public private(set) var runs = 0
    private var transfers = 0
    public private(set) var faults = FaultCounts()
    public private(set) var transitions: [Transition: Int] = [:]
    public private(set) var endings: [String: Int] = [:]
    /// The run with the lowest seed among those that broke a promise.
    public private(set) var failure: Simulation.Report?
    /// What was broken, by the seed that showed it.
    public private(set) var violations: [UInt64: Violation] = [:]

    public init() {}

    public mutating func add(_ report: Simulation.Report) {
        runs += 1
        transfers += report.plan.transfers
        faults.add(report.faults)
        transitions.merge(report.transitions, uniquingKeysWith: +)
        endings.merge(report.endings, uniquingKeysWith: +)
        guard let violation = report.violation else { return }
        violations[report.plan.seed] = violation
        keep(report)
    }

    /// Adds what another thread has run.
    public mutating func add(_ other: Campaign) {
        runs += other.runs
        transfers += other.transfers
        faults.add(other.faults)
        transitions.merge(other.transitions, uniquingKeysWith: +)
        endings.merge(other.endings, uniquingKeysWith: +)
        violations.merge(other.violations) { _, other in other }
        if let report = other.failure { keep(report) }
    }

    private mutating func keep(_ report: Simulation.Report) {
        if failure.map({ report.plan.seed < $0.plan.seed }) ?? true { failure = report }
    }

    public var isSound: Bool { failure == nil && gaps.isEmpty }

    /// What did not happen often enough for anybody to trust the rest. From a hundred thousand transfers on, each kind
    /// of trouble has to come once in a thousand; from a million on, in each state that it can strike, and every change
    /// has to occur.
    public var gaps: [String] {
        guard transfers >= 100_000 else { return [] }
        let kinds = Fault.allCases.filter { faults[$0] < transfers / 1000 }.map { "too seldom: \($0.name)" }
        guard transfers >= 1_000_000 else { return kinds }
        let pairs = Fault.allCases.flatMap { fault in
            fault.states.filter { faults[fault, in: $0] == 0 }
                .map { "never: \(fault.name) in \(FaultCounts.states[$0])" }
        }
        return kinds + pairs + Transition.all.filter { transitions[$0] == nil }.map { "never: \($0)" }
    }
}

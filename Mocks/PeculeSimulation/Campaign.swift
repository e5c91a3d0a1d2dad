/// Many runs, added up.
public struct Campaign: Sendable {
    public private(set) var runs = 0
    public private(set) var faults: [Fault: Int] = [:]
    public private(set) var transitions: [Transition: Int] = [:]
    public private(set) var endings: [String: Int] = [:]
    /// The run with the lowest seed among those that broke a promise.
    public private(set) var failure: Simulation.Report?
    public private(set) var failures = 0

    public init() {}

    public mutating func add(_ report: Simulation.Report) {
        runs += 1
        faults.merge(report.faults, uniquingKeysWith: +)
        transitions.merge(report.transitions, uniquingKeysWith: +)
        endings.merge(report.endings, uniquingKeysWith: +)
        guard report.violation != nil else { return }
        failures += 1
        keep(report)
    }

    /// Adds what another thread has run.
    public mutating func add(_ other: Campaign) {
        runs += other.runs
        faults.merge(other.faults, uniquingKeysWith: +)
        transitions.merge(other.transitions, uniquingKeysWith: +)
        endings.merge(other.endings, uniquingKeysWith: +)
        failures += other.failures
        if let report = other.failure { keep(report) }
    }

    private mutating func keep(_ report: Simulation.Report) {
        if failure.map({ report.seed < $0.seed }) ?? true { failure = report }
    }

    /// Kinds of trouble that never came: over a thousand runs that means that nothing can make them come.
    public var missing: [Fault] { runs < 1000 ? [] : Fault.allCases.filter { faults[$0] == nil } }

    public var isSound: Bool { failure == nil && missing.isEmpty }
}

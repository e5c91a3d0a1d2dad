import Pecule

/// How often what went wrong, and in which state the transfer was that it struck.
public struct FaultCounts: Sendable, Equatable {
    /// The states' names, in their order.
    public static let states = [
        "drafted", "initiating", "awaitingApproval", "confirming", "executing", "settled", "failed",
    ]

    private var counts = [Int](repeating: 0, count: Fault.allCases.count)
    private var pairs = [Int](repeating: 0, count: Fault.allCases.count * states.count)

    public init() {}

    public subscript(_ fault: Fault) -> Int { counts[fault.rawValue] }

    public subscript(_ fault: Fault, in state: Int) -> Int { pairs[fault.rawValue * Self.states.count + state] }

    mutating func add(_ fault: Fault, _ times: Int = 1) { counts[fault.rawValue] += times }

    mutating func add(_ fault: Fault, in state: Int) {
        pairs[fault.rawValue * Self.states.count + state] += 1
    }

    mutating func add(_ other: FaultCounts) {
        for index in counts.indices { counts[index] += other.counts[index] }
        for index in pairs.indices { pairs[index] += other.pairs[index] }
    }
}

extension TransferState {
    /// The place among the states, from drafted to failed.
    var place: Int {
        switch self {
        case .drafted: 0
        case .initiating: 1
        case .awaitingApproval: 2
        case .confirming: 3
        case .executing: 4
        case .settled: 5
        case .failed: 6
        }
    }
}

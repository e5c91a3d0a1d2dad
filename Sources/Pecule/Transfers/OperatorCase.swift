public import Foundation

/// Something that only a person can judge. The transfer goes on as far as it can meanwhile.
public enum OperatorCase: Sendable, Hashable, CustomStringConvertible {
    /// The bank spoke of another amount, currency, account or id than was ordered.
    case echoDiffers([EchoDifference])
    /// The bank said two things of which one must be wrong: `settled, then rejected AC04`.
    case contradiction(String)
    /// The budget of calls is spent and nobody asks any more.
    case requestsSpent(Int)
    /// The bank has given no usable answer since then.
    case silent(since: Date)

    /// Stable, for machines.
    public var code: String {
        switch self {
        case .echoDiffers: "echo_differs"
        case .contradiction: "bank_contradicts_itself"
        case .requestsSpent: "requests_spent"
        case .silent: "bank_silent"
        }
    }

    public var description: String {
        switch self {
        case .echoDiffers(let differences): differences.map(\.description).joined(separator: "; ")
        case .contradiction(let words): "the bank said \(words)"
        case .requestsSpent(let count): "asked \(count) times without an end; nobody asks any more"
        case .silent(let since): "no answer since \(since.formatted(.iso8601))"
        }
    }
}

extension Transfer {
    /// What an operator has to look at.
    /// - Parameter time: a bank that has been silent since before this is a case.
    public func cases(unansweredBefore time: Date) -> [OperatorCase] {
        var cases: [OperatorCase] = []
        if !alarm.isEmpty { cases.append(.echoDiffers(alarm)) }
        if let contradiction { cases.append(.contradiction(contradiction)) }
        if hasSpentRequests { cases.append(.requestsSpent(requests)) }
        if let unansweredSince, unansweredSince <= time { cases.append(.silent(since: unansweredSince)) }
        return cases
    }

    /// Whether an operator is needed whatever the time.
    public var needsOperator: Bool { !alarm.isEmpty || contradiction != nil || hasSpentRequests }

    private var hasSpentRequests: Bool { deadline == nil && !state.isFinal }
}

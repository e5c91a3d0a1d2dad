public import Foundation

/// How long the gateway waits for what. The defaults suit people at a bank's pages and banks that answer in seconds.
public struct Patience: Sendable, Hashable {
    /// A draft that never reaches a bank is given up after this.
    public var draft: TimeInterval = 30 * 60
    /// A call that may change something at the bank is taken for dead after this: longer than any transport timeout.
    public var call: TimeInterval = 60
    /// The first wait before asking or trying again; doubled each time.
    public var firstWait: TimeInterval = 5
    /// A transfer changed less than this ago is shown as it is, so that a reloading page does not flood the bank.
    public var freshness: TimeInterval = 1
    /// The longest wait before asking again.
    public var longestWait: TimeInterval = 5 * 60

    public init() {}

    /// The wait before attempt number `attempt` (from 0).
    func wait(beforeAttempt attempt: Int) -> TimeInterval {
        min(longestWait, firstWait * pow(2, Double(min(attempt, 16))))
    }
}

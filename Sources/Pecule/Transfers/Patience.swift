public import Foundation

/// How long the gateway waits for what. The defaults suit people at a bank's pages and banks that answer in seconds; a
/// bank that is different brings its own (`Bank.patience`).
public struct Patience: Sendable, Hashable {
    /// The growing waits between two questions.
    public struct Waits: Sendable, Hashable {
        /// The first wait; doubled each time.
        public var first: TimeInterval
        public var longest: TimeInterval

        public init(first: TimeInterval, longest: TimeInterval) {
            self.first = first
            self.longest = longest
        }
    }

    /// A draft that never reaches a bank is given up after this.
    public var draft: TimeInterval = 30 * 60
    /// A call that may change something at the bank is taken for dead after this: longer than any transport timeout.
    public var call: TimeInterval = 60
    /// A transfer changed less than this ago is shown as it is, so that a reloading page does not flood the bank.
    public var freshness: TimeInterval = 1
    /// While the bank is asked to open a payment.
    public var opening = Waits(first: 5, longest: 5 * 60)
    /// While the payer decides at the bank.
    public var approval = Waits(first: 5, longest: 2 * 60)
    /// While a confirmation has no answer.
    public var confirmation = Waits(first: 5, longest: 5 * 60)
    /// While the bank executes: seconds for an instant transfer, days over a weekend.
    public var execution = Waits(first: 5, longest: 30 * 60)
    /// The most that a bank's `Retry-After` is honoured (RFC 9110, section 10.2.3).
    public var longestRetryAfter: TimeInterval = 60 * 60
    /// Calls to the bank for one transfer, until an operator allows as many again. Some ten days of asking.
    public var requests = 500

    public init() {}

    /// The longest wait in any state.
    public var longestWait: TimeInterval { [opening, approval, confirmation, execution].map(\.longest).max() ?? 0 }

    /// The wait before attempt number `attempt` (from 0), up to a quarter shorter so that transfers which failed
    /// together do not come back together. By the id and not by chance: a decision has no dice.
    func wait(beforeAttempt attempt: Int, of id: TransferID, in state: TransferState) -> TimeInterval {
        let waits = waits(in: state)
        let whole = min(waits.longest, waits.first * pow(2, Double(min(attempt, 16))))
        return (whole * (1000 - Self.jitter(attempt, id)) / 1000).rounded(.up)
    }

    private func waits(in state: TransferState) -> Waits {
        switch state {
        case .drafted, .initiating: opening
        case .awaitingApproval: approval
        case .confirming: confirmation
        case .executing, .settled, .failed: execution
        }
    }

    /// From 0 to 249 (FNV-1a over the id and the attempt).
    private static func jitter(_ attempt: Int, _ id: TransferID) -> Double {
        let bytes = Array(id.text.utf8) + [UInt8(truncatingIfNeeded: attempt)]
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Double((hash >> 32) % 250)
    }
}

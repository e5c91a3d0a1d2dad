public import Foundation

/// One call to a bank and how it ended, as a gateway tells it to whoever keeps metrics or a log. Nothing personal.
public struct BankCall: Sendable, Hashable {
    /// What was asked of the bank.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        case initiate, confirm, ask, cancel
    }

    public let transfer: TransferID
    public let bank: BankID
    public let step: Step
    /// Nil when a usable answer came.
    public let fault: BankFault?
    /// In seconds.
    public let duration: TimeInterval
    public let correlation: CorrelationID

    /// One word: `answered`, `refused`, `not_sent` or `outcome_unknown`.
    public var outcome: String {
        switch fault {
        case nil: "answered"
        case .refused: "refused"
        case .notSent: "not_sent"
        case .outcomeUnknown: "outcome_unknown"
        }
    }
}

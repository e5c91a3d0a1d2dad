public import Foundation

/// One transfer: an order and how far it has come. A value; `apply` is the only way it changes.
public struct Transfer: Sendable, Hashable {
    public let order: TransferOrder
    public internal(set) var state: TransferState
    /// Rises by one with every change; what stores compare and swap on.
    public internal(set) var version: Int
    /// The bank chosen and the browser that chose it; nil while drafted.
    public internal(set) var choice: BankChoice?
    /// The payment that the bank opened; nil until it did.
    public internal(set) var payment: BankPayment?
    /// When to look again without anyone asking; nil when final, or when the budget of calls is spent.
    public internal(set) var deadline: Date?
    public internal(set) var updatedAt: Date
    /// Since when the bank has given no answer, or none to this order; nil when the last one was an answer.
    public internal(set) var unansweredSince: Date?
    /// What the bank gave back otherwise than ordered: an operator has to look. Stays until one has.
    public internal(set) var alarm: [EchoDifference]
    /// Two words of the bank that cannot both be true: `settled, then rejected AC04`. Stays until an operator has
    /// looked.
    public internal(set) var contradiction: String?
    /// The bank asked to be left alone until then.
    public internal(set) var restsUntil: Date?
    /// Calls to the bank since an operator last looked.
    public internal(set) var requests: Int
    /// Times the bank was asked or called in the present state.
    var attempts: Int
    /// Calls to open a payment that the bank may have received. None: the bank certainly never heard of this.
    var uncertainInitiations: Int
    /// When the last confirmation has certainly ended. Another beside it could exchange a code twice, on which banks
    /// revoke what the first exchange gave (RFC 6749, section 4.1.2).
    var confirmationEnds: Date?

    /// A new draft, at version 1.
    public init(_ order: TransferOrder, patience: Patience) {
        self.order = order
        state = .drafted
        version = 1
        deadline = order.draftedAt.addingTimeInterval(patience.draft)
        updatedAt = order.draftedAt
        alarm = []
        requests = 0
        attempts = 0
        uncertainInitiations = 0
    }

    public var id: TransferID { order.id }

    /// What the transfer means for the payer now.
    public var outcome: TransferOutcome {
        TransferOutcome(
            of: state, approval: payment?.approval, unansweredSince: unansweredSince,
            mayHaveReachedBank: mayHaveReachedBank)
    }

    /// Whether a bank may know of it. Otherwise it is certain that none ever heard of it.
    public var mayHaveReachedBank: Bool { uncertainInitiations > 0 }

    /// The amount counts against the monthly cap from the moment a bank may hear of it until it is known that
    /// nothing will be debited.
    public var reservesAllowance: Bool {
        switch state {
        case .initiating: mayHaveReachedBank
        case .awaitingApproval, .confirming, .executing, .settled: true
        case .drafted, .failed: false
        }
    }
}

/// What to show the payer and what to offer next.
public enum TransferOutcome: Sendable, Hashable {
    /// No bank has it yet.
    case chooseBank
    /// The payer has to approve it at the bank.
    case approve(ApprovalStep)
    /// On its way; nothing to do but wait.
    case underway
    /// It is not known whether money moved; the gateway keeps asking the bank. Never pay again because of it.
    case unknown(since: Date)
    case settled
    case failed(FailureReason)

    /// - Parameter approval: what the payer has to do at the bank; nil before it opened a payment.
    init(of state: TransferState, approval: ApprovalStep?, unansweredSince: Date?, mayHaveReachedBank: Bool) {
        self =
            switch (state, unansweredSince, approval) {
            case (.settled, _, _): .settled
            case (.failed(let reason), _, _): .failed(reason)
            case (.drafted, _, _): .chooseBank
            case (.initiating, _, _) where !mayHaveReachedBank: .chooseBank
            case (_, let since?, _): .unknown(since: since)
            case (.awaitingApproval, nil, let approval?): .approve(approval)
            case (.initiating, nil, _), (.awaitingApproval, nil, nil), (.confirming, nil, _), (.executing, nil, _):
                .underway
            }
    }
}

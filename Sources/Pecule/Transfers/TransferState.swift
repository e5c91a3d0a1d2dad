/// Where a transfer stands. Each case lists its ways out; the final ones have none.
public enum TransferState: Sendable, Hashable {
    /// Kept here, unknown to any bank. → `initiating`; `failed` when abandoned or cancelled.
    case drafted
    /// The intent is durable and the bank is being asked to open a payment.
    /// → `awaitingApproval`; `failed` when the bank refuses, or when it is certain that the bank never heard of it.
    case initiating
    /// The payer decides at the bank. → `confirming`, `executing`, `settled`, `failed`.
    case awaitingApproval
    /// Approved by the payer; the bank waits for our confirmation, given with this proof where it wants one.
    /// → `executing`, `settled`, `failed`.
    case confirming(ApprovalProof?)
    /// Accepted by the bank for execution. → `settled`, `failed`.
    case executing
    /// The bank says that the payer's account is debited for good. Final.
    case settled
    /// Nothing was or will be debited. Final.
    case failed(FailureReason)

    public var isFinal: Bool {
        switch self {
        case .settled, .failed: true
        case .drafted, .initiating, .awaitingApproval, .confirming, .executing: false
        }
    }

    /// Never falls along a transfer's life.
    var rank: Int {
        switch self {
        case .drafted: 0
        case .initiating: 1
        case .awaitingApproval: 2
        case .confirming: 3
        case .executing: 4
        case .settled, .failed: 5
        }
    }

    /// The state's name without anything personal: for logs, metrics, errors.
    public var name: String {
        switch self {
        case .drafted: "drafted"
        case .initiating: "initiating"
        case .awaitingApproval: "awaitingApproval"
        case .confirming: "confirming"
        case .executing: "executing"
        case .settled: "settled"
        case .failed: "failed"
        }
    }
}

/// Why nothing was transferred.
public enum FailureReason: Sendable, Hashable {
    /// The payer never went to the bank.
    case abandoned
    /// Cancelled on the portal, before the bank or by the bank's leave.
    case cancelled
    /// The payer said no at the bank.
    case deniedByPayer
    /// The payer did not decide at the bank in time.
    case expired
    /// The bank said no.
    case rejected(RejectionReason)

    /// Stable and machine-readable; ISO 20022's code where the bank gave one (`rejected.AM04`).
    public var code: String {
        switch self {
        case .abandoned: "abandoned"
        case .cancelled: "cancelled"
        case .deniedByPayer: "denied_by_payer"
        case .expired: "expired"
        case .rejected(let reason): "rejected.\(reason.code)"
        }
    }

    /// Nil for a text that `code` does not write.
    public init?(code: String) {
        switch code {
        case "abandoned": self = .abandoned
        case "cancelled": self = .cancelled
        case "denied_by_payer": self = .deniedByPayer
        case "expired": self = .expired
        default:
            guard code.hasPrefix("rejected.") else { return nil }
            self = .rejected(RejectionReason(String(code.dropFirst("rejected.".count))))
        }
    }
}

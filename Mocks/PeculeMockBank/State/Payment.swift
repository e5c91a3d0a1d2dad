import FoundationEssentials
import PeculeHTTP

/// One payment request and what became of it.
struct Payment: Sendable {
    /// Where a payment stands. The times are those at which it moves by itself if nothing happens before.
    enum Stage: Sendable, Equatable {
        /// The payer has not answered yet. Leaves by approval, refusal, cancellation, lock, or expiry.
        case awaitingApproval(until: Date)
        /// The payer agreed, the initiator must confirm. Leaves by confirmation, cancellation, or expiry.
        case awaitingConfirmation(until: Date)
        /// The bank will execute by itself. Leaves by execution, rejection, or cancellation.
        case accepted(until: Date)
        /// The bank takes its time. Leaves by execution, rejection, or cancellation.
        case held(until: Date)
        /// The payer is debited. Leaves by settlement only.
        case executing(until: Date)
        /// The payee is credited. Final.
        case settled
        /// No money moved. Final.
        case rejected(RejectReason)
    }

    /// A stage, and when it was entered.
    struct Move: Sendable, Equatable {
        let at: Date
        let stage: Stage
    }

    /// Who agreed, and with which account.
    struct Approval: Sendable, Equatable {
        let login: String
        let debtorIBAN: String
    }

    /// What the payer did on the way, over all sessions, so that a new session gives no new tries.
    struct Tries: Sendable {
        var wrongPasswords = 0
        var wrongCodes = 0
        var renewals = 0
        /// Codes that a scenario took for wrong or expired.
        var playedCodes = 0

        static let maximumWrongPasswords = 5
        static let maximumWrongCodes = 3
        static let maximumRenewals = 2
    }

    let id: String
    /// Unguessable part of the address where the payer approves.
    let context: String
    /// Must be given back by the confirmation of an OAuth flow.
    let nonce: String
    /// Given to the payer's browser where the flow says so; the confirmation must repeat it.
    let factor: String
    let client: String
    let order: PaymentOrder
    /// As posted, to be echoed.
    let body: JSON
    let createdAt: Date
    var stage: Stage
    var approval: Approval?
    var tries = Tries()
    var isConfirmed = false
    /// Its stages after the first, in order.
    var moves: [Move] = []
    /// The states of its scenario that are still to come.
    var ahead: [Scenario.State] = []
    /// Where the initiator wants to be told of changes.
    var notifying: NotificationWish?
    /// What only a payment of Berlin Group's standard has.
    var berlin = BerlinPayment()

    var deadline: Date? {
        switch stage {
        case .awaitingApproval(let until), .awaitingConfirmation(let until), .accepted(let until), .held(let until),
            .executing(let until):
            until
        case .settled, .rejected: nil
        }
    }

    /// Why no money moved; nil unless that is certain.
    var rejection: RejectReason? {
        if case .rejected(let reason) = stage { reason } else { nil }
    }

    /// Whether this payment may still debit someone, or has.
    var mayDebit: Bool {
        if case .rejected = stage { false } else { true }
    }
}

/// Why no money moved; the names of the codes are those of ISO 20022 as STET lists them.
enum RejectReason: Sendable, Equatable {
    case insufficientFunds
    case refusedByPayer
    case unanswered
    case payerLocked
    case regulatory
    case accountTypeForbidden
    case cancelledByInitiator
    /// As a scenario wants it.
    case other(ReasonCode)

    init(_ reason: ReasonCode) {
        switch reason.code {
        case "AM04": self = .insufficientFunds
        case "RR04": self = .regulatory
        default: self = .other(reason)
        }
    }

    /// Tells apart the two meanings of CUST (`fundsAvailability`): a payer's no is never for want of funds.
    var isCovered: Bool? {
        switch self {
        case .insufficientFunds: false
        case .refusedByPayer: true
        default: nil
        }
    }

    /// Lack of funds has its own code from 1.6 on; before, it shares CUST with a refusal.
    func code(in version: MockBankProfile.Version) -> String {
        switch self {
        case .insufficientFunds: version == .v16 ? "AM04" : "CUST"
        case .refusedByPayer: "CUST"
        case .unanswered: "NOAS"
        case .payerLocked: "MS03"
        case .regulatory: "RR04"
        case .accountTypeForbidden: "AG01"
        case .cancelledByInitiator: "DS02"
        case .other(let reason): reason.code
        }
    }
}

extension RejectReason: CustomStringConvertible {
    /// For `error_description`: ASCII, as RFC 6749, section 4.1.2.1 wants it.
    var description: String {
        switch self {
        case .insufficientFunds: "provision insuffisante"
        case .refusedByPayer: "refus du client"
        case .unanswered: "demande expiree"
        case .payerLocked: "authentification bloquee"
        case .regulatory: "rejet reglementaire"
        case .accountTypeForbidden: "operation interdite sur ce compte"
        case .cancelledByInitiator: "demande annulee"
        case .other(let reason): reason.english
        }
    }
}

extension Payment {
    /// `paymentInformationStatus` of the standard.
    func status(at profile: MockBankProfile) -> String { Self.status(of: stage, at: profile) }

    static func status(of stage: Stage, at profile: MockBankProfile) -> String {
        switch stage {
        case .awaitingApproval: "RCVD"
        case .awaitingConfirmation: profile.confirmNow ?? "ACTC"
        case .accepted: "ACCP"
        case .held: "PDNG"
        case .executing: profile.variants.executing
        case .settled: "ACSC"
        case .rejected(.cancelledByInitiator): profile.version == .v140 ? "RJCT" : "CANC"
        case .rejected: "RJCT"
        }
    }
}

/// What can happen to a transfer, wherever it comes from.
public enum TransferEvent: Sendable, Hashable {
    /// The payer chose a bank.
    case bankChosen(BankChoice)
    /// The bank opened a payment.
    case initiated(BankPayment)
    /// The bank refused to open one.
    case bankRefused(RejectionReason)
    /// The payer's browser came back, perhaps with a proof of approval. Says nothing about money.
    case payerReturned(ApprovalProof?)
    /// The bank's word on the payment.
    case reported(BankReport)
    /// A call ended without an answer that can be used; `sent` unless it is certain that nothing left.
    /// `retryAfter` is how long the bank asked to be left alone.
    case bankSilent(sent: Bool, retryAfter: Duration? = nil)
    /// The time to look again has come.
    case deadlinePassed
    /// Somebody who says he is the bank says that something changed. A reason to ask, never more.
    case bankNotified
    /// The payer no longer wants it.
    case cancelRequested
    /// An operator has looked at what was unusual: it is his now, and the bank is asked again.
    case operatorReviewed

    /// The event's name without anything personal.
    public var name: String {
        switch self {
        case .bankChosen: "bankChosen"
        case .initiated: "initiated"
        case .bankRefused: "bankRefused"
        case .payerReturned: "payerReturned"
        case .reported: "reported"
        case .bankSilent: "bankSilent"
        case .deadlinePassed: "deadlinePassed"
        case .bankNotified: "bankNotified"
        case .cancelRequested: "cancelRequested"
        case .operatorReviewed: "operatorReviewed"
        }
    }

    /// What the event says, without anything personal or secret.
    public var detail: String {
        switch self {
        case .bankChosen(let choice): choice.bank.text
        case .initiated(let payment): payment.expects.map { "expects \($0.rawValue)" } ?? ""
        case .bankRefused(let reason): reason.code
        case .payerReturned(let proof): proof.map(\.kind.rawValue) ?? "no proof"
        case .reported(let report): report.status.name
        case .bankSilent(let sent, let retryAfter): Self.detail(sent, retryAfter)
        case .deadlinePassed, .bankNotified, .cancelRequested, .operatorReviewed: ""
        }
    }

    private static func detail(_ sent: Bool, _ retryAfter: Duration?) -> String {
        let words = sent ? "may have been received" : "not received"
        return retryAfter.map { "\(words), again after \($0.components.seconds) s" } ?? words
    }
}

/// What is to be done at the bank once an event is stored.
public enum TransferEffect: Sendable, Hashable {
    case nothing
    case initiate
    case confirm(ApprovalProof?)
    case ask
    case cancel
}

/// What an event did.
public enum TransferVerdict: Sendable, Hashable {
    /// The transfer changed, by one version; now do this.
    case changed(TransferEffect)
    /// Late, repeated or without meaning here: nothing changed.
    case ignored
}

/// An action that somebody asked for and that is not possible now. Nothing changed.
public enum TransferRefusal: Error, Sendable, Hashable {
    /// Not in this state.
    case notNow(TransferState)
    /// Another bank was chosen before and may have been reached.
    case bankAlreadyChosen(BankID)
}

import FoundationEssentials
import PeculeHTTP

/// Why the bank does not do what an initiator asks; nothing changed.
enum RequestRefusal: Error, Equatable {
    case invalid(String)
    case forbidden(String)
    /// Well-formed, and not done here.
    case declined(Decline)
    /// No such payment, or another client's: the same answer, so that nothing can be probed.
    case unknown
}

/// What an initiator may ask through the interface.
extension BankState {
    /// Records a request. The same client, identifier and body again gives the same payment, which goes on telling
    /// its changes where it did.
    mutating func post(
        _ order: PaymentOrder, body: JSON, client: String, notifying wish: NotificationWish?, in moment: inout Moment
    ) throws(RequestRefusal) -> Payment {
        if let known = payment(client: client, informationID: order.informationID) {
            guard known.body == body else {
                throw .invalid("paymentInformationId was already used for another request")
            }
            return known
        }
        guard payment(client: client, endToEndID: order.endToEndID)?.mayDebit != true else {
            throw .invalid("endToEndId was already used for another payment")
        }
        var payment = Payment(
            id: moment.secret(), context: moment.secret(), nonce: moment.secret(), factor: moment.secret(),
            client: client, order: order, body: body, createdAt: moment.now,
            stage: .awaitingApproval(until: moment.now + timing.consentLifetime))
        payment.notifying = wish
        add(payment)
        return payment
    }

    func payment(_ id: String, of client: String) throws(RequestRefusal) -> Payment {
        guard let payment = payments[id], payment.client == client else { throw .unknown }
        return payment
    }

    /// Ends a payment that has not been executed; again, when it was already cancelled, without effect.
    mutating func cancel(_ id: String, order: PaymentOrder, client: String) throws(RequestRefusal) {
        let payment = try payment(id, of: client)
        guard order.isSameTransfer(as: payment.order) else {
            throw .forbidden("only a cancellation may be put, the payment may not be changed")
        }
        switch payment.stage {
        case .awaitingApproval, .awaitingConfirmation, .accepted, .held:
            move(id, to: .rejected(.cancelledByInitiator))
        case .rejected(.cancelledByInitiator): break
        case .executing, .settled, .rejected: throw .forbidden("the payment can no longer be cancelled")
        }
    }

    /// What a confirmation proves, by the flow of the bank.
    struct Confirmation: Sendable {
        var factor: String?
        var nonce: String?
    }

    /// The initiator's last word: executes an approved order. Again, with the same proof, without effect.
    mutating func confirm(
        _ id: String, with proof: Confirmation, client: String, at now: Date
    ) throws(RequestRefusal) -> Payment {
        var payment = try payment(id, of: client)
        guard profile.flow != .factorThenConfirm || Secret.equal(proof.factor, payment.factor) else {
            throw .forbidden("psuAuthenticationFactor is not the one given to the payer")
        }
        let needsNonce = profile.flow == .codeThenConfirm && profile.variants.givesNonce
        guard !needsNonce || Secret.equal(proof.nonce, payment.nonce) else {
            throw .forbidden("nonce is not the one of the payment request")
        }
        if payment.isConfirmed { return payment }
        guard case .awaitingConfirmation = payment.stage else {
            throw .forbidden("the payment is not waiting for a confirmation")
        }
        payment.isConfirmed = true
        change(id) { $0.isConfirmed = true }
        start(payment, at: now)
        return try self.payment(id, of: client)
    }
}

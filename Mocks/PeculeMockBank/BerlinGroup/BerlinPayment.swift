import FoundationEssentials

/// What only a payment of Berlin Group's standard has.
struct BerlinPayment: Sendable {
    /// The payment product under which it was posted.
    var product = ""
    /// The id of the authorisation, once it was started.
    var authorisation: String?
    /// Whose telephone rings.
    var payerID: String?
    /// Whether the payer is asked to agree to a cancellation.
    var asksToCancel = false
}

extension BankState {
    /// A word that the payer says on his telephone.
    enum PhoneAnswer: String, CaseIterable {
        case approve, refuse
        /// Agrees to the cancellation.
        case cancel
    }

    /// What waits on a customer's telephone, oldest first.
    func waiting(for login: String) -> [Payment] {
        paymentsByAge.filter { payment in
            guard case .awaitingApproval = payment.stage else { return false }
            return profile.flow == .decoupled && payment.berlin.authorisation != nil && payment.berlin.payerID == login
        }
    }

    /// False when the telephone does not ask that.
    mutating func answer(_ answer: PhoneAnswer, _ id: String, login: String, at now: Date) -> Bool {
        guard let payment = waiting(for: login).first(where: { $0.id == id }),
            let account = customers.first(where: { $0.login == login })?.accounts.first,
            answer != .cancel || payment.berlin.asksToCancel
        else { return false }
        let debited = payment.order.debtorIBAN ?? account.iban
        if answer == .approve, let reason = endOnPhone(of: payment) {
            move(id, to: .rejected(reason))
            return true
        }
        switch answer {
        case .cancel: move(id, to: .rejected(.cancelledByInitiator))
        case .refuse: move(id, to: .rejected(.refusedByPayer))
        case .approve where balance(of: debited) < payment.order.cents: move(id, to: .rejected(.insufficientFunds))
        case .approve: approve(payment, login: login, debtorIBAN: debited, at: now)
        }
        return true
    }
}

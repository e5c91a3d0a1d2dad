import FoundationEssentials
import PeculeHTTP

/// The small steps of which an approval is made.
extension BankState {
    /// Why an account cannot be debited for this order.
    enum Obstacle: Equatable {
        case savings
        case otherAccountOrdered
    }

    func customer(of session: ApprovalSession) -> Customer? {
        session.login.flatMap { login in customers.first { $0.login == login } }
    }

    func obstacle(to account: Customer.Account, for session: ApprovalSession) -> Obstacle? {
        if account.isSavings { return .savings }
        let ordered = payments[session.paymentID]?.order.debtorIBAN
        return ordered == nil || ordered == account.iban ? nil : .otherAccountOrdered
    }

    mutating func begin(
        _ paymentID: String, back: ApprovalSession.Return, in moment: inout Moment
    ) -> ApprovalSession {
        let session = ApprovalSession(
            id: moment.secret(), formToken: moment.secret(), paymentID: paymentID, back: back, lastSeen: moment.now)
        sessions.add(session, for: session.id, until: moment.now + Timing.session, at: moment.now)
        return session
    }

    mutating func keep(_ session: ApprovalSession) { sessions.update(session.id) { $0 = session } }

    /// The outcome that a decided payment has for this browser, so that nothing is decided twice.
    func alreadyLeft(_ session: ApprovalSession) -> ApprovalMove? {
        if let left = session.left { return .away(left) }
        if case .awaitingApproval = payments[session.paymentID]?.stage { return nil }
        return .page(session: session.id)
    }

    mutating func show(_ session: ApprovalSession, _ notice: ApprovalSession.Notice?) -> ApprovalMove {
        sessions.update(session.id) { $0.notice = notice }
        return .page(session: session.id)
    }

    mutating func leave(_ session: ApprovalSession, for address: String) -> ApprovalMove {
        let callback = payments[session.paymentID].flatMap { scenario(of: $0).callback }
        let address = callback == .forged ? Self.forged(address) : address
        sessions.update(session.id) { session in
            session.left = callback == .lost ? nil : address
            session.callback = callback
        }
        switch callback {
        case .lost, .doubled, .late: return .page(session: session.id)
        case .forged, nil: return .away(address)
        }
    }

    /// With other proofs than the bank's: the code or factor, or where there is none the state.
    private static func forged(_ address: String) -> String {
        let halves = address.split(separator: "?", maxSplits: 1)
        guard halves.count == 2, let form = URLForm(parsing: halves[1]) else { return address + "?code=forged" }
        let proofs: Set = ["code", "psuAuthenticationFactor", "confirmationCode"]
        let names = form.pairs.contains { proofs.contains($0.name) } ? proofs : ["state"]
        let pairs = form.pairs.map { ($0.name, names.contains($0.name) ? "forged" : $0.value) }
        return halves[0] + "?" + URLForm(pairs).text
    }

    /// Rejects the payment. Whoever could not finish is told so on a page; other answers lead straight back.
    mutating func end(_ session: ApprovalSession, _ reason: RejectReason) -> ApprovalMove {
        move(session.paymentID, to: .rejected(reason))
        let address = rejectedAddress(session, reason)
        let move = leave(session, for: address)
        return reason == .payerLocked || reason == .unanswered ? .page(session: session.id) : move
    }

    mutating func wrongPassword(_ session: ApprovalSession) -> ApprovalMove {
        change(session.paymentID) { $0.tries.wrongPasswords += 1 }
        let count = payments[session.paymentID]?.tries.wrongPasswords ?? 0
        return count < Payment.Tries.maximumWrongPasswords ? show(session, .wrongPassword) : end(session, .payerLocked)
    }

    mutating func wrongCode(_ session: ApprovalSession) -> ApprovalMove {
        change(session.paymentID) { $0.tries.wrongCodes += 1 }
        let left = Payment.Tries.maximumWrongCodes - (payments[session.paymentID]?.tries.wrongCodes ?? 0)
        return left > 0 ? show(session, .wrongCode(triesLeft: left)) : end(session, .payerLocked)
    }

    /// Sends a code for exactly this order and account.
    mutating func challenge(_ session: ApprovalSession, in moment: inout Moment) -> ApprovalMove {
        guard let order = payments[session.paymentID]?.order, let account = session.account else {
            return .page(session: session.id)
        }
        var session = session
        session.challenge = ApprovalSession.Challenge(
            digits: moment.oneTimeCode(), order: order, debtorIBAN: account, expires: moment.now + Timing.oneTimeCode)
        keep(session)
        return .page(session: session.id)
    }

    mutating func approve(_ payment: Payment, login: String, debtorIBAN: String, at now: Date) {
        var payment = payment
        payment.approval = Payment.Approval(login: login, debtorIBAN: debtorIBAN)
        change(payment.id) { $0.approval = payment.approval }
        if profile.confirmNow != nil {
            move(payment.id, to: .awaitingConfirmation(until: now + timing.consentLifetime))
        } else {
            start(payment, at: now)
        }
    }

    mutating func approvedAddress(
        _ session: ApprovalSession, _ payment: Payment, in moment: inout Moment
    ) -> String {
        switch session.back {
        case .report(let urls):
            guard profile.flow == .factorThenConfirm else { return urls.success }
            let form = URLForm([(profile.proofParameter, payment.factor)])
            return WebAddress(urls.success)?.appending(form) ?? urls.success
        case .client(let request):
            let code = issueCode(for: request, paymentID: payment.id, in: &moment)
            return request.answer([("code", code)], issuer: address)
        }
    }

    func rejectedAddress(_ session: ApprovalSession, _ reason: RejectReason) -> String {
        switch session.back {
        case .report(let urls): urls.failure
        case .client(let request):
            request.answer(
                [("error", profile.variants.returnError), ("error_description", reason.description)], issuer: address)
        }
    }
}

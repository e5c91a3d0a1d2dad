import FoundationEssentials
import PeculeHTTP

/// Why a browser gets no page of an approval.
enum ApprovalRefusal: Error, Equatable {
    case unknownLink
    case usedLink
    case expiredLink
    /// No session, or one that is over, or another payment's.
    case noSession
    /// The form was not made for this session.
    case foreignForm
    /// The step asked for is not the one this approval is at.
    case outOfStep
}

/// Where a browser goes after it sent a form.
enum ApprovalMove: Equatable {
    /// To the page of the approval, in the session of that id.
    case page(session: String)
    case away(String)
}

/// What a payer does on the bank's pages.
extension BankState {
    /// Begins a session for the payment behind a link.
    mutating func open(
        _ payment: Payment?, back: ApprovalSession.Return?, in moment: inout Moment
    ) throws(ApprovalRefusal) -> ApprovalSession {
        guard let payment, let back else { throw .unknownLink }
        switch payment.stage {
        case .awaitingApproval: return begin(payment.id, back: back, in: &moment)
        case .rejected(.unanswered): throw .expiredLink
        default: throw .usedLink
        }
    }

    /// The session of a cookie, if it belongs to the payment of the page. One that was idle too long must log in anew
    /// (Regulation (EU) 2018/389, article 4(3)(d)).
    mutating func session(
        _ id: String?, context: String, at now: Date
    ) throws(ApprovalRefusal) -> ApprovalSession {
        guard let id, var session = sessions.find(id, at: now), let payment = payments[session.paymentID],
            payment.context == context
        else { throw .noSession }
        if now - Timing.idleSession > session.lastSeen, session.login != nil, session.left == nil {
            (session.login, session.account, session.challenge) = (nil, nil, nil)
            session.notice = .idle
        }
        session.lastSeen = now
        keep(session)
        return session
    }

    /// The session of a form that was sent back.
    mutating func session(
        _ id: String?, context: String, formToken: String?, at now: Date
    ) throws(ApprovalRefusal) -> ApprovalSession {
        let session = try session(id, context: context, at: now)
        guard Secret.equal(formToken, session.formToken) else { throw .foreignForm }
        return session
    }

    mutating func logIn(
        _ session: ApprovalSession, login: String, password: String, in moment: inout Moment
    ) throws(ApprovalRefusal) -> ApprovalMove {
        if let move = alreadyLeft(session) { return move }
        guard session.login == nil, let payment = payments[session.paymentID] else { throw .outOfStep }
        let customer = customer(login: login)
        guard Secret.equal(password, Customer.password), let customer else { return wrongPassword(session) }
        do throws(ScenarioError) {
            try play(login: login, by: customer, of: payment)
        } catch { return show(session, .badScenario(error.description)) }
        if scenario(of: payment).payer == .loginLocked { return show(session, .accessLocked) }
        if let reason = endAtLogin(of: payment) { return end(session, reason) }
        // A new id, so that a cookie planted before the login opens nothing.
        sessions.remove(session.id)
        var known = begin(session.paymentID, back: session.back, in: &moment)
        (known.login, known.language) = (customer.login, session.language)
        keep(known)
        // An account that the order names already is one step less.
        let ordered = payments[session.paymentID]?.order.debtorIBAN
        guard let account = customer.accounts.first(where: { $0.iban == ordered }) else {
            return .page(session: known.id)
        }
        return try choose(known, account: account.iban, in: &moment)
    }

    mutating func choose(
        _ session: ApprovalSession, account iban: String?, in moment: inout Moment
    ) throws(ApprovalRefusal) -> ApprovalMove {
        if let move = alreadyLeft(session) { return move }
        guard let customer = customer(of: session), session.account == nil else { throw .outOfStep }
        guard let account = customer.accounts.first(where: { $0.iban == iban }) else {
            return show(session, .noAccountChosen)
        }
        switch obstacle(to: account, for: session) {
        case .savings: return end(session, .accountTypeForbidden)
        case .otherAccountOrdered: return show(session, .noAccountChosen)
        case nil: break
        }
        var session = session
        session.account = account.iban
        session.notice = nil
        return challenge(session, in: &moment)
    }

    mutating func renewCode(
        _ session: ApprovalSession, in moment: inout Moment
    ) throws(ApprovalRefusal) -> ApprovalMove {
        if let move = alreadyLeft(session) { return move }
        guard session.account != nil, let payment = payments[session.paymentID] else { throw .outOfStep }
        guard payment.tries.renewals < Payment.Tries.maximumRenewals else { return show(session, .noMoreCodes) }
        change(payment.id) { $0.tries.renewals += 1 }
        var session = session
        session.notice = .newCode
        return challenge(session, in: &moment)
    }

    /// « Confirmer »: the code decides whether it was the customer, the money whether it can be done.
    mutating func agree(
        _ session: ApprovalSession, code: String, in moment: inout Moment
    ) throws(ApprovalRefusal) -> ApprovalMove {
        if let move = alreadyLeft(session) { return move }
        guard let login = session.login, let challenge = session.challenge,
            let payment = payments[session.paymentID], challenge.order == payment.order,
            challenge.debtorIBAN == session.account
        else { throw .outOfStep }
        guard moment.now <= challenge.expires else { return show(session, .codeExpired) }
        let isRight = Secret.equal(code.filter { $0 != " " }, challenge.digits)
        if let move = playCode(session, payment, isRight: isRight) { return move }
        guard isRight else { return wrongCode(session) }
        guard balance(of: challenge.debtorIBAN) >= payment.order.cents else {
            return end(session, .insufficientFunds)
        }
        approve(payment, login: login, debtorIBAN: challenge.debtorIBAN, at: moment.now)
        return leave(session, for: approvedAddress(session, payment, in: &moment))
    }

    mutating func refuse(_ session: ApprovalSession) -> ApprovalMove {
        if let move = alreadyLeft(session) { return move }
        return end(session, .refusedByPayer)
    }
}

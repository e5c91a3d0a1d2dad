import FoundationEssentials

/// What the scenarios of orders, logins and the whole bank do to its course.
extension BankState {
    /// What is to happen to an order: what was said with it, then by the login, then for the whole bank.
    func scenario(of payment: Payment) -> Scenario {
        guard let play = plays[payment.playKey] else { return whole }
        return play.order.over(play.login).over(whole)
    }

    /// A login such as `camille+rjct AM04`: who it is, and what is to happen.
    mutating func play(login: String, by customer: Customer, of payment: Payment) throws(ScenarioError) {
        var scenario = customer.scenario
        if let plus = login.firstIndex(of: "+") {
            scenario = try catalogue.read(login[login.index(after: plus)...]).over(scenario)
        }
        if scenario != .ordinary || plays[payment.playKey] != nil {
            plays[payment.playKey, default: Play()].login = scenario
        }
    }

    func customer(login: String) -> Customer? {
        let name = login.lowercased().prefix { $0 != "+" }
        return customers.first { $0.login == name }
    }

    /// What the scenario makes of a payer who has just logged in.
    func endAtLogin(of payment: Payment) -> RejectReason? {
        switch scenario(of: payment).payer {
        case .cancels: .refusedByPayer
        case .expires: .unanswered
        case .loginLocked, .codeLocked, .codeWrong, .codeExpired, nil: nil
        }
    }

    /// What it makes of one who approves on the telephone, where no code is typed.
    func endOnPhone(of payment: Payment) -> RejectReason? {
        switch scenario(of: payment).payer {
        case .loginLocked, .codeLocked: .payerLocked
        default: endAtLogin(of: payment)
        }
    }

    /// What the scenario makes of a code that was typed; nil where it has nothing more to say.
    mutating func playCode(_ session: ApprovalSession, _ payment: Payment, isRight: Bool) -> ApprovalMove? {
        let played = payment.tries.playedCodes
        switch scenario(of: payment).payer {
        case .codeLocked: return end(session, .payerLocked)
        case .codeWrong(let times) where isRight && played < times:
            change(payment.id) { $0.tries.playedCodes += 1 }
            return wrongCode(session)
        case .codeExpired where played == 0:
            change(payment.id) { $0.tries.playedCodes += 1 }
            var session = session
            session.challenge?.expires = .distantPast
            keep(session)
            return show(session, .codeExpired)
        default: return nil
        }
    }

    /// Enters the first of these states; the others follow when their time has come.
    mutating func enter(_ states: [Scenario.State], _ id: String, at now: Date) {
        guard let state = states.first, let payment = payments[id] else { return }
        change(id) { $0.ahead = Array(states.dropFirst()) }
        let until = state.lasts.map { now + $0.seconds } ?? .distantFuture
        switch state.status {
        case .accp: move(id, to: .accepted(until: until))
        case .pdng: move(id, to: .held(until: until))
        case .acsp: execute(payment, at: now, settling: until)
        case .acsc: complete(payment, at: now)
        case .rjct(let reason): move(id, to: .rejected(RejectReason(reason)))
        }
    }

    private mutating func complete(_ payment: Payment, at now: Date) {
        var payment = payment
        if case .executing = payment.stage {} else {
            execute(payment, at: now, settling: now)
            payment = payments[payment.id] ?? payment
        }
        if case .executing = payment.stage { settle(payment, at: now) }
    }
}

extension Payment {
    /// What names an order before the bank has given it an id.
    static func playKey(client: String, endToEndID: String) -> String { client + "\n" + endToEndID }

    var playKey: String { Self.playKey(client: client, endToEndID: order.endToEndID) }
}

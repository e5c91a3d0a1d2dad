import FoundationEssentials

extension BankState {
    /// Takes a payment to a state, whoever agreed to it: without a payer, the first customer pays.
    mutating func force(_ states: [Scenario.State], on id: String, at now: Date) throws(ControlFault) {
        guard let payment = payments[id] else { throw .unknown("payment") }
        switch payment.stage {
        case .settled, .rejected: throw ControlFault("the payment has ended", status: 409)
        case .executing where states.first.map(Self.isReached) == false:
            throw ControlFault("the payer is debited: only acsp or acsc may follow", status: 409)
        case .awaitingApproval, .awaitingConfirmation, .accepted, .held, .executing: break
        }
        if payment.approval == nil, let approval = someApproval(of: payment) {
            change(id) { $0.approval = approval }
        }
        if case .executing = payment.stage, case .acsp? = states.first?.status { return }
        enter(states, id, at: now)
    }

    private static func isReached(_ state: Scenario.State) -> Bool { state.status == .acsp || state.status == .acsc }

    func someApproval(of payment: Payment) -> Payment.Approval? {
        let owner = customers.first { customer in
            customer.accounts.contains { $0.iban == payment.order.debtorIBAN }
        }
        guard let payer = owner ?? customers.first, let account = payer.accounts.first else { return nil }
        return Payment.Approval(login: payer.login, debtorIBAN: payment.order.debtorIBAN ?? account.iban)
    }

    /// The payer never answers.
    mutating func expire(_ id: String) throws(ControlFault) {
        switch payments[id]?.stage {
        case .awaitingApproval, .awaitingConfirmation: move(id, to: .rejected(.unanswered))
        case nil: throw .unknown("payment")
        default: throw ControlFault("the payment no longer waits for anyone", status: 409)
        }
    }
}

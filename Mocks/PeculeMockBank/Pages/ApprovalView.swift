import PeculeHTTP

/// What a page of an approval shows: taken from the books at one moment, drawn outside the lock.
struct ApprovalView: Sendable {
    struct Account: Sendable {
        let account: Customer.Account
        let balanceCents: Int
        let obstacle: BankState.Obstacle?
    }

    let profile: MockBankProfile
    /// What the paths of this bank begin with.
    let root: String
    let session: ApprovalSession
    let payment: Payment
    let verdict: PayeeDirectory.Verdict
    let customers: [Customer]
    let accounts: [Account]

    var say: Saying { Saying(language: session.language) }

    init(_ session: ApprovalSession, _ payment: Payment, _ state: BankState) {
        (profile, root) = (state.profile, state.path)
        self.session = session
        self.payment = payment
        verdict = state.payees.verify(name: payment.order.creditorName, iban: payment.order.creditorIBAN)
        customers = state.customers
        accounts = (state.customer(of: session)?.accounts ?? []).map {
            Account(
                account: $0, balanceCents: state.balance(of: $0.iban), obstacle: state.obstacle(to: $0, for: session))
        }
    }
}

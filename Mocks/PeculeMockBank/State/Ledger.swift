import FoundationEssentials

/// Double-entry bookkeeping in integer cents: each booking takes from one account what it gives to another,
/// so that the sum of all balances is zero by construction.
struct Ledger: Sendable {
    /// Whose money an account holds.
    enum Account: Hashable, Sendable {
        /// Where the opening balances come from.
        case opening
        /// Money on its way between two accounts.
        case clearing
        /// An account with an IBAN, a customer's or the payee's.
        case iban(String)

        var name: String {
            switch self {
            case .opening: "opening"
            case .clearing: "clearing"
            case .iban(let iban): iban
            }
        }
    }

    struct Entry: Sendable, Equatable {
        enum Kind: String, Sendable { case opening, execution, settlement }

        let at: Date
        let kind: Kind
        let debited: Account
        let credited: Account
        let cents: Int
        let paymentID: String?
        let client: String?
        let endToEndID: String?
    }

    private(set) var entries: [Entry] = []
    private(set) var balances: [Account: Int] = [:]
    private var executed: Set<[String]> = []

    func balance(_ account: Account) -> Int { balances[account, default: 0] }

    mutating func open(_ iban: String, cents: Int, at now: Date) {
        book(
            Entry(
                at: now, kind: .opening, debited: .opening, credited: .iban(iban), cents: cents, paymentID: nil,
                client: nil, endToEndID: nil))
    }

    /// Debits the payer. Precondition: this client's end-to-end id was never executed before.
    mutating func execute(_ payment: Payment, from iban: String, at now: Date) {
        let isFirst = executed.insert([payment.client, payment.order.endToEndID]).inserted
        precondition(isFirst, "a second debit with one end-to-end id")
        book(entry(.execution, payment, from: .iban(iban), to: .clearing, at: now))
    }

    mutating func settle(_ payment: Payment, at now: Date) {
        book(entry(.settlement, payment, from: .clearing, to: .iban(payment.order.creditorIBAN), at: now))
    }

    /// What only a dishonest bank does: debits the payer beside what was ordered.
    mutating func misbook(_ payment: Payment, from iban: String, cents: Int, at now: Date) {
        book(
            Entry(
                at: now, kind: .execution, debited: .iban(iban), credited: .clearing, cents: cents,
                paymentID: payment.id, client: payment.client, endToEndID: payment.order.endToEndID))
    }

    private func entry(
        _ kind: Entry.Kind, _ payment: Payment, from debited: Account, to credited: Account, at now: Date
    ) -> Entry {
        Entry(
            at: now, kind: kind, debited: debited, credited: credited, cents: payment.order.cents,
            paymentID: payment.id, client: payment.client, endToEndID: payment.order.endToEndID)
    }

    private mutating func book(_ entry: Entry) {
        precondition(entry.cents > 0, "a booking moves money")
        balances[entry.debited, default: 0] -= entry.cents
        balances[entry.credited, default: 0] += entry.cents
        entries.append(entry)
    }
}

/// The bookings and payments of all banks, found by end-to-end id.
struct Bookings {
    struct Entry {
        let bank: String
        let entry: BankBooks.Entry
    }

    struct Payment {
        let bank: String
        let payment: BankBooks.Payment
    }

    let executions: [String: [Entry]]
    let settlements: [String: [Entry]]
    let payments: [String: [Payment]]

    init(_ books: [BankBooks]) {
        let entries = books.flatMap { bank in bank.ledger.map { Entry(bank: bank.bank, entry: $0) } }
        executions = Self.grouped(entries, "execution")
        settlements = Self.grouped(entries, "settlement")
        let all = books.flatMap { bank in bank.payments.map { Payment(bank: bank.bank, payment: $0) } }
        payments = Dictionary(grouping: all, by: \.payment.endToEndID)
    }

    private static func grouped(_ entries: [Entry], _ kind: String) -> [String: [Entry]] {
        // A booking without an id belongs to nobody, and is found as such.
        Dictionary(grouping: entries.filter { $0.entry.kind == kind }) { $0.entry.endToEndID ?? "" }
    }

    static func sum(_ entries: [Entry]) -> Int { entries.map(\.entry.amountCents).reduce(0, Cents.adding) }
}

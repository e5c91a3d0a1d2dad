/// The bank's own books add up: no money is made or lost in them (M6).
struct BooksCheck {
    private let books: BankBooks
    private var balances: [String: Int] = [:]
    private(set) var findings: [Finding] = []

    static func findings(in books: [BankBooks]) -> [Finding] {
        books.flatMap { BooksCheck($0).findings }
    }

    private init(_ books: BankBooks) {
        self.books = books
        for (number, entry) in zip(1..., books.ledger) { book(entry, number) }
        compareBalances()
        compareSums()
    }

    private mutating func book(_ entry: BankBooks.Entry, _ number: Int) {
        if !Self.isWellFormed(entry) {
            findings.append(
                Finding(
                    .booksEntry, .ledger, books.bank, number, expected: "opening, execution or settlement of a sum",
                    found: "\(Mask.word(entry.kind, of: Self.kinds)) of \(entry.amountCents) cents"))
        }
        balances[entry.debited] = Cents.subtracting(balances[entry.debited] ?? 0, entry.amountCents)
        balances[entry.credited] = Cents.adding(balances[entry.credited] ?? 0, entry.amountCents)
    }

    private static let kinds: Set<String> = ["opening", "execution", "settlement"]

    private static func isWellFormed(_ entry: BankBooks.Entry) -> Bool {
        guard entry.amountCents > 0 else { return false }
        return switch entry.kind {
        case "opening": entry.debited == "opening"
        case "execution": entry.credited == "clearing"
        case "settlement": entry.debited == "clearing"
        default: false
        }
    }

    private mutating func compareBalances() {
        for account in books.accounts {
            var name: String { "\(books.bank) \(Mask.account(account.iban))" }
            let booked = balances[account.iban] ?? 0
            if account.balanceCents != booked {
                findings.append(
                    Finding(
                        .booksBalance, .accounts, name, expectedCents: booked, foundCents: account.balanceCents))
            }
            if account.balanceCents < 0 {
                findings.append(
                    Finding(.booksOverdraft, .accounts, name, expectedCents: 0, foundCents: account.balanceCents))
            }
        }
    }

    /// What was opened is still there, has been paid out, or is on its way.
    private mutating func compareSums() {
        let opened = sum("opening")
        let kept = books.accounts.map(\.balanceCents).reduce(0, Cents.adding)
        let underway = books.payments.filter(\.isDebited).map(\.amountCents).reduce(0, Cents.adding)
        let found = [kept, sum("settlement"), underway].reduce(0, Cents.adding)
        guard opened != found else { return }
        findings.append(
            Finding(.booksConservation, .ledger, books.bank, expectedCents: opened, foundCents: found))
    }

    private func sum(_ kind: String) -> Int {
        books.ledger.filter { $0.kind == kind }.map(\.amountCents).reduce(0, Cents.adding)
    }
}

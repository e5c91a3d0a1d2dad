/// Rebuilds what became of every transfer from the raw rows of the gateway's store and the books of the banks, and
/// names each difference. Shares no code with the gateway, so that no mistake is made on both sides.
///
/// The store and the books must be those of one quiet moment, and the books those of this gateway alone.
public struct Audit: Sendable {
    /// In the order of codes, then of rows.
    public let findings: [Finding]

    /// - Parameter books: nil when the banks' books are not at hand; then the store alone is judged.
    public init(tables: Tables, books: [BankBooks]?, expecting expectations: Expectations = Expectations()) {
        let store = Store(tables)
        let bookings = Bookings(books ?? [])
        var found = store.findings
        found += LogCheck.orphans(in: store)
        found += RowCheck.findings(in: store)
        found += OutboxCheck.findings(in: store)
        found += CapCheck.findings(in: store, expectations.caps)
        found += AcknowledgedCheck.findings(in: store, expectations.acknowledged)
        found += EndCheck.findings(in: store, bookings, allFinal: expectations.allFinal)
        if let books {
            found += DebitCheck.findings(in: store, bookings)
            found += PaymentCheck.findings(in: store, bookings)
            found += TotalsCheck.findings(in: store, bookings)
            found += BooksCheck.findings(in: books)
        }
        findings = found.sorted { $0.order < $1.order }
    }

    /// Whether nothing is wrong; warnings are not.
    public var isSound: Bool { findings.allSatisfy(\.code.isWarning) }
}

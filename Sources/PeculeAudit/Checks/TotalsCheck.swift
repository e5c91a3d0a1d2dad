/// The statement of every payee's day has the same total on both sides (R3).
///
/// A transfer belongs to the day on which the bank credited it; one that the bank never credited, to the day on which
/// the gateway took it for settled.
struct TotalsCheck {
    private struct Statement: Hashable {
        let payee: String
        let day: ParisDay
    }

    private var ours: [Statement: Int] = [:]
    private var theirs: [Statement: Int] = [:]

    static func findings(in store: Store, _ bookings: Bookings) -> [Finding] {
        var check = TotalsCheck()
        check.addTransfers(store, bookings)
        check.addCredits(store, bookings)
        return check.differences()
    }

    private mutating func addTransfers(_ store: Store, _ bookings: Bookings) {
        for transfer in store.transfers where transfer.state == .settled {
            let booked = bookings.settlements[transfer.id]?.first?.entry.at
            let statement = Statement(
                payee: transfer.payee, day: ParisDay(milliseconds: booked ?? transfer.updatedAt))
            ours[statement] = Cents.adding(ours[statement] ?? 0, transfer.amountCents)
        }
    }

    /// All but those of which the gateway has not heard yet, or that cannot be compared.
    private mutating func addCredits(_ store: Store, _ bookings: Bookings) {
        let open = Set(store.transfers.filter { !$0.state.isFinal && $0.mayHaveReachedBank }.map(\.id))
        for (id, entries) in bookings.settlements where !open.contains(id) && store.isReadable(id) {
            for entry in entries.map(\.entry) {
                let statement = Statement(payee: entry.credited, day: ParisDay(milliseconds: entry.at))
                theirs[statement] = Cents.adding(theirs[statement] ?? 0, entry.amountCents)
            }
        }
    }

    private func differences() -> [Finding] {
        Set(ours.keys).union(theirs.keys).compactMap { statement in
            let (expected, found) = (ours[statement] ?? 0, theirs[statement] ?? 0)
            guard expected != found else { return nil }
            return Finding(
                .totalsDiffer, .ledger, "\(statement.day.number) \(Mask.account(statement.payee))",
                expectedCents: expected, foundCents: found)
        }
    }
}

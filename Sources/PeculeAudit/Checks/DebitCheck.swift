/// Every settled transfer was debited and credited once, to the cent, at its bank and to its payee; nothing else was
/// (M1, M5, M7, M9, R1, R2).
struct DebitCheck {
    /// One of the two bookings of a transfer, and what its differences are called.
    private struct Side {
        let entries: [String: [Bookings.Entry]]
        let missing: FindingCode
        let twice: FindingCode
        let unwanted: FindingCode
        let amount: FindingCode
        let bank: FindingCode
    }

    private let store: Store
    private let bookings: Bookings
    private let sides: [Side]

    static func findings(in store: Store, _ bookings: Bookings) -> [Finding] {
        let check = DebitCheck(store, bookings)
        let transfers = store.transfers
        return transfers.flatMap(check.bookings) + transfers.flatMap(check.payees) + check.orphans()
    }

    private init(_ store: Store, _ bookings: Bookings) {
        self.store = store
        self.bookings = bookings
        sides = [
            Side(
                entries: bookings.executions, missing: .debitMissing, twice: .debitTwice, unwanted: .debitUnwanted,
                amount: .debitAmount, bank: .debitBank),
            Side(
                entries: bookings.settlements, missing: .creditMissing, twice: .creditTwice,
                unwanted: .creditUnwanted, amount: .creditAmount, bank: .creditBank),
        ]
    }

    private func bookings(of transfer: TransferRow) -> [Finding] {
        sides.compactMap { side in
            let entries = side.entries[transfer.id] ?? []
            let sum = Bookings.sum(entries)
            if !transfer.mayHaveReachedBank || transfer.state == .failed {
                return entries.isEmpty ? nil : finding(side.unwanted, transfer, 0, sum)
            }
            if entries.isEmpty {
                return transfer.state == .settled ? finding(side.missing, transfer, transfer.amountCents, 0) : nil
            }
            if entries.count > 1 { return finding(side.twice, transfer, transfer.amountCents, sum) }
            if sum != transfer.amountCents { return finding(side.amount, transfer, transfer.amountCents, sum) }
            guard let bank = entries.first?.bank, bank != transfer.bank else { return nil }
            return Finding(
                side.bank, .ledger, transfer.id, expected: Mask.id(transfer.bank ?? "none"), found: Mask.id(bank))
        }
    }

    private func payees(of transfer: TransferRow) -> [Finding] {
        (bookings.settlements[transfer.id] ?? []).filter { $0.entry.credited != transfer.payee }.map { other in
            Finding(
                .creditPayee, .ledger, transfer.id, expected: Mask.account(transfer.payee),
                found: Mask.account(other.entry.credited))
        }
    }

    /// Bookings and payments of transfers that the store does not have: the gravest one of each.
    private func orphans() -> [Finding] {
        let strangers = Set(bookings.executions.keys).union(bookings.settlements.keys).union(bookings.payments.keys)
            .subtracting(store.ids)
        return strangers.map { id in
            let name = id.isEmpty ? "no end-to-end id" : id
            if let executions = bookings.executions[id] {
                return Finding(.debitOrphan, .ledger, name, expectedCents: 0, foundCents: Bookings.sum(executions))
            }
            if let settlements = bookings.settlements[id] {
                return Finding(.creditOrphan, .ledger, name, expectedCents: 0, foundCents: Bookings.sum(settlements))
            }
            return Finding(.paymentOrphan, .payments, name, expected: "a transfer", found: "no transfer")
        }
    }

    private func finding(_ code: FindingCode, _ transfer: TransferRow, _ expected: Int, _ found: Int) -> Finding {
        Finding(code, .ledger, transfer.id, expectedCents: expected, foundCents: found)
    }
}

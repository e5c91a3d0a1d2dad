import FoundationEssentials
import Pecule
import PeculeAudit
import PeculeMockBank

/// Hands the store's raw rows and the banks' books to the auditor, which shares no code with the gateway.
struct Auditor {
    let world: World

    func findings(in store: any TransferStore) async -> [Finding] {
        var (transfers, events): ([[ColumnValue]], [[ColumnValue]]) = ([], [])
        for id in world.oracle.ids {
            if let transfer = try? await store.transfer(id) { transfers.append(transfer.row) }
            events += ((try? await store.events(of: id)) ?? []).map { [.text(id.text)] + $0.row }
        }
        let outbox = (try? await store.outbox(limit: .max)) ?? []
        let notices = outbox.map { notice -> [ColumnValue] in
            [.integer(notice.sequence), .text(notice.transfer.text), .integer(notice.version), .text(notice.state)]
        }
        let tables = Tables(
            transfers: Self.table(Transfer.columns, transfers),
            events: Self.table(["transfer"] + TransferRecord.columns, events),
            outbox: Self.table(TransferNotice.columns, notices))
        let caps = world.town.establishments.map { ($0.id.text, $0.cap?.perMonth?.cents ?? .max) }
        let expectations = Expectations(
            caps: Dictionary(uniqueKeysWithValues: caps), allFinal: world.oracle.hostile == nil)
        return Audit(tables: tables, books: books, expecting: expectations).findings.filter { !$0.code.isWarning }
    }

    private static func table(_ columns: [String], _ rows: [[ColumnValue]]) -> Table {
        Table(columns: columns, rows: rows.map { row in row.map(cell) })
    }

    private static func cell(_ value: ColumnValue) -> Cell {
        switch value {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        }
    }

    private var books: [BankBooks] {
        let bank = world.bank
        let accounts = Dictionary(grouping: bank.accounts(), by: \.bank)
        let payments = Dictionary(grouping: bank.payments(), by: \.bank)
        return world.banks.map(\.id).map { id in
            BankBooks(
                bank: id,
                accounts: (accounts[id] ?? []).map { BankBooks.Account(iban: $0.iban, balanceCents: $0.balanceCents) },
                payments: (payments[id] ?? []).map(Self.payment),
                ledger: bank.ledger(of: id, after: 0).map(Self.entry))
        }
    }

    private static func payment(_ view: MockBank.PaymentView) -> BankBooks.Payment {
        BankBooks.Payment(
            id: view.id, endToEndID: view.endToEndID, status: view.status, amountCents: view.amountCents,
            creditor: view.creditor)
    }

    private static func entry(_ entry: MockBank.LedgerEntry) -> BankBooks.Entry {
        BankBooks.Entry(
            at: Int((entry.at.timeIntervalSince1970 * 1000).rounded()), kind: entry.kind, debited: entry.debited,
            credited: entry.credited, amountCents: entry.amountCents, endToEndID: entry.endToEndID)
    }
}

extension Oracle {
    /// The auditor names every transfer that a false bank wronged, and no other.
    func judge(_ findings: [Finding]) {
        let firsts = Dictionary(findings.map { ($0.place.row, $0) }, uniquingKeysWith: { first, _ in first })
        for transfer in ids.compactMap({ known[$0] }) {
            let first = firsts[transfer.id.text]
            if isHonest(transfer) {
                hold(first == nil, .auditSilent, transfer.id, first?.code.rawValue ?? "")
            } else if isWronged(transfer) {
                hold(first != nil, .hostilityFound, transfer.id, "nothing is said of it")
            }
        }
        hold(hostile != nil || findings.isEmpty, .auditSilent, nil, findings.first?.code.rawValue ?? "")
    }

    private func isWronged(_ transfer: Transfer) -> Bool {
        let debits = books.executions[transfer.order.endToEndID] ?? []
        return switch transfer.state {
        case .settled: debits != [transfer.order.amount.cents]
        case .failed: !debits.isEmpty
        default: debits.count > 1
        }
    }
}

/// The rows of the store, those that can be read, and what the log makes of them.
struct Store {
    /// As their logs rebuild them. Those with a row that cannot be read are left out: no more is said of them.
    private(set) var transfers: [TransferRow] = []
    /// By transfer, in the order of versions.
    private(set) var events: [String: [EventRow]] = [:]
    /// In the order of sequence numbers.
    private(set) var notices: [NoticeRow] = []
    private(set) var findings: [Finding] = []
    /// Every transfer that has a row, readable or not.
    private(set) var ids: Set<String> = []
    /// Transfers of which some row cannot be read.
    private var obscure: Set<String> = []

    init(_ tables: Tables) {
        ids.reserveCapacity(tables.transfers.rows.count)
        transfers = readTransfers(tables.transfers)
        let events = rows(of: tables.events, .events, "transfer", "version") { cells throws(Unreadable) in
            try EventRow(cells)
        }
        self.events = Dictionary(grouping: events, by: \.transfer).mapValues { $0.sorted { $0.version < $1.version } }
        notices = rows(of: tables.outbox, .outbox, "transfer", "sequence") { cells throws(Unreadable) in
            try NoticeRow(cells)
        }.sorted { $0.sequence < $1.sequence }
        walkLogs()
    }

    private mutating func walkLogs() {
        let checks = transfers.filter { isReadable($0.id) }.map { LogCheck($0, events[$0.id] ?? []) }
        findings += checks.flatMap(\.findings)
        transfers = checks.map(\.rebuilt)
    }

    func isReadable(_ transfer: String) -> Bool { !obscure.contains(transfer) }

    private mutating func readTransfers(_ table: Table) -> [TransferRow] {
        let read = rows(of: table, .transfers, "id", nil) { cells throws(Unreadable) in try TransferRow(cells) }
        ids.formUnion(obscure)
        return read.filter { transfer in
            let isNew = ids.insert(transfer.id).inserted
            if !isNew {
                findings.append(Finding(.transferTwice, .transfers, transfer.id, expected: "one row", found: "another"))
            }
            return isNew
        }
    }

    private mutating func rows<Row>(
        of table: Table, _ name: Finding.Place.Table, _ transfer: String, _ number: String?,
        _ read: (RowReader) throws(Unreadable) -> Row
    ) -> [Row] {
        let positions = Dictionary(zip(table.columns, 0...), uniquingKeysWith: { first, _ in first })
        var rows: [Row] = []
        rows.reserveCapacity(table.rows.count)
        for cells in table.rows {
            let reader = RowReader(positions: positions, cells: cells)
            do throws(Unreadable) { rows.append(try read(reader)) } catch {
                let id = try? reader.text(transfer)
                if let id { obscure.insert(id) }
                findings.append(
                    Finding(
                        .rowUnreadable, name, id ?? "a row without an id",
                        number.flatMap { number in try? reader.integer(number) },
                        expected: "a value in \(error.column)", found: error.found))
            }
        }
        return rows
    }
}

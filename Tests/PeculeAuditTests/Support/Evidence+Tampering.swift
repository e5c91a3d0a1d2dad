import PeculeAudit
import Testing

extension Cell {
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var integer: Int? { if case .integer(let value) = self { value } else { nil } }
}

extension Table {
    func cell(_ row: [Cell], _ column: String) -> Cell {
        columns.firstIndex(of: column).map { row[$0] } ?? .null
    }

    /// The places of a transfer's rows, the last one first.
    func places(_ column: String, of transfer: String) -> [Int] {
        rows.indices.reversed().filter { cell(rows[$0], column).text == transfer }
    }

    mutating func set(_ column: String, _ cell: Cell, at place: Int) {
        if let position = columns.firstIndex(of: column) { rows[place][position] = cell }
    }
}

// A hand in the store. `last` counts a transfer's rows from its last one back.
extension Evidence {
    mutating func set(_ transfer: String, _ column: String, _ cell: Cell) {
        for place in tables.transfers.places("id", of: transfer) { tables.transfers.set(column, cell, at: place) }
    }

    mutating func add(_ cents: Int, to transfer: String) {
        set(transfer, "amount_cents", .integer((value(transfer, "amount_cents").integer ?? 0) + cents))
    }

    func value(_ transfer: String, _ column: String) -> Cell {
        let table = tables.transfers
        return table.places("id", of: transfer).first.map { table.cell(table.rows[$0], column) } ?? .null
    }

    mutating func deleteTransfer(_ transfer: String) {
        for place in tables.transfers.places("id", of: transfer) { tables.transfers.rows.remove(at: place) }
    }

    mutating func doubleTransfer(_ transfer: String) {
        for place in tables.transfers.places("id", of: transfer) {
            tables.transfers.rows.append(tables.transfers.rows[place])
        }
    }

    mutating func event(_ transfer: String, last: Int, _ column: String, _ cell: Cell) {
        tables.events.set(column, cell, at: tables.events.places("transfer", of: transfer)[last])
    }

    mutating func deleteEvent(_ transfer: String, last: Int) {
        tables.events.rows.remove(at: tables.events.places("transfer", of: transfer)[last])
    }

    /// Another row like it, under another transfer's id where one is given.
    mutating func copyEvent(_ transfer: String, last: Int, to other: String? = nil) {
        tables.events.rows.append(tables.events.rows[tables.events.places("transfer", of: transfer)[last]])
        if let other { tables.events.set("transfer", .text(other), at: tables.events.rows.count - 1) }
    }

    mutating func notice(_ transfer: String, last: Int, _ column: String, _ cell: Cell) {
        tables.outbox.set(column, cell, at: tables.outbox.places("transfer", of: transfer)[last])
    }

    mutating func deleteNotice(_ transfer: String, last: Int) {
        tables.outbox.rows.remove(at: tables.outbox.places("transfer", of: transfer)[last])
    }

    /// Another row like it, with a sequence number of its own where one is given.
    mutating func copyNotice(_ transfer: String, last: Int, sequence: Int? = nil) {
        tables.outbox.rows.append(tables.outbox.rows[tables.outbox.places("transfer", of: transfer)[last]])
        if let sequence { tables.outbox.set("sequence", .integer(sequence), at: tables.outbox.rows.count - 1) }
    }

    mutating func swapNotices(_ transfer: String, last one: Int, and other: Int) {
        let places = tables.outbox.places("transfer", of: transfer)
        let first = tables.outbox.cell(tables.outbox.rows[places[one]], "sequence")
        let second = tables.outbox.cell(tables.outbox.rows[places[other]], "sequence")
        tables.outbox.set("sequence", second, at: places[one])
        tables.outbox.set("sequence", first, at: places[other])
    }
}

// A hand in the books of a bank.
extension Evidence {
    mutating func bank(_ name: String, _ change: (inout BankBooks) -> Void) {
        for place in books.indices where books[place].bank == name { change(&books[place]) }
    }

    mutating func entry(_ kind: String, _ transfer: String, _ change: (inout BankBooks.Entry) -> Void) {
        for bank in books.indices {
            for place in books[bank].ledger.indices {
                let entry = books[bank].ledger[place]
                if entry.kind == kind, entry.endToEndID == transfer { change(&books[bank].ledger[place]) }
            }
        }
    }

    mutating func deleteEntry(_ kind: String, _ transfer: String) {
        for bank in books.indices {
            books[bank].ledger.removeAll { $0.kind == kind && $0.endToEndID == transfer }
        }
    }

    mutating func doubleEntry(_ kind: String, _ transfer: String) {
        for bank in books.indices {
            books[bank].ledger += books[bank].ledger.filter { $0.kind == kind && $0.endToEndID == transfer }
        }
    }

    /// An entry as one of that kind looks at the bank, for another transfer and sum.
    mutating func book(_ kind: String, _ transfer: String, cents: Int, at name: String = "deux-rives") {
        bank(name) { books in
            guard var entry = books.ledger.last(where: { $0.kind == kind }) else { return }
            (entry.endToEndID, entry.amountCents) = (transfer, cents)
            books.ledger.append(entry)
        }
    }

    mutating func payment(_ transfer: String, _ change: (inout BankBooks.Payment) -> Void) {
        for bank in books.indices {
            for place in books[bank].payments.indices where books[bank].payments[place].endToEndID == transfer {
                change(&books[bank].payments[place])
            }
        }
    }

    /// A payment that a bank was never asked for.
    mutating func addPayment(_ transfer: String, cents: Int, status: String = "RCVD") {
        bank("deux-rives") { books in
            books.payments.append(
                BankBooks.Payment(
                    id: "planted", endToEndID: transfer, status: status, amountCents: cents,
                    creditor: "FR7699920000420000041700138"))
        }
    }
}

/// A planted corruption and what the auditor has to say of it, word for word and nothing else.
struct Corruption: Sendable, CustomTestStringConvertible {
    let what: String
    let tamper: @Sendable (inout Evidence) -> Void
    /// `code table row difference`; an event is counted from its transfer's last one (`end`, `end-1`), as a notice is.
    let findings: [String]

    init(_ what: String, _ tamper: @escaping @Sendable (inout Evidence) -> Void, _ findings: [String]) {
        self.what = what
        self.tamper = tamper
        self.findings = findings
    }

    var testDescription: String { what }

    func check() async throws {
        let sound = try await Evidence.sample.value
        var evidence = sound
        tamper(&evidence)
        #expect(evidence.findings.map { Self.line($0, sound) }.sorted() == findings.sorted())
    }

    private static func line(_ finding: Finding, _ sound: Evidence) -> String {
        let number = finding.place.number.map { number in
            switch finding.place.table {
            case .events: Self.position(number, "version", in: sound.tables.events, finding.place.row)
            case .outbox: Self.position(number, "sequence", in: sound.tables.outbox, finding.place.row)
            default: "\(number)"
            }
        }
        let difference = finding.differenceCents.map { $0 > 0 ? "+\($0)" : "\($0)" }
        return [finding.code.rawValue, finding.place.table.rawValue, finding.place.row, number, difference]
            .compactMap(\.self).joined(separator: " ")
    }

    private static func position(_ number: Int, _ column: String, in table: Table, _ transfer: String) -> String {
        let numbers = table.places("transfer", of: transfer).map { table.cell(table.rows[$0], column).integer ?? 0 }
        guard let last = numbers.sorted(by: >).firstIndex(of: number) else { return "\(number)" }
        return last == 0 ? "end" : "end-\(last)"
    }
}

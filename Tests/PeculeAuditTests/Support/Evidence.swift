import Foundation
import Pecule
import PeculeAudit
import PeculeHTTP
import PeculeMockBank

@testable import PeculeCLI

/// What an auditor is given, and the hand that tampers with it.
struct Evidence: Sendable {
    var tables: Tables
    var books: [BankBooks]
    var expectations = Expectations()

    var findings: [Finding] { Audit(tables: tables, books: books, expecting: expectations).findings }
}

// Taken from the real gateway and the real mock bank.
extension Evidence {
    /// One transfer for each way in which one can end or stand open, and two settled ones more.
    static let sample = Task { try await take() }

    private static let plot: [(name: String, bank: String, cents: Int, deed: World.Deed)] = [
        ("SETTLED-1", "deux-rives", 2550, .approves("camille")), ("SETTLED-2", "phare", 4000, .approves("camille")),
        ("SETTLED-3", "sillage", 1001, .approves("camille")), ("REFUSED", "deux-rives", 1500, .refuses),
        ("POOR", "horizon", 1200, .approves("noe")), ("REJECTED", "oceane", 1300, .approves("refus")),
        ("EXPIRED", "montagne", 1400, .waits), ("CANCELLED", "deux-rives", 1600, .cancelsDraft),
        ("ABANDONED", "deux-rives", 1700, .leavesDraft),
    ]
    private static let latePlot: [(name: String, bank: String, cents: Int, deed: World.Deed)] = [
        ("DRAFT", "deux-rives", 1800, .leavesDraft), ("WAITING", "deux-rives", 1900, .waits),
        ("UNDERWAY", "deux-rives", 2000, .approves("camille")), ("HELD", "deux-rives", 2100, .approves("attente")),
    ]

    /// - Parameter look: given the evidence after each step; the last one is returned.
    static func take(_ look: (Evidence) -> Void = { _ in }) async throws -> Evidence {
        let store = InMemoryStore()
        let world = try await World { data in
            store.put(data.establishment)
            store.put(data.permit)
            return (store, store)
        }
        look(try await Evidence(store, world))
        for (name, bank, cents, deed) in plot {
            try await world.play(name, at: bank, cents: cents, deed)
            look(try await Evidence(store, world))
        }
        for _ in 0..<40 {
            try await world.pass(minutes: 1)
            look(try await Evidence(store, world))
        }
        for (name, bank, cents, deed) in latePlot { try await world.play(name, at: bank, cents: cents, deed) }
        return try await Evidence(store, world)
    }

    private init(_ store: InMemoryStore, _ world: World) async throws {
        let transfers = (Self.plot + Self.latePlot).compactMap { TransferID($0.name) }.compactMap(store.transfer)
        let records = transfers.map { ($0.id, store.events(of: $0.id)) }
        tables = Tables(transfers: transfers, records: records, notices: store.outbox(limit: .max))
        books = try await Self.books(of: world.bank)
    }

    /// Over the bank's route, as the command gets them.
    static func books(of bank: MockBank) async throws -> [BankBooks] {
        let response = await bank.respond(to: HTTPRequest(.get, "/mock/books"))
        return try BankBooks.list(parsing: Data(response.body))
    }
}

extension Tables {
    init(transfers: [Transfer], records: [(TransferID, [TransferRecord])], notices: [TransferNotice]) {
        self.init(
            transfers: Table(columns: Transfer.columns, rows: transfers.map { $0.row.map(Cell.init) }),
            events: Table(
                columns: ["transfer"] + TransferRecord.columns,
                rows: records.flatMap { id, records in
                    records.map { [.text(id.text)] + $0.row.map(Cell.init) }
                }),
            outbox: Table(
                columns: TransferNotice.columns,
                rows: notices.map {
                    [.integer($0.sequence), .text($0.transfer.text), .integer($0.version), .text($0.state)]
                }))
    }
}

extension Cell {
    init(_ value: ColumnValue) {
        switch value {
        case .null: self = .null
        case .integer(let integer): self = .integer(integer)
        case .text(let text): self = .text(text)
        }
    }
}

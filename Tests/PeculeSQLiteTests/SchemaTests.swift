import CPeculeSQLite
import Foundation
import Pecule
import PeculeCrypto
import PeculeStoreSamples
import Testing

@testable import PeculeSQLite

@Suite("The schema of a SQLite store")
struct SchemaTests {
    /// What a next release might do.
    private static let next = Schema(
        steps: Schema.current.steps + ["ALTER TABLE transfers ADD COLUMN note TEXT NOT NULL DEFAULT 'none'"])

    @Test("steps that were released stay as they are", arguments: zip(Schema.current.steps, [
        "71b5ac5fbe0b31a4172e66a2f1bb2cdfc1f552c9dfe378811688291b4bd6b89b",
        "85cf9c5a1207964c1e218c30238fc7045950ae3c860021bd13a41bf0aae99dba",
        "0921f5de81802fb2286c52bbeb46d6efe7a10ed518832af35f2f949869387dca",
    ]))
    func frozen(_ step: String, _ digest: String) {
        #expect(SHA256.digest(step.utf8).map(Self.hex).joined() == digest)
    }

    @Test("the table has the columns of a transfer's row, its number and the lease")
    func columns() throws {
        let folder = try Folder()
        _ = try SQLiteStore(path: folder.file)
        let names = try folder.connect().rows("SELECT name FROM pragma_table_info('transfers') ORDER BY name")
        #expect(names == (Transfer.columns + ["number", "taken_until"]).sorted().map { [.text($0)] })
    }

    @Test("a file of the last release is brought up, with all that is in it")
    func migration() async throws {
        let folder = try Folder()
        let old = try SQLiteStore(path: folder.file)
        let kept = try await old.begin(Sample.draft())
        let notices = try await old.outbox(limit: 10)
        await old.close()
        let new = try SQLiteStore(path: folder.file, schema: Self.next)
        #expect(try await new.transfer(kept.id)?.row == kept.row)
        #expect(try await new.events(of: kept.id).count == 1)
        #expect(try await new.outbox(limit: 10) == notices)
        #expect(try await new.change(kept, .initiated(Sample.payment())).answer == .replaced)
        await new.close()
        #expect(try folder.connect().rows("SELECT note FROM transfers") == [[.text("none")]])
    }

    @Test("a file of the first release is brought up: its alarms are cases, its changes have no known cause")
    func firstRelease() async throws {
        let folder = try Folder()
        try folder.makeFirstRelease(of: Sample.alarmed)
        let store = try SQLiteStore(path: folder.file)
        let kept = try #require(try await store.transfer(Sample.alarmed.id))
        #expect(kept.alarm == Sample.alarmed.alarm && kept.requests == 0)
        #expect(try await store.cases(unansweredBefore: .distantPast, after: nil, limit: 9).map(\.id) == [kept.id])
        #expect(try await store.events(of: kept.id).map(\.correlation.text) == ["none"])
        #expect(try await store.change(kept, .operatorReviewed).answer == .replaced)
        await store.close()
    }

    @Test("a step that fails in its middle has changed nothing")
    func atomic() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        let kept = try await store.begin(Sample.draft())
        await store.close()
        let broken = Schema(steps: Self.next.steps + ["DROP TABLE outbox; DELETE FROM events; SELECT nonsense"])
        #expect(throws: SQLiteStoreError.self) { try SQLiteStore(path: folder.file, schema: broken) }
        let last = try SQLiteStore(path: folder.file, schema: Self.next)
        #expect(try await last.events(of: kept.id).count == 1)
        #expect(try await last.outbox(limit: 10).count == 1)
        await last.close()
    }

    @Test("a file of a newer release is refused and left alone")
    func newer() async throws {
        let folder = try Folder()
        await (try SQLiteStore(path: folder.file, schema: Self.next)).close()
        let before = try folder.bytes()
        #expect(throws: SQLiteStoreError.newerSchema(found: 5, known: 4)) { try SQLiteStore(path: folder.file) }
        #expect(try folder.bytes() == before)
    }

    @Test("an older release that still runs writes no more once a newer one has changed the tables")
    func overtaken() async throws {
        let folder = try Folder()
        let old = try SQLiteStore(path: folder.file)
        let kept = try await old.begin(Sample.draft())
        let new = try SQLiteStore(path: folder.file, schema: Self.next)
        await #expect(throws: StoreFault.self) { try await old.change(kept, .initiated(Sample.payment())) }
        #expect(try await old.transfer(kept.id)?.row == kept.row)
        #expect(try await new.change(kept, .initiated(Sample.payment())).answer == .replaced)
        await old.close()
        await new.close()
    }

    @Test(
        "every question that is asked of many rows has its index, and none is sorted",
        arguments: [
            (Query.read(.returning), "transfers_returning"), (.overdue, "transfers_overdue"),
            (.takeOverdue, "transfers_overdue"), (.read(.cases), "transfers_cases"),
            (.read(.history), "transfers_history"), (.reserved, "transfers_reserved"),
            (.read(.transfer), "sqlite_autoindex_transfers_1"), (.number, "sqlite_autoindex_transfers_1"),
            (.version, "INTEGER PRIMARY KEY"), (.advance, "INTEGER PRIMARY KEY"), (.replace, "INTEGER PRIMARY KEY"),
            (.read(.events), "PRIMARY KEY"),
            (.read(.item), "PRIMARY KEY"), (.read(.items), "PRIMARY KEY"), (.read(.dueItems), "items_due"),
            (.replaceItem, "PRIMARY KEY"), (.removeItem, "PRIMARY KEY"),
        ])
    func plans(_ query: Query, index: String) throws {
        let folder = try Folder()
        _ = try SQLiteStore(path: folder.file)
        let rows = try folder.connect().rows("EXPLAIN QUERY PLAN " + query.sql)
        let steps = rows.compactMap { row in if case .text(let text) = row.last { text } else { nil } }
        // The banks to leave out are a list in an argument, not rows.
        let plan = steps.filter { !$0.contains("json_each") }.joined()
        #expect(plan.contains(index), "\(plan)")
        #expect(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }

    private static func hex(_ byte: UInt8) -> String { String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
}

extension Connection {
    /// What a statement of a test finds.
    func rows(_ sql: String) throws(SQLiteFailure) -> [[ColumnValue]] { try statement(sql).run([]) }
}

extension Sample {
    /// A transfer of which another amount came back.
    fileprivate static let alarmed: Transfer = {
        let awaiting = draft().begun().after(.initiated(payment()))
        let echo = PaymentEcho(amount: amount(1), currency: "EUR", creditor: nil, endToEndID: nil)
        return awaiting.after(.reported(BankReport(.settled, echo: echo)))
    }()
}

extension Folder {
    /// A file as the first release left it, with one transfer and one change of it.
    fileprivate func makeFirstRelease(of transfer: Transfer) throws {
        try DatabaseFile(file).create()
        let connection = try connect()
        try connection.execute("PRAGMA journal_mode = WAL; \(SchemaSteps.first); PRAGMA user_version = 1")
        let later = ["answers", "approval_message", "requests", "rests_until", "contradiction", "needs_operator"]
        let cells = zip(Transfer.columns, transfer.row).filter { !later.contains($0.0) }
        let columns = cells.map(\.0)
        let places = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let insert = "INSERT INTO transfers (\(columns.joined(separator: ", "))) VALUES (\(places))"
        _ = try connection.statement(insert).run(Bindings(cells.map(\.1)))
        try connection.execute("INSERT INTO events VALUES (1, 2, 'bankChosen', '', 'initiating', 0)")
    }
}

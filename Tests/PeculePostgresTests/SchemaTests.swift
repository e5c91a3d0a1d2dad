import Pecule
import PeculeCrypto
import PeculeStoreSamples
import Testing

@testable import PeculePostgres

@Suite("The schema of a PostgreSQL store", .enabled(if: ScratchDatabase.isExpected), .timeLimit(.minutes(2)))
struct SchemaTests {
    /// What a next release might do.
    private static let next = Schema(
        steps: Schema.current.steps + ["ALTER TABLE transfers ADD COLUMN note TEXT NOT NULL DEFAULT 'none'"])

    @Test("steps that were released stay as they are", arguments: zip(Schema.current.steps, [
        "94540c6d46529f3d17f9a953382d2f1477bf78bf8fa7dd47a4f394c1b42b7b5b",
        "0921f5de81802fb2286c52bbeb46d6efe7a10ed518832af35f2f949869387dca",
    ]))
    func frozen(_ step: String, _ digest: String) {
        #expect(SHA256.digest(step.utf8).map(Self.hex).joined() == digest)
    }

    @Test("the table has the columns of a transfer's row, and the lease")
    func columns() async throws {
        let database = try await ScratchDatabase()
        await (try PostgresStore(database.connection)).close()
        let names = try database.run(
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = 'pecule' AND table_name = 'transfers' ORDER BY column_name::text COLLATE "C"
            """)
        #expect(names == (Transfer.columns + ["taken_until"]).sorted().map { [$0] })
        database.remove()
    }

    @Test("a database of the last release is brought up, with all that is in it")
    func migration() async throws {
        let database = try await ScratchDatabase()
        let old = try await PostgresStore(database.connection)
        let kept = try await old.begin(Sample.draft())
        let notices = try await old.outbox(limit: 10)
        await old.close()
        let new = try await PostgresStore(database.connection, schema: Self.next)
        #expect(try await new.transfer(kept.id)?.row == kept.row)
        #expect(try await new.events(of: kept.id).count == 1)
        #expect(try await new.outbox(limit: 10) == notices)
        #expect(try await new.change(kept, .initiated(Sample.payment())).answer == .replaced)
        await new.close()
        #expect(try database.run("SELECT note FROM pecule.transfers") == [["none"]])
        database.remove()
    }

    @Test("a step that fails in its middle has changed nothing")
    func atomic() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection)
        let kept = try await store.begin(Sample.draft())
        await store.close()
        let broken = Schema(steps: Self.next.steps + ["DELETE FROM events; DROP TABLE outbox; SELECT nonsense"])
        await #expect(throws: PostgresStoreError.self) { try await PostgresStore(database.connection, schema: broken) }
        let last = try await PostgresStore(database.connection, schema: Self.next)
        #expect(try await last.events(of: kept.id).count == 1)
        #expect(try await last.outbox(limit: 10).count == 1)
        await last.close()
        database.remove()
    }

    @Test("a database of a newer release is refused and left alone")
    func newer() async throws {
        let database = try await ScratchDatabase()
        await (try PostgresStore(database.connection, schema: Self.next)).close()
        await #expect(throws: PostgresStoreError.newerSchema(found: 4, known: 3)) {
            try await PostgresStore(database.connection)
        }
        #expect(try database.run("SELECT version FROM pecule.schema_version") == [["4"]])
        database.remove()
    }

    @Test("an older release that still runs writes no more once a newer one has changed the tables")
    func overtaken() async throws {
        let database = try await ScratchDatabase()
        let old = try await PostgresStore(database.connection)
        let kept = try await old.begin(Sample.draft())
        let new = try await PostgresStore(database.connection, schema: Self.next)
        await #expect(throws: StoreFault.unavailable("a newer release has changed the tables")) {
            try await old.change(kept, .initiated(Sample.payment()))
        }
        #expect(try await old.transfer(kept.id)?.row == kept.row)
        #expect(try await new.change(kept, .initiated(Sample.payment())).answer == .replaced)
        await old.close()
        await new.close()
        database.remove()
    }

    @Test(
        "every question that is asked of many rows has its index",
        arguments: [
            (Query.read(.returning), "transfers_returning"), (.takeOverdue, "transfers_overdue"),
            (.read(.history), "transfers_history"), (.replaceWithin, "transfers_reserved"),
            (.read(.cases), "transfers_cases"), (.read(.transfer), "transfers_pkey"), (.replace, "transfers_pkey"),
            (.read(.events), "events_pkey"), (.read(.outbox), "outbox_pkey"), (.clear, "outbox_pkey"),
            (.read(.item), "items_pkey"), (.read(.items), "items_pkey"), (.read(.dueItems), "items_due"),
            (.replaceItem, "items_pkey"), (.removeItem, "items_pkey"),
        ])
    func plans(_ query: Query, index: String) async throws {
        let database = try await ScratchDatabase()
        await (try PostgresStore(database.connection)).close()
        let connection = try Connection(Server(database.connection))
        // So few rows are read faster without; a generic plan leaves the values open.
        try connection.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
        try connection.execute("SET plan_cache_mode = force_generic_plan")
        try connection.execute("PREPARE asked AS \(query.sql)")
        let count = query.sql.split(separator: "$").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }.max() ?? 0
        let nulls = Array(repeating: "NULL", count: count).joined(separator: ", ")
        let rows = try connection.execute("EXPLAIN EXECUTE asked(\(nulls))")
        let plan = rows.map { $0[0].revealed }.joined(separator: "\n")
        #expect(plan.contains(index), "\(plan)")
        #expect(!plan.contains("Seq Scan on"), "\(plan)")
        database.remove()
    }

    private static func hex(_ byte: UInt8) -> String { String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
}

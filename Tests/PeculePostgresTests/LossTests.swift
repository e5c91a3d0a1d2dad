import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculePostgres

@Suite(
    "Lost connections and conflicts of a PostgreSQL store", .enabled(if: ScratchDatabase.isExpected),
    .timeLimit(.minutes(2)))
struct LossTests {
    @Test("connections that died while nobody used them are replaced, and no caller notices")
    func idle() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection)
        var transfer = try await store.begin(Sample.draft())
        for _ in 0..<5 {
            try database.endSessions()
            transfer = try await store.change(transfer, .bankSilent(sent: true)).transfer
            #expect(try await store.transfer(transfer.id)?.row == transfer.row)
        }
        #expect(try await store.events(of: transfer.id).map(\.version) == Array(2...7))
        await store.close()
        database.remove()
    }

    @Test("a change that is cut off before its commit is repeated once; cut off again, it has changed nothing")
    func middle() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection, connections: 2)
        let begun = try await store.begin(Sample.draft())
        let first = try database.lockingTransfers()
        async let repeated = store.change(begun, .initiated(Sample.payment()))
        try await database.waits(for: 1)
        try database.endSessions(waiting: true)
        try await database.waits(for: 1)
        try first.execute("COMMIT")
        #expect(try await repeated.answer == .replaced)
        let open = begun.after(.initiated(Sample.payment()))

        let second = try database.lockingTransfers()
        async let cut = Self.fault { try await store.change(open, .payerReturned(nil)) }
        for _ in 0..<2 {
            try await database.waits(for: 1)
            try database.endSessions(waiting: true)
        }
        #expect(Self.name(of: await cut) == "unavailable")
        try second.execute("COMMIT")
        #expect(try await store.events(of: begun.id).map(\.version) == [2, 3])
        #expect(try await store.outbox(limit: 10).map(\.version) == [2, 3])
        await store.close()
        database.remove()
    }

    @Test("a connection that is lost during a commit leaves the outcome unknown")
    func commit() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection, connections: 2)
        let begun = try await store.begin(Sample.draft())
        try database.run("CREATE TABLE pecule.gate (id bigint)")
        try database.atCommit("LOCK TABLE pecule.gate;")
        let other = try Connection(Server(database.connection))
        try other.execute("BEGIN; LOCK TABLE gate")
        async let cut = Self.fault { try await store.change(begun, .bankSilent(sent: true)) }
        try await database.waits(for: 1)
        try database.endSessions(waiting: true)
        #expect(Self.name(of: await cut) == "outcomeUnknown")
        try other.execute("COMMIT")
        #expect(try await store.change(begun, .bankSilent(sent: true)).answer == .replaced)
        await store.close()
        database.remove()
    }

    /// How often the server says what; what comes of it, after how many attempts.
    private static let refusals: [(state: String, times: Int, verdict: String, attempts: Int)] = [
        ("40001", 3, "replaced", 4), ("40P01", 9, "replaced", 10), ("40001", 99, "unavailable", 10),
        ("53100", 1, "unavailable", 1), ("XX001", 1, "corrupt", 1),
    ]

    @Test("conflicts are repeated, so many times at most; nothing else is", arguments: refusals)
    func statement(_ row: (state: String, times: Int, verdict: String, attempts: Int)) async throws {
        let verdict = try await Self.play(row.state, row.times) { try $0.atInsert($1) }
        #expect(verdict == (row.verdict, row.attempts))
    }

    private static let refusedCommits: [(state: String, times: Int, verdict: String, attempts: Int)] = [
        ("40001", 3, "replaced", 4), ("40P01", 9, "replaced", 10), ("40001", 99, "unavailable", 10),
        ("53100", 1, "outcomeUnknown", 1),
    ]

    @Test("so are conflicts that come with the commit; anything else leaves it unknown", arguments: refusedCommits)
    func refusedCommit(_ row: (state: String, times: Int, verdict: String, attempts: Int)) async throws {
        let verdict = try await Self.play(row.state, row.times) { try $0.atCommit($1) }
        #expect(verdict == (row.verdict, row.attempts))
    }

    @Test("a server that stops is a fault of its type, and none once it is back")
    func stopped() async throws {
        let server = TestServer()
        defer { server.remove() }
        let store = try await PostgresStore(server.start())
        let begun = try await store.begin(Sample.draft())
        for round in 1...2 {
            try server.halt()
            let faults = [
                await Self.fault { try await store.transfer(begun.id) },
                await Self.fault { try await store.insert(Sample.draft("late-\(round)")) },
                await Self.fault { try await store.outbox(limit: 1) },
            ]
            #expect(faults.map(Self.name) == Array(repeating: "unavailable", count: 3))
            await #expect(throws: PostgresStoreError.self) { try await PostgresStore(server.connection) }
            _ = try server.start()
            #expect(try await store.transfer(begun.id)?.row == begun.row)
            #expect(try await store.insert(Sample.draft("late-\(round)")) == .inserted)
        }
        await store.close()
    }

    private static func play(
        _ state: String, _ times: Int, _ place: (ScratchDatabase, String) throws -> Void
    ) async throws -> (String, Int) {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection, connections: 2)
        let begun = try await store.begin(Sample.draft())
        // A sequence goes on although the transaction is undone.
        try database.run("CREATE SEQUENCE pecule.attempts")
        try place(
            database,
            "IF nextval('pecule.attempts') <= \(times) THEN RAISE EXCEPTION 'x' USING ERRCODE = '\(state)'; END IF;")
        let fault = await Self.fault { try await store.change(begun, .bankSilent(sent: true)) }
        let attempts = try database.run("SELECT last_value FROM pecule.attempts").first?.first.flatMap { Int($0 ?? "") }
        let kept = try await store.events(of: begun.id).count - 1
        #expect(kept == (fault == nil ? 1 : 0))
        await store.close()
        database.remove()
        return (name(of: fault), attempts ?? 0)
    }

    private static func fault(_ work: () async throws -> some Any) async -> StoreFault? {
        do {
            _ = try await work()
            return nil
        } catch { return error as? StoreFault }
    }

    private static func name(of fault: StoreFault?) -> String {
        switch fault {
        case nil: "replaced"
        case .unavailable: "unavailable"
        case .outcomeUnknown: "outcomeUnknown"
        case .corrupt: "corrupt"
        }
    }
}

extension ScratchDatabase {
    /// Ends all sessions but the one that does it, or all that wait for a lock.
    fileprivate func endSessions(waiting: Bool = false) throws {
        try run(
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = '\(name)' AND pid <> pg_backend_pid() \(waiting ? "AND wait_event_type = 'Lock'" : "")
            """)
    }

    /// Runs code of the server with each notice.
    fileprivate func atInsert(_ code: String) throws {
        try makeFunction(code)
        try run("CREATE TRIGGER t AFTER INSERT ON pecule.outbox FOR EACH ROW EXECUTE FUNCTION pecule.f()")
    }

    /// Runs code of the server within each commit of a notice.
    fileprivate func atCommit(_ code: String) throws {
        try makeFunction(code)
        try run(
            """
            CREATE CONSTRAINT TRIGGER t AFTER INSERT ON pecule.outbox DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION pecule.f()
            """)
    }

    private func makeFunction(_ code: String) throws {
        try run(
            "CREATE FUNCTION pecule.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(code) RETURN NULL; END $$")
    }
}

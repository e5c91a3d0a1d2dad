import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculePostgres

@Suite("Opening a PostgreSQL store", .enabled(if: ScratchDatabase.isExpected), .timeLimit(.minutes(2)))
struct OpeningTests {
    @Test(
        "what is no connection string is refused, and not quoted",
        arguments: [
            "", "transfers.sqlite", "postgresql://pecule:sesame@host:port/pecule", "host=h password=sesame\0 dbname=d",
            "postgresql://pecule:sesame@host/pecule?sesame=1", "postgresql://pecule:open@sesame@host/pecule",
            "postgresql://pecule:sesame/open@host/pecule", "password=sesame dbname",
        ])
    func noString(_ text: String) async {
        let error = await #expect(throws: PostgresStoreError.self) { try await PostgresStore(text) }
        #expect(error == .notAConnectionString)
        #expect(error?.description.contains("sesame") == false)
    }

    @Test(
        "who cannot connect is told why, and never the password",
        arguments: [
            (\.port, "1", "no PostgreSQL server answers"),
            (\.host, "no-such-host.invalid", "no PostgreSQL server answers"),
            (\.password, "sesame", "refuses the role or its password"),
            (\.user, "nobody", "refuses the role or its password"),
            (\.path, "/no_such_database", "no database of that name"),
        ] as [(any WritableKeyPath<Address, String> & Sendable, String, String)])
    func refused(
        _ part: any WritableKeyPath<Address, String> & Sendable, _ value: String, _ verdict: String
    ) async throws {
        var address = try Address(#require(ScratchDatabase.server))
        address[keyPath: part] = value
        let error = await #expect(throws: PostgresStoreError.self) { try await PostgresStore(address.text) }
        let said = String(reflecting: error)
        #expect(said.contains(verdict))
        #expect(!said.contains(address.password) && error?.description.contains(address.password) == false)
    }

    @Test("a store and its server print no password")
    func masked() async throws {
        let database = try await ScratchDatabase()
        let password = try Address(database.connection).password
        let store = try await PostgresStore(database.connection)
        var dumped = ""
        dump(store, to: &dumped)
        dump(try Server(database.connection), to: &dumped)
        #expect(!dumped.contains(password) && !"\(store)".contains(password))
        #expect(try Server("password=sesame").masked("sesame and open sesame") == "••• and open •••")
        await store.close()
        database.remove()
    }

    @Test(
        "a database that cannot be the store's is refused and left alone",
        arguments: [
            ("CREATE SCHEMA pecule; CREATE TABLE pecule.transfers (id text)", .foreign),
            ("CREATE SCHEMA pecule; CREATE TABLE pecule.schema_version (version bigint)", .foreign),
            ("CREATE SCHEMA pecule; CREATE TABLE pecule.schema_version AS SELECT 'x' AS application, 1 AS version",
                .foreign),
            ("ALTER DATABASE NAME SET default_transaction_read_only = on", .readOnly),
        ] as [(String, PostgresStoreError)])
    func unfit(_ preparation: String, _ verdict: PostgresStoreError) async throws {
        let database = try await ScratchDatabase()
        try database.run(preparation.replacing("NAME", with: database.name))
        let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'pecule'"
        let before = try database.run(tables)
        await #expect(throws: verdict) { try await PostgresStore(database.connection) }
        #expect(try database.run(tables) == before)
        database.remove()
    }

    @Test("a database in another encoding is refused")
    func encoding() async throws {
        let database = try await ScratchDatabase(encoding: "LATIN1")
        await #expect(throws: PostgresStoreError.encoding("LATIN1")) { try await PostgresStore(database.connection) }
        database.remove()
    }

    @Test("tables of other schemas are nobody's business")
    func others() async throws {
        let database = try await ScratchDatabase()
        try database.run("CREATE TABLE transfers (id text); CREATE TABLE outbox (id text)")
        let store = try await PostgresStore(database.connection)
        #expect(try await store.insert(Sample.draft()) == .inserted)
        #expect(try database.run("SELECT count(*) FROM public.transfers") == [["0"]])
        await store.close()
        database.remove()
    }

    @Test(
        "a role needs its database, or an empty schema in it, and no more",
        arguments: [
            ("ALTER DATABASE NAME OWNER TO NAME", nil),
            ("CREATE SCHEMA pecule AUTHORIZATION NAME", nil),
            ("SELECT 1", .notAllowed),
        ] as [(String, PostgresStoreError?)])
    func role(_ grant: String, _ verdict: PostgresStoreError?) async throws {
        let database = try await ScratchDatabase()
        try database.run("CREATE ROLE \(database.name) LOGIN PASSWORD 'sesame'")
        try database.run(grant.replacing("NAME", with: database.name))
        var address = try Address(database.connection)
        (address.user, address.password) = (database.name, "sesame")
        if let verdict {
            await #expect(throws: verdict) { try await PostgresStore(address.text) }
        } else {
            let store = try await PostgresStore(address.text)
            #expect(try await store.insert(Sample.draft()) == .inserted)
            await store.close()
        }
        database.remove()
        _ = try? await ScratchDatabase().run("DROP ROLE \(database.name)")
    }

    @Test(
        "every commit waits for the disk at least, whatever the database is set to",
        arguments: [
            ("off", "on"), ("local", "on"), ("remote_write", "on"), ("on", "on"), ("remote_apply", "remote_apply"),
        ])
    func synchronous(_ setting: String, _ verdict: String) async throws {
        let database = try await ScratchDatabase()
        try database.run("ALTER DATABASE \(database.name) SET synchronous_commit = \(setting)")
        let connection = try Connection(Server(database.connection))
        #expect(try connection.execute("SHOW synchronous_commit") == [[.text(verdict)]])
        database.remove()
    }

    @Test("eight that make the same schema at the same time all open it")
    func together() async throws {
        let database = try await ScratchDatabase()
        let address = database.connection
        let stores = try await withThrowingTaskGroup(of: PostgresStore.self) { group in
            for _ in 0..<8 { group.addTask { try await PostgresStore(address, connections: 2) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (number, store) in stores.enumerated() {
            #expect(try await store.insert(Sample.draft("T-\(number)")) == .inserted)
        }
        for store in stores { await store.close() }
        database.remove()
    }

    @Test("a store that is closed has done what was asked before, and refuses what is asked after")
    func close() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection)
        let inserted = await withTaskGroup(of: TransferID?.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let draft = Sample.draft("T-\(number)")
                    return (try? await store.insert(draft)) == .inserted ? draft.id : nil
                }
            }
            group.addTask {
                await store.close()
                return nil
            }
            return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        await #expect(throws: StoreFault.closed) { try await store.insert(Sample.draft("late")) }
        await #expect(throws: StoreFault.closed) { try await store.transfer(Sample.id("T-0")) }
        let again = try await PostgresStore(database.connection)
        for number in 0..<50 {
            let id = Sample.id("T-\(number)")
            #expect((try await again.transfer(id) != nil) == inserted.contains(id))
        }
        await again.close()
        database.remove()
    }
}

/// A connection string whose parts can be changed.
struct Address {
    private var parts: URLComponents

    init(_ text: String) throws { parts = try #require(URLComponents(string: text)) }

    var text: String { parts.string ?? "" }
    var host: String {
        get { parts.host ?? "" }
        set { parts.host = newValue }
    }
    var port: String {
        get { parts.port.map(String.init) ?? "" }
        set { parts.port = Int(newValue) }
    }
    var user: String {
        get { parts.user ?? "" }
        set { parts.user = newValue }
    }
    var password: String {
        get { parts.password ?? "" }
        set { parts.password = newValue }
    }
    var path: String {
        get { parts.path }
        set { parts.path = newValue }
    }
}

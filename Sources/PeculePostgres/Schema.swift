import Pecule

/// The numbered steps that make the tables, from version 1 on. A step that was released is never changed: a new one is
/// added.
struct Schema {
    let steps: [String]

    static let current = Schema(steps: [SchemaSteps.first, SchemaSteps.second, SchemaSteps.third])

    /// What the tables are marked with, so that nobody else's are taken for ours.
    static let application = "pecule transfers"

    var version: Int { steps.count }

    /// Brings a database to this schema. Other processes may do the same at the same time.
    func prepare(_ connection: Connection) throws(PostgresStoreError) {
        try Self.checkServer(connection)
        while try advance(connection) {}
        try PostgresStoreError.opening { () throws(PostgresFailure) in
            try connection.prepare(Query.reading + Query.writing)
        }
    }

    private static func checkServer(_ connection: Connection) throws(PostgresStoreError) {
        let settings = try PostgresStoreError.opening { () throws(PostgresFailure) in
            try connection.execute(
                "SELECT current_setting('transaction_read_only'), current_setting('server_encoding')")
        }
        guard settings.first?.first != .text("on") else { throw .readOnly }
        guard case .text(let encoding) = settings.first?.last, encoding != "UTF8" else { return }
        throw .encoding(encoding)
    }

    /// One step in a transaction of its own; false when none is left.
    private func advance(_ connection: Connection) throws(PostgresStoreError) -> Bool {
        let found = try Self.version(connection)
        guard found <= version else { throw .newerSchema(found: found, known: version) }
        guard found < version else { return false }
        do throws(PostgresFailure) {
            try connection.undoing { () throws(PostgresFailure) in try take(found, connection) }
        } catch {
            // Somebody else takes the same step: it will be seen to be done.
            guard case .refused(let state) = error, Self.isOvertaken.contains(state) else {
                throw PostgresStoreError(error)
            }
        }
        return true
    }

    /// Conflicts, and what is there already: a schema, a table, a name in the server's own tables.
    private static let isOvertaken: Set<String> = ["40001", "40P01", "42P06", "42P07", "23505"]

    private func take(_ found: Int, _ connection: Connection) throws(PostgresFailure) {
        // A step may take its time.
        try connection.execute("BEGIN; SET LOCAL statement_timeout = 0")
        if found == 0 {
            try Self.makeSchema(connection)
        } else if try connection.execute(Self.mark + " FOR UPDATE") != [Self.row(found)] {
            try connection.execute("ROLLBACK")
            return
        }
        try connection.execute(steps[found])
        try connection.execute("UPDATE schema_version SET version = \(found + 1)")
        try connection.execute("COMMIT")
    }

    /// A role that may not make schemas can be given an empty one.
    private static func makeSchema(_ connection: Connection) throws(PostgresFailure) {
        let found = try connection.execute("SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname = 'pecule'")
        if found.isEmpty { try connection.execute("CREATE SCHEMA pecule") }
    }

    private static let mark = "SELECT application, version FROM pecule.schema_version"

    private static func row(_ version: Int) -> [ColumnValue] { [.text(application), .integer(version)] }

    /// Zero where there are no tables yet.
    private static func version(_ connection: Connection) throws(PostgresStoreError) -> Int {
        do throws(PostgresFailure) {
            let tables = try connection.execute(
                "SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = 'pecule'")
            if tables.isEmpty { return 0 }
            let rows = try connection.execute(mark)
            guard rows.count == 1, case .integer(let version) = rows[0][1], rows[0] == row(version) else {
                throw PostgresFailure.unreadable("")
            }
            return version
        } catch {
            switch error {
            // No such table, no such column, columns of other types.
            case .refused("42P01"), .refused("42703"), .unreadable: throw .foreign
            default: throw PostgresStoreError(error)
            }
        }
    }
}

import CPeculePostgres
import PeculeAudit

/// The tables of a PostgreSQL store, read in one transaction that cannot write.
final class PostgresTables {
    private let connection: OpaquePointer

    static func read(_ url: String) throws(UnreadableInput) -> Tables {
        let server = try PostgresTables(url)
        _ = try server.table("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        guard try server.table("SELECT application FROM pecule.schema_version").rows == [[.text(application)]] else {
            throw UnreadableInput("the database holds no store of Pécule")
        }
        return Tables(
            transfers: try server.table("SELECT * FROM pecule.transfers"),
            events: try server.table("SELECT * FROM pecule.events"),
            outbox: try server.table("SELECT * FROM pecule.outbox"))
    }

    /// With which the store marks its tables.
    private static let application = "pecule transfers"

    /// The server's own words may repeat the address, so they are not passed on.
    private init(_ url: String) throws(UnreadableInput) {
        guard let connection = PQconnectdb(url) else { throw UnreadableInput("no memory for a connection") }
        guard PQstatus(connection) == CONNECTION_OK else {
            PQfinish(connection)
            throw UnreadableInput("the PostgreSQL server cannot be reached with that URL")
        }
        self.connection = connection
    }

    deinit { PQfinish(connection) }

    private func table(_ sql: String) throws(UnreadableInput) -> Table {
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard let result, [PGRES_TUPLES_OK, PGRES_COMMAND_OK].contains(PQresultStatus(result)) else {
            let state = result.flatMap { pecule_postgres_sqlstate($0) }.map { ", SQLSTATE \(String(cString: $0))" }
            throw UnreadableInput("the store cannot be read from PostgreSQL\(state ?? "")")
        }
        let columns = (0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        return Table(
            columns: columns,
            rows: (0..<PQntuples(result)).map { row in
                columns.indices.map { Self.cell(result, row, Int32($0)) }
            })
    }

    private static func cell(_ result: OpaquePointer, _ row: Int32, _ column: Int32) -> Cell {
        guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else { return .null }
        let text = String(cString: value)
        return integers.contains(PQftype(result, column)) ? Int(text).map(Cell.integer) ?? .text(text) : .text(text)
    }

    /// The object ids of `int8`, `int2` and `int4` in every PostgreSQL.
    private static let integers: Set<Oid> = [20, 21, 23]
}

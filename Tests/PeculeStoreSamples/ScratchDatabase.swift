import CPeculePostgres
public import Foundation

/// A PostgreSQL database of its own for one test, on the server that `PECULE_TEST_POSTGRES` names.
public final class ScratchDatabase: Sendable {
    /// The connection string of a server where tests may make databases; nil when there is none.
    public static let server = ProcessInfo.processInfo.environment["PECULE_TEST_POSTGRES"]

    /// Without a server its tests are left out, but never in continuous integration: there they fail.
    public static let isExpected = server != nil || ProcessInfo.processInfo.environment["CI"] == "true"

    private let base: URL
    public let name = "pecule_\(UUID().uuidString.lowercased().prefix(8))"

    public struct Failure: Error {
        public let message: String
    }

    /// - Parameter server: `postgresql://…` with the name of a database to connect to first.
    /// - Parameter encoding: as PostgreSQL calls it.
    public init(on server: String? = server, encoding: String = "UTF8") async throws {
        guard let base = server.flatMap({ URL(string: $0) }) else {
            throw Failure(message: "PECULE_TEST_POSTGRES is not set: Scripts/test sets it")
        }
        self.base = base
        try Self.rows(
            "CREATE DATABASE \(name) ENCODING '\(encoding)' LOCALE 'C' TEMPLATE template0", at: base.absoluteString)
    }

    public var connection: String { address.absoluteString }

    /// Its address, of which a test may change parts.
    public var address: URL { base.deletingLastPathComponent().appending(path: name) }

    public func remove() {
        _ = try? Self.rows("DROP DATABASE \(name) WITH (FORCE)", at: base.absoluteString)
    }

    /// Runs statements as anyone else might, each time on a connection of its own, and gives back the rows of the last.
    @discardableResult
    public func run(_ sql: String) throws -> [[String?]] { try Self.rows(sql, at: connection) }

    @discardableResult
    private static func rows(_ sql: String, at address: String) throws -> [[String?]] {
        let connection = PQconnectdb(address)
        defer { PQfinish(connection) }
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard [PGRES_TUPLES_OK, PGRES_COMMAND_OK].contains(PQresultStatus(result)) else {
            throw Failure(message: PQerrorMessage(connection).map { String(cString: $0) } ?? "")
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                let isNull = PQgetisnull(result, row, column) == 1
                return isNull ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
            }
        }
    }
}

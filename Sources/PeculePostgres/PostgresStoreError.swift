/// Why a store was not opened. The database is as it was.
public enum PostgresStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Neither `postgresql://…` nor `host=… dbname=…`, or with a word that libpq does not know.
    case notAConnectionString
    /// No server answers there.
    case unreachable(String)
    /// The role or its password is not accepted.
    case authenticationRefused
    case noDatabase
    /// The role may not create or use the schema `pecule`.
    case notAllowed
    /// A standby, or a database or role that is set to read only.
    case readOnly
    /// The database keeps texts in another encoding than UTF-8.
    case encoding(String)
    /// Written by a newer release: install that one.
    case newerSchema(found: Int, known: Int)
    /// The schema `pecule` holds tables, but not ours.
    case foreign
    case unavailable(String)

    init(_ failure: PostgresFailure) {
        self =
            switch failure {
            case .refused(let state) where state.hasPrefix("28"): .authenticationRefused
            case .refused("3D000"): .noDatabase
            case .refused("42501"): .notAllowed
            case .refused("25006"): .readOnly
            case .lost(let why): .unreachable(why)
            case .refused, .commitUnknown, .outdated, .unreadable: .unavailable(failure.description)
            }
    }

    static func opening<Value>(
        _ body: () throws(PostgresFailure) -> Value
    ) throws(PostgresStoreError) -> Value {
        do throws(PostgresFailure) { return try body() } catch { throw PostgresStoreError(error) }
    }

    public var description: String {
        switch self {
        case .notAConnectionString: "store: not a connection string; write postgresql://role@host:5432/database"
        case .unreachable(let why): "store: no PostgreSQL server answers (\(why)); check host, port and network"
        case .authenticationRefused: "store: the server refuses the role or its password"
        case .noDatabase: "store: the server has no database of that name; create it"
        case .notAllowed: "store: the role lacks the right to create or use the schema pecule; make it the owner"
        case .readOnly: "store: the server or the database is read-only; connect to the primary"
        case .encoding(let name): "store: the database keeps texts in \(name); create one with ENCODING 'UTF8'"
        case .newerSchema(let found, let known):
            "store: the database has schema \(found), this release knows \(known); install the newer release"
        case .foreign: "store: the schema pecule of this database holds the tables of another program"
        case .unavailable(let why): "store: the database cannot be opened (\(why))"
        }
    }
}

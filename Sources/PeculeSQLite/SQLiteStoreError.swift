import CPeculeSQLite

/// Why a store was not opened. The file is as it was.
public enum SQLiteStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Empty, `:memory:` or with a NUL inside: what is kept there would not last.
    case notAPath
    /// Written by a newer release: install that one.
    case newerSchema(found: Int, known: Int)
    /// A database, but not one of ours.
    case foreign
    case readOnly
    /// Damaged, or no database.
    case corrupt(String)
    /// Not there and not to be made, or no access, or locked for too long, or no space.
    case unavailable(String)

    init(_ failure: SQLiteFailure) {
        self =
            switch failure.kind {
            case SQLITE_READONLY: .readOnly
            case _ where failure.isCorruption: .corrupt(failure.description)
            default: .unavailable(failure.description)
            }
    }

    static func opening<Value>(
        _ body: () throws(SQLiteFailure) -> Value
    ) throws(SQLiteStoreError) -> Value {
        do throws(SQLiteFailure) { return try body() } catch { throw SQLiteStoreError(error) }
    }

    public var description: String {
        switch self {
        case .notAPath: "store: not the path of a file that lasts"
        case .newerSchema(let found, let known):
            "store: the file has schema \(found), this release knows \(known); install the newer release"
        case .foreign: "store: the file is the database of another program"
        case .readOnly: "store: the file, its folder or its disk cannot be written"
        case .corrupt(let why): "store: the file is damaged or no database (\(why)); restore a copy"
        case .unavailable(let why): "store: the file cannot be opened (\(why))"
        }
    }
}

import CPeculeSQLite
import PeculeAudit

/// The tables of a SQLite store, read in one transaction on a connection that cannot write.
final class SQLiteTables {
    private let handle: OpaquePointer

    static func read(_ path: String) throws(UnreadableInput) -> Tables {
        let file = try SQLiteTables(path)
        _ = try file.table("BEGIN")
        guard try file.table("PRAGMA application_id").rows == [[.integer(application)]] else {
            throw UnreadableInput("the file is not a store of Pécule")
        }
        guard try file.table("PRAGMA quick_check").rows == [[.text("ok")]] else {
            throw UnreadableInput("the store’s file is damaged")
        }
        return Tables(
            transfers: try file.table("SELECT * FROM transfers"), events: try file.table(ownedRows("events")),
            outbox: try file.table(ownedRows("outbox")))
    }

    /// `Pecu`, with which the store marks its files.
    private static let application = 0x5065_6375

    /// Rows refer to a transfer by its number; a number that no transfer has is shown as one.
    private static func ownedRows(_ table: String) -> String {
        """
        SELECT coalesce(transfers.id, 'number ' || \(table).transfer) AS transfer, \(table).*
        FROM \(table) LEFT JOIN transfers ON transfers.number = \(table).transfer
        """
    }

    private init(_ path: String) throws(UnreadableInput) {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close(handle)
            throw Self.unreadable(code)
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, Self.patience)
    }

    deinit { sqlite3_close(handle) }

    /// How long to wait for a process that writes, in milliseconds.
    private static let patience: Int32 = 10_000

    private func table(_ sql: String) throws(UnreadableInput) -> Table {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
        let columns = (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
        }
        var table = Table(columns: columns, rows: [])
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: table.rows.append(columns.indices.map { Self.cell(statement, Int32($0)) })
            case SQLITE_DONE: return table
            case let code: throw Self.unreadable(code)
            }
        }
    }

    /// A cell of a kind that no column has is given as null, which the audit then finds in the wrong place.
    private static func cell(_ statement: OpaquePointer?, _ column: Int32) -> Cell {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_TEXT: sqlite3_column_text(statement, column).map { .text(String(cString: $0)) } ?? .null
        default: .null
        }
    }

    private func check(_ code: Int32) throws(UnreadableInput) {
        guard code == SQLITE_OK else { throw Self.unreadable(code) }
    }

    /// SQLite's own words for the code, which hold nothing of the file.
    private static func unreadable(_ code: Int32) -> UnreadableInput {
        UnreadableInput("the store cannot be read: \(sqlite3_errstr(code).map { String(cString: $0) } ?? "unknown")")
    }
}

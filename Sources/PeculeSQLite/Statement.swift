import CPeculeSQLite
import Pecule

/// The owner of one prepared statement.
final class Statement {
    private let handle: OpaquePointer

    init(_ sql: String, on connection: OpaquePointer) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        try SQLiteFailure.check(
            sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil))
        guard let handle else { throw SQLiteFailure(SQLITE_MISUSE) }
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs to the end with these values and the number behind them, and gives back the rows.
    func run(_ values: Bindings, _ number: Int? = nil) throws(SQLiteFailure) -> [[ColumnValue]] {
        try values.bound(to: handle, and: number) { () throws(SQLiteFailure) in
            // Also ends the read transaction; a failure was reported by the step already.
            defer { sqlite3_reset(handle) }
            var rows: [[ColumnValue]] = []
            while try step() { rows.append(try cells()) }
            return rows
        }
    }

    /// False at the end.
    private func step() throws(SQLiteFailure) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        case let code: throw SQLiteFailure(code)
        }
    }

    private func cells() throws(SQLiteFailure) -> [ColumnValue] {
        let count = sqlite3_column_count(handle)
        var cells: [ColumnValue] = []
        cells.reserveCapacity(Int(count))
        for column in 0..<count { cells.append(try cell(column)) }
        return cells
    }

    private func cell(_ column: Int32) throws(SQLiteFailure) -> ColumnValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(handle, column)))
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
            guard let text = try? UTF8Span(validating: bytes.span) else { throw SQLiteFailure(SQLITE_CORRUPT) }
            return .text(String(copying: text))
        default: throw SQLiteFailure(SQLITE_CORRUPT)
        }
    }
}

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

    /// Runs to the end with these values for `?1`, `?2`, …, and gives back the rows.
    func run(_ values: [ColumnValue]) throws(SQLiteFailure) -> [[ColumnValue]] {
        // Also ends the read transaction; a failure was reported by the step already.
        defer { sqlite3_reset(handle) }
        for (index, value) in zip(Int32(1)..., values) { try bind(value, at: index) }
        var rows: [[ColumnValue]] = []
        while try step() { rows.append(try cells()) }
        return rows
    }

    private func bind(_ value: ColumnValue, at index: Int32) throws(SQLiteFailure) {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .integer(let integer): sqlite3_bind_int64(handle, index, Int64(integer))
            case .text(var text):
                text.withUTF8 { utf8 in
                    utf8.withMemoryRebound(to: CChar.self) { bytes in
                        // An empty text has no address, which SQLite would take for NULL.
                        bytes.baseAddress.map { pecule_sqlite_bind_text(handle, index, $0, Int32(bytes.count)) }
                            ?? pecule_sqlite_bind_text(handle, index, "", 0)
                    }
                }
            }
        try SQLiteFailure.check(code)
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

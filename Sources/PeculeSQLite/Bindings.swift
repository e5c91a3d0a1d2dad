import CPeculeSQLite
import Pecule

/// The values of a statement's `?1`, `?2`, …, with their texts in one piece of memory: laid out by who asks, so that
/// the one thread that writes copies nothing.
struct Bindings: Sendable, ExpressibleByArrayLiteral {
    private enum Value {
        case null
        case integer(Int64)
        case text(at: Int, count: Int32)
    }

    private var values: [Value] = []
    private var texts: [UInt8] = []

    init(_ cells: [ColumnValue]) {
        values.reserveCapacity(cells.count)
        for cell in cells { add(cell) }
    }

    init(arrayLiteral cells: ColumnValue...) { self.init(cells) }

    private mutating func add(_ cell: ColumnValue) {
        switch cell {
        case .null: values.append(.null)
        case .integer(let integer): values.append(.integer(Int64(integer)))
        case .text(let text):
            let start = texts.count
            texts.append(contentsOf: text.utf8)
            // SQLite refuses what is too long, long before the count is clamped.
            values.append(.text(at: start, count: Int32(clamping: texts.count - start)))
        }
    }

    /// Runs what steps through the statement and resets it: that long, SQLite reads the texts where they lie.
    ///
    /// - Parameter number: the value behind the last of these.
    func bound<Result>(
        to statement: OpaquePointer, and number: Int?, _ steps: () throws(SQLiteFailure) -> Result
    ) throws(SQLiteFailure) -> Result {
        try texts.withUnsafeBufferPointer { bytes throws(SQLiteFailure) in
            for (index, value) in zip(Int32(1)..., values) {
                try SQLiteFailure.check(bind(value, of: bytes, to: statement, at: index))
            }
            if let number {
                try SQLiteFailure.check(sqlite3_bind_int64(statement, Int32(values.count) + 1, Int64(number)))
            }
            return try steps()
        }
    }

    private func bind(
        _ value: Value, of texts: UnsafeBufferPointer<UInt8>, to statement: OpaquePointer, at index: Int32
    ) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let integer): return sqlite3_bind_int64(statement, index, integer)
        case .text(let start, let count):
            // Without an address SQLite would take an empty text for NULL.
            guard let text = texts.baseAddress?.advanced(by: start) else {
                return pecule_sqlite_bind_text(statement, index, "", 0)
            }
            return pecule_sqlite_bind_text(statement, index, text, count)
        }
    }
}

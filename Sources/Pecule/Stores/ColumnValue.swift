public import Foundation

/// One cell of a table, in the two types that every database has. Masked: names and proofs stand in cells as text.
public enum ColumnValue: Sensitive, Hashable {
    case null
    case integer(Int)
    case text(String)

    /// The text or number; empty for null.
    public var revealed: String {
        switch self {
        case .null: ""
        case .integer(let value): String(value)
        case .text(let text): text
        }
    }

    public var mask: String {
        switch self {
        case .null: "null"
        case .integer: "integer •••"
        case .text: "text •••"
        }
    }

    /// A text, or null.
    public static func optional(_ text: String?) -> ColumnValue { text.map(ColumnValue.text) ?? .null }

    /// Milliseconds since 1970: exact for every time that `Environment.system` gives.
    public static func time(_ date: Date?) -> ColumnValue {
        date.map { .integer(Int(($0.timeIntervalSince1970 * 1000).rounded())) } ?? .null
    }
}

/// Reads the cells of one row by name; a cell that is missing or of another kind is corruption, named.
struct RowReader {
    private let columns: [String]
    private let row: [ColumnValue]
    /// After the cell that was read last: whoever reads in the order of the columns finds each one here or soon after.
    private var place = 0

    init(_ columns: [String], _ row: [ColumnValue]) throws(StoreFault) {
        guard row.count == columns.count else { throw .corrupt("\(row.count) columns") }
        (self.columns, self.row) = (columns, row)
    }

    private mutating func cell(_ name: String) -> ColumnValue? {
        guard let found = columns[place...].firstIndex(of: name) ?? columns.firstIndex(of: name) else { return nil }
        place = found
        defer { place += 1 }
        return row[place]
    }

    mutating func text(_ name: String) throws(StoreFault) -> String {
        guard case .text(let text) = cell(name) else { throw .corrupt("column \(name)") }
        return text
    }

    mutating func optionalText(_ name: String) -> String? {
        if case .text(let text) = cell(name) { text } else { nil }
    }

    mutating func integer(_ name: String) throws(StoreFault) -> Int {
        guard case .integer(let value) = cell(name) else { throw .corrupt("column \(name)") }
        return value
    }

    mutating func time(_ name: String) throws(StoreFault) -> Date {
        Self.date(try integer(name))
    }

    mutating func optionalTime(_ name: String) -> Date? {
        if case .integer(let milliseconds) = cell(name) { Self.date(milliseconds) } else { nil }
    }

    private static func date(_ milliseconds: Int) -> Date {
        Date(timeIntervalSince1970: TimeInterval(milliseconds) / 1000)
    }

    /// A text read back into its type.
    mutating func value<Value>(_ name: String, _ make: (String) throws -> Value?) throws(StoreFault) -> Value {
        try Self.made(name, try text(name), make)
    }

    mutating func optionalValue<Value>(
        _ name: String, _ make: (String) throws -> Value?
    ) throws(StoreFault) -> Value? {
        guard let text = optionalText(name) else { return nil }
        return try Self.made(name, text, make)
    }

    private static func made<Value>(
        _ name: String, _ text: String, _ make: (String) throws -> Value?
    ) throws(StoreFault) -> Value {
        guard let value = try? make(text) else { throw .corrupt("column \(name)") }
        return value
    }
}

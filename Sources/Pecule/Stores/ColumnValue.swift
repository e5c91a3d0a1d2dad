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
    /// Where each column stands; made once for each table.
    typealias Places = [String: Int]

    private let places: Places
    private let row: [ColumnValue]

    init(_ places: Places, _ row: [ColumnValue]) throws(StoreFault) {
        guard row.count == places.count else { throw .corrupt("\(row.count) columns") }
        (self.places, self.row) = (places, row)
    }

    static func places(_ columns: [String]) -> Places {
        Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
    }

    private func cell(_ name: String) -> ColumnValue? { places[name].map { row[$0] } }

    func text(_ name: String) throws(StoreFault) -> String {
        guard case .text(let text) = cell(name) else { throw .corrupt("column \(name)") }
        return text
    }

    func optionalText(_ name: String) -> String? {
        if case .text(let text) = cell(name) { text } else { nil }
    }

    func integer(_ name: String) throws(StoreFault) -> Int {
        guard case .integer(let value) = cell(name) else { throw .corrupt("column \(name)") }
        return value
    }

    func time(_ name: String) throws(StoreFault) -> Date {
        Date(timeIntervalSince1970: TimeInterval(try integer(name)) / 1000)
    }

    func optionalTime(_ name: String) throws(StoreFault) -> Date? {
        if case .integer = cell(name) { try time(name) } else { nil }
    }

    /// A text read back into its type.
    func value<Value>(_ name: String, _ make: (String) throws -> Value?) throws(StoreFault) -> Value {
        let text = try text(name)
        guard let value = try? make(text) else { throw .corrupt("column \(name)") }
        return value
    }

    func optionalValue<Value>(_ name: String, _ make: (String) throws -> Value?) throws(StoreFault) -> Value? {
        optionalText(name) == nil ? nil : try value(name, make)
    }
}

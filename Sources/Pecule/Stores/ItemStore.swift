public import Foundation

/// One of the small things that the gateway's faces keep beside the transfers: a key of a caller, a webhook, a
/// delivery. A store knows nothing of what it says.
public struct StoredItem: Sendable, Hashable, CustomStringConvertible {
    /// What it is, such as `api-key`; ids are unique within a kind.
    public let kind: String
    public let id: String
    /// From 1, one more with every change; what stores compare and swap on.
    public let version: Int
    /// What it says, in the form of whoever keeps it.
    public let text: String
    /// When somebody has to look at it, in whole milliseconds; nil for what waits for nothing.
    public let due: Date?

    public init(kind: String, id: String, version: Int = 1, text: String, due: Date? = nil) {
        (self.kind, self.id, self.version, self.text, self.due) = (kind, id, version, text, due)
    }

    /// The version that comes after this one.
    public func next(text: String, due: Date? = nil) -> StoredItem {
        StoredItem(kind: kind, id: id, version: version + 1, text: text, due: due)
    }

    /// Without the text, in which secrets may stand.
    public var description: String { "\(kind) \(id), version \(version)" }
}

/// Where small things are kept. A call that returns has made its effect durable.
public protocol ItemStore: Sendable {
    /// The item of that kind and id; nil when there is none.
    func item(_ kind: String, _ id: String) async throws(StoreFault) -> StoredItem?

    /// Keeps a new item at version 1, or a later version in the place of the one just before it.
    /// - Returns: false, and nothing is changed, when another version is kept, or none.
    func put(_ item: StoredItem) async throws(StoreFault) -> Bool

    /// Takes an item away; false when that version is not the one that is kept.
    func remove(_ item: StoredItem) async throws(StoreFault) -> Bool

    /// The items of a kind by id, byte by byte, after that one; at most so many.
    func items(_ kind: String, after id: String, limit: Int) async throws(StoreFault) -> [StoredItem]

    /// The items of a kind that are due at that time, the longest due first, then by id; at most so many.
    func dueItems(_ kind: String, at now: Date, limit: Int) async throws(StoreFault) -> [StoredItem]
}

extension StoredItem {
    public static let columns = ["kind", "id", "version", "body", "due"]

    /// The row for a database, in the order of `columns`; a text with a NUL is refused, as for transfers.
    public func storableRow() throws(StoreFault) -> [ColumnValue] {
        for text in [kind, id, text] where !text.isAll({ $0 != 0 }) { throw .unavailable("an item holds a NUL") }
        return [.text(kind), .text(id), .integer(version), .text(text), .time(due)]
    }

    /// - Parameter row: the cells in the order of `columns`.
    public init(row: [ColumnValue]) throws(StoreFault) {
        var cells = try RowReader(Self.columns, row)
        self.init(
            kind: try cells.text("kind"), id: try cells.text("id"), version: try cells.integer("version"),
            text: try cells.text("body"), due: cells.optionalTime("due"))
    }
}

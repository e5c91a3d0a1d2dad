import Foundation

/// Items by kind and id, for the store that lives as long as the process.
struct InMemoryItems {
    private var items: [String: [String: StoredItem]] = [:]

    func item(_ kind: String, _ id: String) -> StoredItem? { items[kind]?[id] }

    mutating func put(_ item: StoredItem) -> Bool {
        guard items[item.kind]?[item.id]?.version ?? 0 == item.version - 1 else { return false }
        items[item.kind, default: [:]][item.id] = item
        return true
    }

    mutating func remove(_ item: StoredItem) -> Bool {
        guard items[item.kind]?[item.id]?.version == item.version else { return false }
        items[item.kind]?[item.id] = nil
        return true
    }

    func items(_ kind: String, after id: String, limit: Int) -> [StoredItem] {
        let later = items[kind, default: [:]].values.filter { Self.isBefore(id, $0.id) }
        return Array(later.sorted { Self.isBefore($0.id, $1.id) }.prefix(max(limit, 0)))
    }

    func due(_ kind: String, at now: Date, limit: Int) -> [StoredItem] {
        let due = items[kind, default: [:]].values.compactMap { item in item.due.map { (due: $0, item: item) } }
        let ordered = due.filter { $0.due <= now }.sorted { one, other in
            one.due == other.due ? Self.isBefore(one.item.id, other.item.id) : one.due < other.due
        }
        return ordered.prefix(max(limit, 0)).map(\.item)
    }

    /// Byte by byte, as databases put texts in order.
    private static func isBefore(_ one: String, _ other: String) -> Bool {
        one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}

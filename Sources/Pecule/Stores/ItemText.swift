package import Foundation

/// A value that is kept as the text of a stored item.
package protocol ItemText: Sendable {
    /// Nil for what `text` does not write.
    init?(text: String)
    var text: String { get }
}

extension ItemText {
    package init(_ item: StoredItem) throws(StoreFault) {
        guard let value = Self(text: item.text) else { throw .corrupt("\(item)") }
        self = value
    }
}

extension ItemStore {
    /// Changes an item whatever others do to it meanwhile: the change is made again on what they left.
    /// - Parameter change: gives what is to be kept, and when it is due, from what is kept now; nil leaves it as it is.
    package func change<Value: ItemText>(
        _ kind: String, _ id: String, as type: Value.Type, _ change: (Value?, Date?) -> (value: Value, due: Date?)?
    ) async throws(StoreFault) {
        while true {
            let item = try await item(kind, id)
            var kept: Value?
            if let item { kept = try Value(item) }
            guard let next = change(kept, item?.due) else { return }
            let text = next.value.text
            let replacement =
                item?.next(text: text, due: next.due) ?? StoredItem(kind: kind, id: id, text: text, due: next.due)
            if try await put(replacement) { return }
        }
    }

    /// Takes an item away, whatever its version.
    package func removeItem(_ kind: String, _ id: String) async throws(StoreFault) {
        while let item = try await item(kind, id) { if try await remove(item) { return } }
    }

    /// Takes away the items of a kind that are due; at most so many.
    package func removeDue(_ kind: String, at now: Date, limit: Int) async throws(StoreFault) {
        for item in try await dueItems(kind, at: now, limit: limit) { _ = try await remove(item) }
    }

    /// Every item of a kind whose id begins so, by id.
    package func allItems(_ kind: String, startingWith prefix: String) async throws(StoreFault) -> [StoredItem] {
        let page = 100
        var found: [StoredItem] = []
        while true {
            let next = try await items(kind, after: found.last?.id ?? prefix, limit: page)
            let fitting = next.prefix { $0.id.hasPrefix(prefix) }
            found += fitting
            if fitting.count < page { return found }
        }
    }
}

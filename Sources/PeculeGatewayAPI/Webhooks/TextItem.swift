import Foundation
import Pecule
import PeculeHTTP

/// A value that is kept as a stored item, in JSON.
protocol TextItem: Sendable {
    init?(_ json: JSON)
    var json: JSON { get }
}

extension TextItem {
    var text: String { String(decoding: json.bytes, as: UTF8.self) }

    init(_ item: StoredItem) throws(StoreFault) {
        guard let json = try? JSON(parsing: Array(item.text.utf8)), let value = Self(json) else {
            throw .corrupt("\(item)")
        }
        self = value
    }
}

extension ItemStore {
    /// Changes an item whatever others do to it meanwhile: the change is made again on what they left.
    /// - Parameter change: gives what is to be kept, and when it is due, from what is kept now; nil leaves it as it is.
    func change<Value: TextItem>(
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
    func removeItem(_ kind: String, _ id: String) async throws(StoreFault) {
        while let item = try await item(kind, id) { if try await remove(item) { return } }
    }
}

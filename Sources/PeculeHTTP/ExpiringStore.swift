package import FoundationEssentials

/// What a server keeps for browsers and clients until a moment: tokens, codes, sessions. Bounded, so that asking for
/// many of them cannot fill the memory.
package struct ExpiringStore<Value: Sendable>: Sendable {
    private var values: [String: (value: Value, expires: Date)] = [:]
    private let capacity: Int

    package init(capacity: Int = 10_000) { self.capacity = capacity }

    package func find(_ key: String, at now: Date) -> Value? {
        guard let found = values[key], now < found.expires else { return nil }
        return found.value
    }

    /// When full of live values, the half that ends first makes room.
    package mutating func add(_ value: Value, for key: String, until expires: Date, at now: Date) {
        if values.count >= capacity {
            values = values.filter { now < $0.value.expires }
        }
        if values.count >= capacity {
            let oldestFirst = values.sorted { $0.value.expires < $1.value.expires }
            for (key, _) in oldestFirst.prefix(values.count / 2) { values[key] = nil }
        }
        values[key] = (value, expires)
    }

    package mutating func update(_ key: String, _ change: (inout Value) -> Void) {
        if let place = values.index(forKey: key) { change(&values.values[place].value) }
    }

    package mutating func remove(_ key: String) { values[key] = nil }
}

import Foundation
import Pecule
import PeculeHTTP

/// Lets somebody try a thing so many times in a while: counted in the store, so by all processes together, before what
/// is tried. Where failures alone count, what succeeded is given back.
struct CheckLimit: Sendable {
    static let kind = "attempts"

    let store: any ItemStore
    /// What is tried, such as `detainee`.
    let name: String
    let most: Int
    let window: TimeInterval

    /// Counts one attempt.
    /// - Returns: nil when it is allowed, else when the next one will be.
    func take(by key: String, at now: Date) async throws(StoreFault) -> Date? {
        var wait: Date?
        try await store.change(Self.kind, "\(name)/\(key)", as: Attempts.self) { kept, _ in
            wait = nil
            var attempts = kept.flatMap { now < $0.ends ? $0 : nil } ?? Attempts(count: 0, ends: now + window)
            guard attempts.count < most else {
                wait = attempts.ends
                return nil
            }
            attempts.count += 1
            return (attempts, attempts.ends)
        }
        return wait
    }

    /// Takes one attempt back: it does not count after all.
    func giveBack(by key: String, at now: Date) async throws(StoreFault) {
        try await store.change(Self.kind, "\(name)/\(key)", as: Attempts.self) { kept, _ in
            guard var attempts = kept, now < attempts.ends, attempts.count > 0 else { return nil }
            attempts.count -= 1
            return (attempts, attempts.ends)
        }
    }

    /// Forgets what no longer counts.
    static func forget(in store: any ItemStore, at now: Date) async throws(StoreFault) {
        try await store.removeDue(kind, at: now, limit: 100)
    }
}

private struct Attempts: TextItem {
    var count: Int
    let ends: Date

    init(count: Int, ends: Date) { (self.count, self.ends) = (count, ends) }

    var json: JSON { ["count": .integer(count), "ends": .integer(ends.milliseconds)] }

    init?(_ json: JSON) {
        guard let count = json["count"]?.integer, let ends = json["ends"]?.integer else { return nil }
        self.init(count: count, ends: Date(milliseconds: ends))
    }
}

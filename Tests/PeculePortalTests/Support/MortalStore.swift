import Foundation
import Pecule
import Synchronization

/// A store whose process dies at one of its writes: before it is made, or just after, with no word of it.
final class MortalStore: ItemStore {
    enum Death: String, CaseIterable, Sendable { case before, after }

    private let inner: any ItemStore
    private let plan = Mutex<(left: Int, death: Death)?>(nil)

    init(_ inner: any ItemStore) { self.inner = inner }

    /// Dies at the write of that number, from 0, counted from now.
    func die(_ death: Death, at write: Int) { plan.withLock { $0 = (write, death) } }

    func live() { plan.withLock { $0 = nil } }

    private func write(_ change: () async throws(StoreFault) -> Bool) async throws(StoreFault) -> Bool {
        let death: Death? = plan.withLock { plan in
            guard let (left, death) = plan else { return nil }
            plan?.left -= 1
            return left <= 0 ? death : nil
        }
        // Once dead, nothing more is written.
        if let death {
            if death == .after, plan.withLock({ $0?.left }) == -1 { _ = try await change() }
            throw .outcomeUnknown("the process died")
        }
        return try await change()
    }

    func put(_ item: StoredItem) async throws(StoreFault) -> Bool {
        try await write { () throws(StoreFault) in try await inner.put(item) }
    }

    func remove(_ item: StoredItem) async throws(StoreFault) -> Bool {
        try await write { () throws(StoreFault) in try await inner.remove(item) }
    }

    func item(_ kind: String, _ id: String) async throws(StoreFault) -> StoredItem? { try await inner.item(kind, id) }

    func items(_ kind: String, after id: String, limit: Int) async throws(StoreFault) -> [StoredItem] {
        try await inner.items(kind, after: id, limit: limit)
    }

    func dueItems(_ kind: String, at now: Date, limit: Int) async throws(StoreFault) -> [StoredItem] {
        try await inner.dueItems(kind, at: now, limit: limit)
    }
}

import Foundation
import Pecule
import Synchronization

/// What was read about somebody a moment ago for a page, so that the next page does not read and decode it again.
///
/// A change made by this process is to forget it; one made by another process is seen after `lifetime`. Only pages look
/// here: whether money may go out, the gateway decides on what the store says.
final class AccountMemory<Value: Sendable>: Sendable {
    private struct Kept {
        let value: Value
        let until: Date
    }

    private struct State {
        var kept: [AccountID: Kept] = [:]
        /// Counts the changes: what was read before one is not kept after it.
        var changes = 0
    }

    /// In seconds.
    static var lifetime: TimeInterval { 2 }
    private static var mostAccounts: Int { 10_000 }
    private let state = Mutex(State())

    func value<Fault: Error>(
        of account: AccountID, at now: Date, read: () async throws(Fault) -> Value
    ) async throws(Fault) -> Value {
        let (kept, changes) = state.withLock { ($0.kept[account], $0.changes) }
        // A clock set back must not keep it for longer.
        if let kept, (kept.until - Self.lifetime...kept.until).contains(now) { return kept.value }
        let value = try await read()
        state.withLock { state in
            guard state.changes == changes else { return }
            if state.kept.count >= Self.mostAccounts { state.kept.removeAll() }
            state.kept[account] = Kept(value: value, until: now + Self.lifetime)
        }
        return value
    }

    /// Something has changed that many look at.
    func forget() {
        state.withLock { state in
            state.kept.removeAll()
            state.changes += 1
        }
    }

    /// Something has changed that this person alone looks at.
    func forget(_ account: AccountID) {
        state.withLock { state in
            state.kept[account] = nil
            state.changes += 1
        }
    }
}

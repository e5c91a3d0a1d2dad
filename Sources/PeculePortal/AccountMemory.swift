import Foundation
import Pecule
import Synchronization

/// The permits of the personal spaces that were shown a moment ago, so that a page does not read and decode them again.
///
/// A change made by this process forgets them all; one made by another process is seen after `lifetime`. Only pages
/// look here: whether money may go out, the gateway decides on what the store says.
final class SpaceMemory: Sendable {
    private struct Kept {
        let permits: [RegisteredPermit]
        let until: Date
    }

    private struct State {
        var kept: [AccountID: Kept] = [:]
        /// Counts the changes: what was read before one is not kept after it.
        var changes = 0
    }

    /// In seconds.
    static let lifetime: TimeInterval = 2
    private static let mostSpaces = 10_000
    private let state = Mutex(State())

    func permits(
        of account: AccountID, at now: Date, read: () async throws(StoreFault) -> [RegisteredPermit]
    ) async throws(StoreFault) -> [RegisteredPermit] {
        let (kept, changes) = state.withLock { ($0.kept[account], $0.changes) }
        // A clock set back must not keep it for longer.
        if let kept, (kept.until - Self.lifetime...kept.until).contains(now) { return kept.permits }
        let permits = try await read()
        state.withLock { state in
            guard state.changes == changes else { return }
            if state.kept.count >= Self.mostSpaces { state.kept.removeAll() }
            state.kept[account] = Kept(permits: permits, until: now + Self.lifetime)
        }
        return permits
    }

    func forget() {
        state.withLock { state in
            state.kept.removeAll()
            state.changes += 1
        }
    }
}

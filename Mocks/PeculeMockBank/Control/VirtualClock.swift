import FoundationEssentials
import Synchronization

/// The time of one place: the world's, moved forward as its users wish.
final class VirtualClock: Sendable {
    private struct State {
        var offset: TimeInterval = 0
        /// Stands still here while a session is recorded or replayed.
        var pinned: Date?
    }

    private let state = Mutex(State())
    /// What it would show had nobody moved it.
    let world: @Sendable () -> Date

    init(_ world: @escaping @Sendable () -> Date) { self.world = world }

    var now: Date { state.withLock { $0.pinned ?? world() + $0.offset } }

    var offset: TimeInterval { state.withLock { $0.offset } }

    func advance(by duration: CalendarDuration) {
        state.withLock { state in
            let now = state.pinned ?? world() + state.offset
            let later = duration.added(to: now)
            state.offset += later.timeIntervalSince(now)
            if state.pinned != nil { state.pinned = later }
        }
    }

    func setOffset(_ offset: TimeInterval) { state.withLock { $0.offset = offset } }

    func pin(to date: Date?) { state.withLock { $0.pinned = date } }
}

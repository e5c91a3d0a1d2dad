import Foundation
public import Pecule
import Synchronization

/// Tells those who wait for a transfer that it has changed, and those who have read one whether it still is as they
/// read it. Give `note` to the gateway as its `onChange`.
public final class ChangeBoard: Sendable {
    /// How far the changes of a transfer, and perhaps of a few others, had come.
    struct Mark: Equatable {
        fileprivate let place: Int
        fileprivate let here: Int
        fileprivate let elsewhere: ChangesElsewhere
    }

    private struct State {
        var last = 0
        var streams: [TransferID: [Int: AsyncStream<Void>.Continuation]] = [:]
        /// Counts of changes, each of the transfers that share it by the hash of their id.
        var changes = [Int](repeating: 0, count: 256)
        var look: (found: ChangesElsewhere, at: Date)?
        var isLooking = false

        /// What the last look found, unless that is too long ago, or the clock was set back.
        func found(at now: Date) -> ChangesElsewhere? {
            isLooked(at: now, within: ChangeBoard.look) ? look?.found : nil
        }

        /// One looks for all, and early enough that the others do not wait for it.
        func needsLook(at now: Date) -> Bool { !isLooking && !isLooked(at: now, within: ChangeBoard.look / 2) }

        private func isLooked(at now: Date, within seconds: TimeInterval) -> Bool {
            look.map { (0..<seconds).contains(now.timeIntervalSince($0.at)) } ?? false
        }
    }

    private let store: (any SharedStore)?
    private let environment: Environment
    private let state = Mutex(State())

    /// How long a change that another process made may stay unseen, in seconds.
    static let look: TimeInterval = 0.1

    /// - Parameter store: where changes of other processes show; nil where they cannot be seen without reading the
    ///   transfer again. Every change that this process makes there has to be noted on this board.
    public init(_ store: (any SharedStore)? = nil, environment: Environment = .system) {
        (self.store, self.environment) = (store, environment)
    }

    /// Wakes whoever waits for this transfer.
    public func note(_ change: TransferChange) {
        let streams = state.withLock { state in
            state.changes[Self.place(of: change.transfer)] += 1
            return state.streams[change.transfer]?.values.map(\.self) ?? []
        }
        for stream in streams { stream.yield() }
    }

    /// An element for every change from now on, or one for several.
    func changes(of id: TransferID) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { stream in
            let number = state.withLock { state in
                state.last += 1
                state.streams[id, default: [:]][state.last] = stream
                return state.last
            }
            stream.onTermination = { [weak self] _ in self?.remove(number, of: id) }
        }
    }

    private func remove(_ number: Int, of id: TransferID) {
        state.withLock { state in
            state.streams[id]?[number] = nil
            if state.streams[id]?.isEmpty == true { state.streams[id] = nil }
        }
    }

    /// What is read after it stays true as long as the mark stands. Nil when nobody can tell now.
    func mark(of id: TransferID) async -> Mark? {
        guard let store else { return nil }
        let (now, place) = (environment.now(), Self.place(of: id))
        let (here, known, looks) = state.withLock { state in
            let looks = state.needsLook(at: now)
            if looks { state.isLooking = true }
            return (state.changes[place], state.found(at: now), looks)
        }
        guard looks else { return known.map { Mark(place: place, here: here, elsewhere: $0) } }
        let found = try? await store.changesElsewhere()
        state.withLock { state in
            state.look = found.map { ($0, now) }
            state.isLooking = false
        }
        return found.map { Mark(place: place, here: here, elsewhere: $0) }
    }

    /// Whether the transfer of that mark has not changed since, as far as anybody has looked lately; false for the one
    /// who has to look again.
    func stands(_ mark: Mark, at now: Date) -> Bool {
        state.withLock { state in
            !state.needsLook(at: now) && state.changes[mark.place] == mark.here
                && state.found(at: now) == mark.elsewhere
        }
    }

    private static func place(of id: TransferID) -> Int { id.hashValue & 255 }
}

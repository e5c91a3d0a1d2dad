import Synchronization

/// A door: those who come wait until it opens, or until their task is cancelled. Tests wait for them to arrive.
public final class Gate: Sendable {
    private struct Waiter {
        /// Nil waits for the door to open, a number for so many to have come.
        let arrivals: Int?
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Contents {
        var isOpen = false
        var arrived = 0
        var tickets = 0
        var waiting: [Int: Waiter] = [:]

        func isOver(_ arrivals: Int?) -> Bool { arrivals.map { $0 <= arrived } ?? isOpen }

        mutating func leaving() -> [Waiter] {
            let leaving = waiting.filter { isOver($0.value.arrivals) }
            for ticket in leaving.keys { waiting[ticket] = nil }
            return Array(leaving.values)
        }
    }

    private let contents = Mutex(Contents())

    /// A closed door.
    public init() {}

    /// Returns when the door is open; throws when the task was cancelled first.
    public func pass() async throws {
        change { $0.arrived += 1 }
        try await wait(nil)
    }

    /// Returns when so many have come to the door, whether or not they passed.
    public func arrival(of count: Int = 1) async throws { try await wait(count) }

    /// Lets everyone pass, now and later.
    public func open() { change { $0.isOpen = true } }

    private func change(_ change: (inout Contents) -> Void) {
        let leaving = contents.withLock { contents in
            change(&contents)
            return contents.leaving()
        }
        for waiter in leaving { waiter.continuation.resume(returning: true) }
    }

    private func wait(_ arrivals: Int?) async throws {
        let ticket = contents.withLock { contents in
            contents.tickets += 1
            return contents.tickets
        }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { enter(ticket, Waiter(arrivals: arrivals, continuation: $0)) }
        } onCancel: {
            contents.withLock { $0.waiting.removeValue(forKey: ticket) }?.continuation.resume(returning: false)
        }
        if !isOver { throw CancellationError() }
    }

    private func enter(_ ticket: Int, _ waiter: Waiter) {
        let verdict: Bool? = contents.withLock { contents in
            if contents.isOver(waiter.arrivals) { return true }
            // Read under the lock: a cancellation before it is seen here, one after it finds the waiter inside.
            if Task.isCancelled { return false }
            contents.waiting[ticket] = waiter
            return nil
        }
        if let verdict { waiter.continuation.resume(returning: verdict) }
    }
}

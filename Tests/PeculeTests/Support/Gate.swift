import Synchronization

/// A door: those who come wait until it opens, or until their task is cancelled. Tests wait for them to arrive.
final class Gate: Sendable {
    private struct Contents {
        var isOpen = false
        var arrived = 0
        var inside: [Int: CheckedContinuation<Bool, Never>] = [:]
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let contents = Mutex(Contents())

    /// Returns when the door is open; throws when the task was cancelled first.
    func pass() async throws {
        let ticket = contents.withLock { contents in
            contents.arrived += 1
            return contents.arrived
        }
        let passed = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enter(ticket, continuation)
            }
        } onCancel: {
            contents.withLock { $0.inside.removeValue(forKey: ticket) }?.resume(returning: false)
        }
        if !passed { throw CancellationError() }
    }

    /// Returns when so many have come to the door, whether or not they passed.
    func arrival(of count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = contents.withLock { contents in
                if contents.arrived >= count { return true }
                contents.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func open() {
        let waiting = contents.withLock { contents in
            contents.isOpen = true
            defer { contents.inside = [:] }
            return Array(contents.inside.values)
        }
        for continuation in waiting { continuation.resume(returning: true) }
    }

    private func enter(_ ticket: Int, _ continuation: CheckedContinuation<Bool, Never>) {
        // Read under the lock: a cancellation before it is seen here, one after it finds the continuation inside.
        let (isCancelled, goesOn, watchers) = contents.withLock { contents in
            let isCancelled = Task.isCancelled
            let goesOn = contents.isOpen || isCancelled
            if !goesOn { contents.inside[ticket] = continuation }
            let satisfied = contents.watchers.filter { $0.count <= contents.arrived }
            contents.watchers.removeAll { $0.count <= contents.arrived }
            return (isCancelled, goesOn, satisfied)
        }
        if goesOn { continuation.resume(returning: !isCancelled) }
        for watcher in watchers { watcher.continuation.resume() }
    }
}

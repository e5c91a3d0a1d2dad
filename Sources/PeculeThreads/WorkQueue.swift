import Dispatch
import Foundation
import Synchronization

/// Work that tasks leave for threads of their own, so that waiting for a disk or a server never holds
/// up the tasks of others.
package final class WorkQueue<Item: Sendable>: Sendable {
    private struct State {
        /// Does the work at once; nil where threads do it.
        var worker: (@Sendable (Item) -> Void)?
        var items: [Item] = []
        var isClosed = false
        var threads = 0
        /// Who waits for the threads to end.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let workers: Workers

    package init(_ workers: Workers = .threads) { self.workers = workers }

    /// False when the queue is closed: the item was not taken.
    package func append(_ item: Item) -> Bool {
        let (isTaken, worker) = state.withLock { state in
            if !state.isClosed, state.worker == nil { state.items.append(item) }
            return (!state.isClosed, state.worker)
        }
        guard isTaken else { return false }
        if let worker { worker(item) } else { arrivals.signal() }
        return true
    }

    /// Has what comes done, at most so much at a time, by `count` threads or by those who bring it; each with a tool of
    /// its own.
    package func serve<Tool>(
        by count: Int, atMost most: Int, with makeTool: @escaping @Sendable () -> Tool,
        _ body: @escaping @Sendable ([Item], inout Tool) -> Void
    ) {
        switch workers {
        case .threads:
            for _ in 0..<count {
                startThread { [self] in
                    var tool = makeTool()
                    while let items = take(atMost: most) { body(items, &tool) }
                }
            }
        case .callers:
            let hand = Hand(makeTool())
            state.withLock { $0.worker = { item in body([item], &hand.tool) } }
        }
    }

    /// Starts a thread on this queue; `body` takes until nothing comes any more.
    package func startThread(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.threads += 1 }
        Thread.detachNewThread {
            body()
            self.leave()
        }
    }

    /// What waits, at most so much of it; sleeps until there is something. Nil when the queue is closed and empty.
    package func take(atMost count: Int) -> [Item]? {
        while true {
            let (items, isClosed) = state.withLock { state in
                let items = Array(state.items.prefix(count))
                state.items.removeFirst(items.count)
                return (items, state.isClosed)
            }
            if !items.isEmpty { return items }
            if isClosed { return nil }
            arrivals.wait()
        }
    }

    /// Takes nothing more; what waits is still done.
    package func close() {
        let threads = state.withLock { state in
            state.isClosed = true
            state.worker = nil
            return state.threads
        }
        for _ in 0..<threads { arrivals.signal() }
    }

    /// Returns when the queue is closed and all that waited is done.
    package func ended() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.threads > 0 { state.waiting.append(continuation) }
                return state.threads == 0
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func leave() {
        let waiting = state.withLock { state in
            state.threads -= 1
            return state.threads == 0 ? state.waiting : []
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Who does the work of a queue.
package enum Workers: Sendable {
    case threads
    /// Who brings it, at once. For programs of one thread: a simulation.
    case callers
}

/// What the one caller works with.
// Only used where one thread does everything.
private final class Hand<Tool>: @unchecked Sendable {
    var tool: Tool

    init(_ tool: Tool) { self.tool = tool }
}

/// Runs on a thread of its own what may wait.
package func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: work()) }
    }
}

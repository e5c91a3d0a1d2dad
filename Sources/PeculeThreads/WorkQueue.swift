public import Dispatch
public import Foundation
public import Synchronization

/// Work that tasks leave for threads of their own, so that waiting for a disk or a server never holds
/// up the tasks of others.
///
/// Public and inlinable, since only so the code that runs under the lock is compiled for each kind of item.
public final class WorkQueue<Item: Sendable>: Sendable {
    @usableFromInline
    struct State {
        /// Does the work at once; nil where threads do it.
        @usableFromInline var worker: (@Sendable (Item) -> Void)?
        @usableFromInline var items: [Item] = []
        @usableFromInline var isClosed = false
        @usableFromInline var threads = 0
        @usableFromInline var asleep = 0
        @usableFromInline var busy = 0
        @usableFromInline var done = 0
        /// Without what still waits or works: that counts from a start below zero.
        @usableFromInline var waited = Duration.zero
        @usableFromInline var worked = Duration.zero
        /// Who waits for the threads to end.
        @usableFromInline var waiting: [CheckedContinuation<Void, Never>] = []

        /// True when a thread must be woken for it.
        @inlinable
        mutating func add(_ item: Item, at now: Duration) -> Bool {
            items.append(item)
            waited -= now
            guard asleep > 0 else { return false }
            asleep -= 1
            return true
        }

        @inlinable
        mutating func begin(atMost count: Int, at now: Duration) -> [Item] {
            busy += 1
            worked -= now
            return take(atMost: count, at: now)
        }

        @inlinable
        mutating func take(atMost count: Int, at now: Duration) -> [Item] {
            var taken: [Item] = []
            if items.count <= count {
                swap(&taken, &items)
            } else {
                taken = Array(items.prefix(count))
                items.removeFirst(count)
            }
            done += taken.count
            waited += now * taken.count
            return taken
        }

        @inlinable
        mutating func end(at now: Duration) {
            busy -= 1
            worked += now
        }
    }

    @usableFromInline let state = Mutex(State())
    @usableFromInline let arrivals = DispatchSemaphore(value: 0)
    @usableFromInline let workers: Workers
    @usableFromInline let start = ContinuousClock.now

    package init(_ workers: Workers = .threads) { self.workers = workers }

    /// False when the queue is closed: the item was not taken.
    @inlinable
    public func append(_ item: Item) -> Bool {
        let (isTaken, worker, isAwaited) = state.withLock { state in
            guard !state.isClosed, state.worker == nil else { return (!state.isClosed, state.worker, false) }
            return (true, nil, state.add(item, at: age))
        }
        if isAwaited { arrivals.signal() }
        worker?(item)
        return isTaken
    }

    /// Has what comes done, at most so much at a time, by `count` threads or by those who bring it; each with a tool of
    /// its own.
    @inlinable
    public func serve<Tool>(
        by count: Int, atMost most: Int, with makeTool: @escaping @Sendable () -> Tool,
        _ body: @escaping @Sendable ([Item], inout Tool) -> Void
    ) {
        switch workers {
        case .threads:
            for _ in 0..<count {
                startThread { [self] in
                    var tool = makeTool()
                    var hasWorked = false
                    while let items = take(atMost: most, after: hasWorked) {
                        body(items, &tool)
                        hasWorked = true
                    }
                }
            }
        case .callers:
            let hand = Hand(makeTool())
            state.withLock { $0.worker = { item in body([item], &hand.tool) } }
        }
    }

    @usableFromInline
    func startThread(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.threads += 1 }
        Thread.detachNewThread {
            body()
            self.leave()
        }
    }

    /// What waits, at most so much of it; sleeps until there is something. Nil when the queue is closed and empty.
    @inlinable
    func take(atMost count: Int, after hasWorked: Bool) -> [Item]? {
        var works = hasWorked
        var maySleep = false
        while true {
            let (items, isClosed) = state.withLock { state in
                let now = age
                if works { state.end(at: now) }
                if !state.items.isEmpty { return (state.begin(atMost: count, at: now), false) }
                if !state.isClosed, maySleep { state.asleep += 1 }
                return ([], state.isClosed)
            }
            if !items.isEmpty { return items }
            if isClosed { return nil }
            works = false
            // The others, let go first, often bring the next item: that costs less than to be woken for it.
            if maySleep { arrivals.wait() } else { sched_yield() }
            maySleep = true
        }
    }

    /// What came while a thread worked, at most so much of it, for that thread to do with the rest. Never waits.
    @inlinable
    public func more(atMost count: Int) -> [Item] { state.withLock { $0.take(atMost: count, at: age) } }

    @inlinable
    var age: Duration { start.duration(to: .now) }

    /// How much there is to do.
    package var load: WorkLoad {
        state.withLock { state in
            let now = age
            return WorkLoad(
                threads: state.threads, busy: state.busy, waiting: state.items.count, done: state.done,
                waited: state.waited + now * state.items.count, worked: state.worked + now * state.busy)
        }
    }

    /// Takes nothing more; what waits is still done.
    package func close() {
        let asleep = state.withLock { state in
            state.isClosed = true
            state.worker = nil
            defer { state.asleep = 0 }
            return state.asleep
        }
        for _ in 0..<asleep { arrivals.signal() }
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

/// How much a queue has to do: its threads, those that work, what waits, what was taken so far; how long all that
/// waited, and how long the threads worked, summed. Work that its callers do is not counted.
package struct WorkLoad: Sendable {
    package let threads, busy, waiting, done: Int
    package let waited, worked: Duration
}

/// Who does the work of a queue.
public enum Workers: Sendable {
    case threads
    /// Who brings it, at once. For programs of one thread: a simulation.
    case callers
}

/// What the one caller works with.
@usableFromInline
// Only used where one thread does everything.
final class Hand<Tool>: @unchecked Sendable {
    @usableFromInline var tool: Tool

    @usableFromInline
    init(_ tool: Tool) { self.tool = tool }
}

/// Runs on a thread of its own what may wait.
package func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: work()) }
    }
}

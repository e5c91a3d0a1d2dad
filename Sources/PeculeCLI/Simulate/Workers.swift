import Foundation
import Synchronization

/// Does numbered pieces of work on a thread for every processor: a simulation blocks its thread, so it gets one of its
/// own rather than one of the cooperative pool.
struct Workers {
    private let count: Int
    private let next = Counter()
    private let progress: Progress

    init(_ count: Int) {
        self.count = count
        progress = Progress(of: count)
    }

    func reduce<Result: Sendable>(
        into empty: Result, _ work: @escaping @Sendable (inout Result, Int) -> Void,
        merging: (inout Result, Result) -> Void
    ) async -> Result {
        let workers = max(1, min(count, ProcessInfo.processInfo.activeProcessorCount))
        return await withTaskGroup { group in
            for _ in 0..<workers { group.addTask { await part(of: empty, work) } }
            return await group.reduce(into: empty, merging)
        }
    }

    private func part<Result: Sendable>(
        of empty: Result, _ work: @escaping @Sendable (inout Result, Int) -> Void
    ) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var result = empty
                while let index = next.take(below: count) {
                    work(&result, index)
                    progress.advance()
                }
                continuation.resume(returning: result)
            }
        }
    }
}

private final class Counter: Sendable {
    private let taken = Mutex(0)

    func take(below count: Int) -> Int? {
        taken.withLock { taken in
            guard taken < count else { return nil }
            taken += 1
            return taken - 1
        }
    }
}

/// A line that counts up and says how long it will take, only where somebody looks.
private final class Progress: Sendable {
    private let total: Int
    private let done = Mutex(0)
    private let began = ContinuousClock.now
    private let isShown = isatty(STDERR_FILENO) == 1

    init(of total: Int) { self.total = total }

    func advance() {
        let count = done.withLock { done in
            done += 1
            return done
        }
        guard isShown, count == total || count.isMultiple(of: max(1, total / 200)) else { return }
        let milliseconds = max(1, (ContinuousClock.now - began).inMilliseconds)
        let left = milliseconds * (total - count) / count / 1000
        let bar = String(repeating: "#", count: count * 40 / total).padded(40)
        let rate = "\(count * 1000 / milliseconds)/s, \(left) s left"
        let end = count == total ? "\n" : ""
        FileHandle.standardError.write(Data("\r[\(bar)] \(count) of \(total), \(rate)   \(end)".utf8))
    }
}

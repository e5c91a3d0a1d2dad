public import Pecule
import Synchronization

/// Tells those who wait for a transfer that it has changed. Give `note` to the gateway as its `onChange`.
///
/// It knows the changes of this process only: whoever waits looks into the store now and then as well.
public final class ChangeBoard: Sendable {
    private struct Waiters {
        var last = 0
        var streams: [TransferID: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let waiters = Mutex(Waiters())

    public init() {}

    /// Wakes whoever waits for this transfer.
    public func note(_ change: TransferChange) {
        let streams = waiters.withLock { $0.streams[change.transfer]?.values.map(\.self) ?? [] }
        for stream in streams { stream.yield() }
    }

    /// An element for every change from now on, or one for several.
    func changes(of id: TransferID) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { stream in
            let number = waiters.withLock { waiters in
                waiters.last += 1
                waiters.streams[id, default: [:]][waiters.last] = stream
                return waiters.last
            }
            stream.onTermination = { [weak self] _ in self?.remove(number, of: id) }
        }
    }

    private func remove(_ number: Int, of id: TransferID) {
        waiters.withLock { waiters in
            waiters.streams[id]?[number] = nil
            if waiters.streams[id]?.isEmpty == true { waiters.streams[id] = nil }
        }
    }
}

import Foundation
import Pecule
import PeculeHTTP

/// A transfer's changes as server-sent events, until it is final. An event is the transfer as it then stands; its id is
/// the version, so that a browser that connects again misses nothing that matters.
struct TransferEvents: AsyncSequence, Sendable {
    let watch: TransferWatch
    let id: TransferID
    let payer: AccountID
    /// The version that was seen last.
    let after: Int
    /// When the stream ends, whatever the transfer does.
    let end: Date

    /// A sign of life after so long without a change.
    private static let heartbeat = Duration.seconds(15)

    func makeAsyncIterator() -> Iterator { Iterator(events: self, seen: after) }

    struct Iterator: AsyncIteratorProtocol {
        let events: TransferEvents
        var seen: Int
        private var isOver = false

        init(events: TransferEvents, seen: Int) { (self.events, self.seen) = (events, seen) }

        mutating func next() async -> [UInt8]? { await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async throws(Never) -> [UInt8]? {
            let left = events.end.timeIntervalSince(events.watch.environment.now())
            guard !isOver, !Task.isCancelled, left > 0 else { return nil }
            let found = try? await events.watch.transfer(
                events.id, by: events.payer, after: seen,
                within: Swift.min(TransferEvents.heartbeat, .seconds(left)))
            // Who connects again is told of a store that cannot be read by the answer's status.
            guard let found else { return nil }
            isOver = found.state.isFinal
            guard found.version > seen else { return isOver ? nil : ServerSentEvent.heartbeat }
            seen = found.version
            let data = String(decoding: found.json.bytes, as: UTF8.self)
            return ServerSentEvent(id: String(seen), event: "transfer", data: data)?.bytes
        }
    }
}

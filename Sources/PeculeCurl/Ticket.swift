import PeculeHTTP
import Synchronization

/// One call of `send`, as the caller and the driver thread both know it.
final class Ticket: Sendable {
    typealias Outcome = Result<HTTPResponse, HTTPTransportError>
    /// Unsafe, because the check costs 4 % of an exchange: `Transfer.end` forgets it as it resumes it.
    typealias Continuation = UnsafeContinuation<Outcome, Never>

    static let stopped = Outcome.failure(HTTPTransportError(.stopped, mayHaveBeenReceived: false))
    static let cancelledInTime = Outcome.failure(HTTPTransportError(.cancelled, mayHaveBeenReceived: false))
    static let outOfMemory = Outcome.failure(
        HTTPTransportError(.connect, mayHaveBeenReceived: false, detail: "no memory for one more exchange"))

    let request: HTTPRequest
    let limits: HTTPLimits
    private let cancelled = Atomic(false)

    init(request: HTTPRequest, limits: HTTPLimits) {
        self.request = request
        self.limits = limits
    }

    /// A cancellation may overtake the start in the mailbox: the start then finds this mark.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}

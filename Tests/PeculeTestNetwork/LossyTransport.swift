public import PeculeHTTP
import Synchronization

/// A network that loses what it is told to lose.
public final class LossyTransport: HTTPTransport {
    public enum Loss: String, CaseIterable, Sendable { case request, reply }

    private let inner: any HTTPTransport
    private let plan = Mutex<(isMeant: @Sendable (HTTPRequest) -> Bool, loss: Loss)?>(nil)

    public init(_ inner: any HTTPTransport) { self.inner = inner }

    /// Loses the next message to a path that ends so.
    public func lose(_ loss: Loss, of method: HTTPMethod, to suffix: String) {
        lose(loss) { $0.method == method && $0.target.hasSuffix(suffix) }
    }

    /// Loses the next message of which this is true.
    public func lose(_ loss: Loss, where isMeant: @escaping @Sendable (HTTPRequest) -> Bool) {
        plan.withLock { $0 = (isMeant, loss) }
    }

    public var isSpent: Bool { plan.withLock { $0 == nil } }

    public func send(
        _ request: HTTPRequest, within limits: HTTPLimits
    ) async throws(HTTPTransportError) -> HTTPResponse {
        let loss = plan.withLock { plan -> Loss? in
            guard let due = plan, due.isMeant(request) else { return nil }
            plan = nil
            return due.loss
        }
        if loss == .request { throw HTTPTransportError(.timeout, mayHaveBeenReceived: true) }
        let response = try await inner.send(request, within: limits)
        if loss == .reply { throw HTTPTransportError(.reset, mayHaveBeenReceived: true) }
        return response
    }
}

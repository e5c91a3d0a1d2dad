public import PeculeHTTP

/// Hands requests to the handler of their origin, in the form in which a server receives them: no socket.
public struct HandOver: HTTPTransport {
    private let handlers: [String: any HTTPHandler]

    /// - Parameter handlers: by origin, such as `http://127.0.0.1:1001`.
    public init(_ handlers: [String: any HTTPHandler]) { self.handlers = handlers }

    public func send(
        _ request: HTTPRequest, within limits: HTTPLimits
    ) async throws(HTTPTransportError) -> HTTPResponse {
        guard let (origin, handler) = handlers.first(where: { request.target.hasPrefix($0.key) }) else {
            throw HTTPTransportError(.connect, mayHaveBeenReceived: false)
        }
        var received = request
        received.target = String(request.target.dropFirst(origin.count))
        received.fields.append(String(origin.dropFirst("http://".count)), for: "Host")
        return try await handler.deliver(received).received(within: limits)
    }
}

/// Whoever answers requests: a server calls it, a test may call it without any socket.
public protocol HTTPHandler: Sendable {
    /// Never throws: a failure is a response.
    func respond(to request: HTTPRequest) async -> HTTPResponse
}

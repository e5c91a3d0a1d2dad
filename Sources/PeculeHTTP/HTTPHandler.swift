/// Whoever answers requests: a server calls it, a test may call it without any socket.
public protocol HTTPHandler: Sendable {
    /// Never throws: a failure is a response.
    func respond(to request: HTTPRequest) async -> HTTPResponse

    /// What a server calls: the response, and for a handler that simulates a bad wire what becomes of it.
    func deliver(_ request: HTTPRequest) async -> HTTPDelivery

    /// What a server answers to what it cannot read, before it closes the connection; a problem document unless the
    /// handler has something better to say.
    func refusal(of error: HTTPParseError) -> HTTPResponse
}

extension HTTPHandler {
    /// The response as it is, at once.
    public func deliver(_ request: HTTPRequest) async -> HTTPDelivery { HTTPDelivery(await respond(to: request)) }

    public func refusal(of error: HTTPParseError) -> HTTPResponse { error.response }
}

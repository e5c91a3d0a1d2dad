import PeculeHTTP

/// Says each question to a bank before it leaves: whoever listens can tell whether one was asked twice.
struct Questions: HTTPTransport {
    let transport: any HTTPTransport

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        if request.method == .get { Lines.say("asks \(request.target)") }
        return try await transport.send(request, within: limits)
    }
}

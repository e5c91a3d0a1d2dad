/// Whoever carries a request to a server and brings the response back.
public protocol HTTPTransport: Sendable {
    /// Sends a request whose target is absolute (`http` or `https`). Follows no redirect, keeps no cookie.
    /// Cancelling the task ends the exchange with `.cancelled`.
    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse
}

/// What one exchange may cost at most.
public struct HTTPLimits: Sendable, Equatable {
    /// Time to have a connection ready, TLS included.
    public var connect: Duration
    /// Time for the whole exchange.
    public var total: Duration
    /// Bytes of response body.
    public var responseBody: Int
    /// Bytes of response head.
    public var responseHead: Int

    public init(
        connect: Duration = .seconds(5), total: Duration = .seconds(30), responseBody: Int = 1 << 20,
        responseHead: Int = 32 << 10
    ) {
        self.connect = connect
        self.total = total
        self.responseBody = responseBody
        self.responseHead = responseHead
    }
}

/// Why there is no response, and what decides everything after it: whether the server may have seen the request.
public struct HTTPTransportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, without its consequences.
    public enum Reason: String, Sendable {
        case badRequest, resolve, connect, tls, timeout, reset, tooLarge, malformedResponse, cancelled, stopped
        /// The host has an address that must not be connected to, and no other that answers.
        case forbidden
    }

    public let reason: Reason
    /// False only when it is certain that not one byte of the request left this process.
    public let mayHaveBeenReceived: Bool
    /// For people; holds no part of the request.
    public let detail: String

    public init(_ reason: Reason, mayHaveBeenReceived: Bool, detail: String = "") {
        self.reason = reason
        self.mayHaveBeenReceived = mayHaveBeenReceived
        self.detail = detail
    }

    public var description: String {
        let what = detail.isEmpty ? reason.rawValue : "\(reason.rawValue): \(detail)"
        return mayHaveBeenReceived ? "\(what) (the request may have been received)" : "\(what) (nothing was sent)"
    }
}

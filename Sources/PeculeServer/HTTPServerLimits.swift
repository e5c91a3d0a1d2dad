import PeculeHTTP

/// What one client, and all clients together, may cost at most.
public struct HTTPServerLimits: Sendable, Equatable {
    /// Bytes of request line; beyond it 414.
    public var requestLine: Int
    /// Bytes of request line and fields; beyond it 431.
    public var head: Int
    /// Number of fields; beyond it 431.
    public var fields: Int
    /// Bytes of body; beyond it 413.
    public var body: Int
    /// From the first byte of a head to its last; for the first request of a connection, from its acceptance,
    /// TLS handshake included.
    public var headTimeout: Duration
    /// From the end of the head to the end of the body.
    public var bodyTimeout: Duration
    /// Between two requests.
    public var idleTimeout: Duration
    /// For the whole response, so that a client that reads drop by drop is cut as well; where it comes in pieces, for
    /// each of them.
    public var writeTimeout: Duration
    /// Open connections; further ones wait in the system's queue until one closes.
    public var connections: Int

    public init(
        requestLine: Int = 8 << 10, head: Int = 16 << 10, fields: Int = 100, body: Int = 1 << 20,
        headTimeout: Duration = .seconds(10), bodyTimeout: Duration = .seconds(20),
        idleTimeout: Duration = .seconds(60), writeTimeout: Duration = .seconds(30), connections: Int = 4096
    ) {
        (self.requestLine, self.head, self.fields, self.body) = (requestLine, head, fields, body)
        (self.headTimeout, self.bodyTimeout) = (headTimeout, bodyTimeout)
        (self.idleTimeout, self.writeTimeout, self.connections) = (idleTimeout, writeTimeout, connections)
    }

    var parser: HTTPRequestParser.Limits { .init(requestLine: requestLine, head: head, fields: fields, body: body) }
}

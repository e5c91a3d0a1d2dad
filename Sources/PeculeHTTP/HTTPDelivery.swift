/// An answer, and what becomes of it on the wire: how a simulated server breaks an exchange after, or before, its work.
public struct HTTPDelivery: Sendable {
    /// What the client sees of the answer.
    public enum Damage: Sendable, Equatable {
        /// All of it.
        case none
        /// The connection is reset before the first byte.
        case reset
        /// No byte, on a connection that stays open until the client leaves.
        case silence
        /// The head and half of the body, then the connection is reset.
        case cut
        /// A head that announces more bytes than come before the connection is closed.
        case short
        /// All of it, in small pieces with that time between two of them.
        case drip(Duration)
    }

    public var response: HTTPResponse
    /// Time before the first byte.
    public var delay: Duration
    public var damage: Damage
    /// What follows the response's head in place of its body, piece by piece.
    public let pieces: (any AsyncSequence<[UInt8], Never> & Sendable)?

    public init(_ response: HTTPResponse, after delay: Duration = .zero, damage: Damage = .none) {
        (self.response, self.delay, self.damage, pieces) = (response, delay, damage, nil)
    }

    /// A head that goes out at once, and a body in pieces as they come, each asked for when the one before has left.
    ///
    /// The task that asks for them is cancelled when the client leaves or the server stops; the body then ends
    /// as soon as the sequence does.
    public init(streaming head: HTTPResponse, _ pieces: some AsyncSequence<[UInt8], Never> & Sendable) {
        (response, delay, damage, self.pieces) = (head, .zero, .none, pieces)
    }

    /// Into how many pieces a dripping answer falls.
    public static let drops = 10

    /// What a client in the same process gets, who has no wire that could break.
    /// - Throws: what a real transport would say of such a wire.
    public func received(within limits: HTTPLimits = HTTPLimits()) throws(HTTPTransportError) -> HTTPResponse {
        switch damage {
        case .silence: throw HTTPTransportError(.timeout, mayHaveBeenReceived: true)
        case .reset, .cut, .short: throw HTTPTransportError(.reset, mayHaveBeenReceived: true)
        case .none, .drip: break
        }
        guard duration <= limits.total else { throw HTTPTransportError(.timeout, mayHaveBeenReceived: true) }
        return response
    }

    /// Whether the answer goes out at once and whole.
    public var isPlain: Bool { delay == .zero && damage == .none && pieces == nil }

    private var duration: Duration {
        if case .drip(let pause) = damage { delay + pause * (Self.drops - 1) } else { delay }
    }
}

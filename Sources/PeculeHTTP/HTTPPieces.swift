/// How a body whose length nobody knows yet is written, so that its end is seen (RFC 9112, section 6.3).
public enum HTTPPieces: Sendable, Equatable {
    /// Each piece with its size before it (RFC 9112, section 7.1).
    case chunked
    /// The pieces alone: the end of the connection is the end of the body.
    case untilClose

    /// Appends one piece; an empty one says nothing.
    public func write(_ piece: [UInt8], into out: inout [UInt8]) {
        // A chunk of size 0 would be the end of the body.
        guard self == .chunked, !piece.isEmpty else { return out.append(contentsOf: piece) }
        out.append(contentsOf: String(piece.count, radix: 16).utf8)
        out.append(contentsOf: "\r\n".utf8)
        out.append(contentsOf: piece)
        out.append(contentsOf: "\r\n".utf8)
    }

    /// Appends what says that no further piece comes.
    public func writeEnd(into out: inout [UInt8]) {
        if self == .chunked { out.append(contentsOf: "0\r\n\r\n".utf8) }
    }
}

import PeculeHTTP

/// Collects one response from the lines and parts that libcurl hands over, and refuses what two readers could
/// understand differently. Knows no socket.
struct ResponseReader {
    /// Why the response was refused: libcurl then ends the transfer.
    private(set) var refusal: HTTPTransportError.Reason?
    private let limits: HTTPLimits
    private var message = HTTPResponse(status: 0)
    private var headBytes = 0
    private var expected = Expected.statusLine
    private var framing = Framing()

    /// Heads of 1xx come before the final one; what follows the body is trailers, which nobody asked for.
    private enum Expected { case statusLine, field, body }

    init(_ limits: HTTPLimits) { self.limits = limits }

    /// Nil until the head is complete.
    var response: HTTPResponse? { expected == .body && refusal == nil ? message : nil }

    /// One line of a head, its line break included. False when the response is refused.
    mutating func takeLine(_ line: UnsafeRawBufferPointer) -> Bool {
        headBytes += line.count
        if headBytes > limits.responseHead {
            refusal = .tooLarge
        } else if !accepts(Self.withoutBreak(line)) {
            refusal = .malformedResponse
        }
        return refusal == nil
    }

    mutating func takeBody(_ part: UnsafeRawBufferPointer) -> Bool {
        guard message.body.count + part.count <= limits.responseBody else {
            refusal = .tooLarge
            return false
        }
        message.body.append(contentsOf: part)
        return true
    }

    private mutating func accepts(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        switch expected {
        case .statusLine: beginHead(line)
        case .field where line.isEmpty: endHead()
        case .field: takeField(line)
        case .body: true
        }
    }

    /// `HTTP/1.1 200 OK` (RFC 9112, section 4). A switch of protocols was never asked for.
    private mutating func beginHead(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        let line = UnsafeRawBufferPointer(rebasing: line)
        guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[7] == 0x30 || line[7] == 0x31, line[8] == 0x20,
            line.count == 12 || line[12] == 0x20, line[9...11].allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        let status = line[9...11].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (100...599).contains(status), status != 101 else { return false }
        message = HTTPResponse(status: status)
        message.fields.reserveCapacity(8)
        framing = Framing()
        expected = .field
        return true
    }

    private mutating func endHead() -> Bool {
        guard message.status >= 200 else {
            expected = .statusLine
            return true
        }
        expected = .body
        return framing.isClear
    }

    /// A folded line, a space before the colon and control characters all fail here (RFC 9112, section 5).
    private mutating func takeField(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return false }
        let name = line[..<colon]
        let value = Self.trimmed(line[(colon + 1)...])
        guard name.allSatisfy(HTTPSyntax.isToken), value.allSatisfy(HTTPSyntax.isFieldValue) else { return false }
        framing.note(name, value)
        message.fields.append(String(decoding: value, as: UTF8.self), for: String(decoding: name, as: UTF8.self))
        return true
    }

    private static func withoutBreak(_ line: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        var line = line[...]
        if line.last == 0x0A { line = line.dropLast() }
        if line.last == 0x0D { line = line.dropLast() }
        return line
    }

    private static func trimmed(_ value: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        guard let first = value.firstIndex(where: { !HTTPSyntax.isSpace($0) }),
            let last = value.lastIndex(where: { !HTTPSyntax.isSpace($0) })
        else { return value.prefix(0) }
        return value[first...last]
    }
}

/// What a head says of the end of its message: one length, or chunks, or neither; else it is a matter of opinion
/// (RFC 9112, section 6.3).
private struct Framing {
    private var lengths = 0
    private var codings = 0
    private var isReadable = true

    var isClear: Bool { isReadable && lengths + codings <= 1 }

    mutating func note(_ name: Slice<UnsafeRawBufferPointer>, _ value: Slice<UnsafeRawBufferPointer>) {
        if Self.isSame(name, "content-length") {
            lengths += 1
            isReadable = isReadable && (1...18).contains(value.count) && value.allSatisfy { (0x30...0x39).contains($0) }
        } else if Self.isSame(name, "transfer-encoding") {
            codings += 1
            isReadable = isReadable && Self.isSame(value, "chunked")
        }
    }

    /// Without regard to case; the word is lower case.
    private static func isSame(_ bytes: Slice<UnsafeRawBufferPointer>, _ word: StaticString) -> Bool {
        bytes.count == word.utf8CodeUnitCount
            && zip(bytes, UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)).allSatisfy {
                (0x41...0x5A).contains($0) ? $0 | 0x20 == $1 : $0 == $1
            }
    }
}

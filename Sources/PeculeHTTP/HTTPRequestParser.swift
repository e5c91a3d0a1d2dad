/// Reads requests of HTTP/1.1 and 1.0 (RFC 9112) from bytes as they come: feed, then ask `next()` until `.needMore`.
///
/// Strict on purpose: every line ends with CR LF, nothing is folded, repaired or guessed, and after the first error
/// every further answer is that error. Trailers are checked and dropped, so that they never pass for header fields.
public struct HTTPRequestParser: Sendable {
    /// What one request may cost at most.
    public struct Limits: Sendable, Equatable {
        /// Bytes of the request line.
        public var requestLine: Int
        /// Bytes of the request line and all fields; trailers and chunk extensions are bounded by it as well.
        public var head: Int
        /// Number of fields; of trailers likewise.
        public var fields: Int
        /// Bytes of body.
        public var body: Int

        public init(requestLine: Int = 8 << 10, head: Int = 16 << 10, fields: Int = 100, body: Int = 1 << 20) {
            (self.requestLine, self.head, self.fields, self.body) = (requestLine, head, fields, body)
        }
    }

    /// What the bytes fed so far amount to.
    public enum Event: Sendable, Equatable {
        case needMore
        /// The client waits for `100 Continue` before it sends the body (RFC 9110, section 10.1.1).
        case expectsContinue
        case request(HTTPRequest, keepAlive: Bool)
    }

    /// What the bytes to come belong to.
    public enum Phase: Sendable, Equatable { case idle, head, body }

    private enum State: Sendable {
        case requestLine, fields, length(Int), chunkSize, chunk(Int), chunkEnd, trailers, failed(HTTPParseError)
    }

    private let limits: Limits
    private var input = HTTPInput()
    private var state = State.requestLine
    private var request = HTTPRequest(.get, "/")
    /// Of the request given out last, until the next one begins; a client of HTTP/1.0 knows no chunks.
    public private(set) var isHTTP11 = false
    private var keepAlive = false
    private var headBytes = 0
    private var trailers = 0

    public init(limits: Limits = Limits()) { self.limits = limits }

    public var phase: Phase {
        switch state {
        case .requestLine: input.isEmpty ? .idle : .head
        case .fields: .head
        default: .body
        }
    }

    /// Takes bytes as they came off the wire.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) { input.append(bytes) }

    public mutating func next() throws(HTTPParseError) -> Event {
        do throws(HTTPParseError) {
            while true {
                if let event = try step() { return event }
            }
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// One line or one run of bytes; nil when there may be more to read at once.
    private mutating func step() throws(HTTPParseError) -> Event? {
        switch state {
        case .requestLine: try readRequestLine()
        case .fields: try readField()
        case .length(let left): readBody(left, then: nil)
        case .chunkSize: try readChunkSize()
        case .chunk(let left): readBody(left, then: .chunkEnd)
        case .chunkEnd: try readChunkEnd()
        case .trailers: try readTrailer()
        case .failed(let error): throw error
        }
    }

    private mutating func readRequestLine() throws(HTTPParseError) -> Event? {
        guard let bytes = try input.line(atMost: limits.requestLine, else: .requestLineTooLong)
        else { return .needMore }
        let line = try HTTPRequestLine(bytes)
        request = HTTPRequest(line.method, line.target)
        isHTTP11 = line.isHTTP11
        (headBytes, trailers) = (bytes.count + 2, 0)
        state = .fields
        return nil
    }

    private mutating func readField() throws(HTTPParseError) -> Event? {
        guard let line = try headLine() else { return .needMore }
        if line.isEmpty { return try endHead() }
        guard request.fields.all.count < limits.fields else { throw .headTooLarge }
        let field = try HTTPFields.Field(line: line)
        request.fields.append(field.value, for: field.name)
        return nil
    }

    private mutating func endHead() throws(HTTPParseError) -> Event? {
        let framing = try HTTPFraming(request.fields, isHTTP11: isHTTP11)
        request.target = try HTTPAuthority.originForm(of: request.target, host: framing.host)
        keepAlive = framing.keepAlive
        switch framing.body {
        case .length(0): return finish()
        case .length(let length):
            guard length <= limits.body else { throw .bodyTooLarge }
            state = .length(length)
        case .chunked: state = .chunkSize
        }
        return framing.expectsContinue && input.isEmpty ? .expectsContinue : nil
    }

    private mutating func readBody(_ left: Int, then next: State?) -> Event? {
        let bytes = input.run(atMost: left)
        request.body.append(contentsOf: bytes)
        switch (left - bytes.count, next) {
        case (0, let next?): state = next
        case (0, nil): return finish()
        case (let left, nil): state = .length(left)
        case (let left, _?): state = .chunk(left)
        }
        return bytes.count == left ? nil : .needMore
    }

    private mutating func readChunkSize() throws(HTTPParseError) -> Event? {
        guard let line = try input.line(atMost: limits.head - headBytes, else: .chunk) else { return .needMore }
        let (size, digits) = try Self.chunkSize(line)
        // Sizes are free, extensions share the head's budget, however many chunks carry them.
        headBytes += line.count - digits
        guard size <= limits.body - request.body.count else { throw .bodyTooLarge }
        state = size == 0 ? .trailers : .chunk(size)
        return nil
    }

    /// `1A` or `1A;extension` (RFC 9112, section 7.1); extensions are ignored as it demands.
    private static func chunkSize(_ line: ArraySlice<UInt8>) throws(HTTPParseError) -> (size: Int, digits: Int) {
        let digits = line.prefix { HTTPSyntax.hexValue($0) != nil }
        let rest = line[digits.endIndex...]
        guard (1...16).contains(digits.count), rest.isEmpty || rest.first == UInt8(ascii: ";"),
            rest.allSatisfy(HTTPSyntax.isFieldValue),
            let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw .chunk }
        return (size, digits.count)
    }

    private mutating func readChunkEnd() throws(HTTPParseError) -> Event? {
        guard let line = try input.line(atMost: 0, else: .chunk) else { return .needMore }
        precondition(line.isEmpty, "a line of at most 0 bytes")
        state = .chunkSize
        return nil
    }

    private mutating func readTrailer() throws(HTTPParseError) -> Event? {
        guard let line = try headLine() else { return .needMore }
        if line.isEmpty { return finish() }
        trailers += 1
        guard trailers <= limits.fields else { throw .headTooLarge }
        _ = try HTTPFields.Field(line: line)
        return nil
    }

    private mutating func headLine() throws(HTTPParseError) -> ArraySlice<UInt8>? {
        let line = try input.line(atMost: limits.head - headBytes, else: .headTooLarge)
        headBytes += line.map { $0.count + 2 } ?? 0
        return line
    }

    private mutating func finish() -> Event {
        state = .requestLine
        input.trim()
        defer { request = HTTPRequest(.get, "/") }
        return .request(request, keepAlive: keepAlive)
    }
}

extension HTTPFields.Field {
    /// `name: value` (RFC 9112, section 5): no space around the name, no folding, no control character.
    fileprivate init(line: ArraySlice<UInt8>) throws(HTTPParseError) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(HTTPSyntax.isToken)
        else { throw .field }
        var value = line[(colon + 1)...]
        while let first = value.first, HTTPSyntax.isSpace(first) { value.removeFirst() }
        while let last = value.last, HTTPSyntax.isSpace(last) { value.removeLast() }
        guard value.allSatisfy(HTTPSyntax.isFieldValue), let text = String(validating: value, as: UTF8.self)
        else { throw .field }
        self.init(name: String(decoding: line[..<colon], as: UTF8.self), value: text)
    }
}

/// Writes responses as HTTP/1.1 bytes (RFC 9112). The framing fields and `Date` are the writer's alone:
/// what a handler put under their names is left out, so that no handler can desynchronise a connection.
public struct HTTPResponseWriter: Sendable {
    private let now: @Sendable () -> Int
    private var second = -1
    private var date = ""

    /// `now` gives seconds since 1970-01-01T00:00:00Z.
    public init(now: @escaping @Sendable () -> Int) { self.now = now }

    /// Appends the answer to a request with `method`. A response that must not go on a wire (status outside 200-599,
    /// a field that forges another) becomes 500.
    public mutating func write(
        _ response: HTTPResponse, answering method: HTTPMethod = .get, closing: Bool, into out: inout [UInt8]
    ) {
        guard Self.isSendable(response) else {
            return write(Self.unsendable, answering: method, closing: closing, into: &out)
        }
        let hasLength = Self.mayHaveBody(response.status)
        writeHead(response, framing: hasLength ? .length(response.body.count) : .none, closing: closing, into: &out)
        if method != .head, hasLength { out.append(contentsOf: response.body) }
    }

    /// Appends the head of an answer whose body comes in pieces, and tells how they are to be written; nil when none
    /// may follow. The connection of an HTTP/1.0 client closes at the end of them.
    public mutating func writeHead(
        streaming head: HTTPResponse, answering method: HTTPMethod, isHTTP11: Bool, closing: Bool,
        into out: inout [UInt8]
    ) -> HTTPPieces? {
        guard Self.isSendable(head), Self.mayHaveBody(head.status) else {
            write(head, answering: method, closing: closing, into: &out)
            return nil
        }
        writeHead(head, framing: isHTTP11 ? .chunked : .none, closing: closing || !isHTTP11, into: &out)
        return method == .head ? nil : isHTTP11 ? .chunked : .untilClose
    }

    /// Lets the client send the body it holds back (RFC 9110, section 15.2.1).
    public static func writeContinue(into out: inout [UInt8]) {
        out.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
    }

    private static func isSendable(_ response: HTTPResponse) -> Bool {
        (200...599).contains(response.status) && response.fields.firstUnsendable == nil
    }

    private static var unsendable: HTTPResponse {
        .problem(500, code: "unsendable", title: "The answer could not be written")
    }

    private enum Framing {
        case length(Int), chunked, none

        var line: String {
            switch self {
            case .length(let count): "Content-Length: \(count)\r\n"
            case .chunked: "Transfer-Encoding: chunked\r\n"
            case .none: ""
            }
        }
    }

    private mutating func writeHead(
        _ response: HTTPResponse, framing: Framing, closing: Bool, into out: inout [UInt8]
    ) {
        out.append(contentsOf: Self.statusLine(response.status).utf8)
        for field in response.fields.all where !Self.isOwn(field) {
            out.append(contentsOf: field.name.utf8)
            out.append(contentsOf: ": ".utf8)
            out.append(contentsOf: field.value.utf8)
            out.append(contentsOf: "\r\n".utf8)
        }
        out.append(contentsOf: framing.line.utf8)
        if closing { out.append(contentsOf: "Connection: close\r\n".utf8) }
        out.append(contentsOf: currentDate().utf8)
    }

    /// The last line of every head and the empty line after it.
    private mutating func currentDate() -> String {
        let second = now()
        if second != self.second { (self.second, date) = (second, "Date: \(HTTPDate.text(second))\r\n\r\n") }
        return date
    }

    /// RFC 9110, sections 6.4.1 and 8.6: neither body nor length.
    private static func mayHaveBody(_ status: Int) -> Bool { status != 204 && status != 304 }

    private static func isOwn(_ field: HTTPFields.Field) -> Bool {
        field.isNamed("Content-Length") || field.isNamed("Transfer-Encoding") || field.isNamed("Connection")
            || field.isNamed("Date")
    }

    /// A status without a name here has an empty one: the phrase carries no meaning (RFC 9112, section 4).
    private static func statusLine(_ status: Int) -> String {
        status == 200 ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 \(status) \(reasons[status] ?? "")\r\n"
    }

    private static let reasons = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 302: "Found", 303: "See Other",
        304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 409: "Conflict", 413: "Content Too Large", 414: "URI Too Long",
        415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests",
        431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
    ]
}

/// What the header fields of a request say about its end and about the connection (RFC 9112, sections 6 and 9).
struct HTTPFraming: Sendable {
    enum Body: Sendable, Equatable {
        case length(Int)
        case chunked
    }

    /// Nil only for HTTP/1.0.
    private(set) var host: String?
    let body: Body
    let keepAlive: Bool
    private(set) var expectsContinue = false

    init(_ fields: HTTPFields, isHTTP11: Bool) throws(HTTPParseError) {
        var (length, coding): (String?, String?)
        var closes = !isHTTP11
        for field in fields.all {
            if field.isNamed("Host") {
                try Self.set(&host, field.value, else: .host)
            } else if field.isNamed("Content-Length") {
                try Self.set(&length, field.value, else: .contentLength)
            } else if field.isNamed("Transfer-Encoding") {
                try Self.set(&coding, field.value, else: .transferEncoding)
            } else if field.isNamed("Connection") {
                closes = closes || Self.list(field.value).contains("close")
            } else if field.isNamed("Expect") {
                expectsContinue = isHTTP11 && field.value.lowercased() == "100-continue"
            }
        }
        guard host.map(HTTPAuthority.isValid) ?? !isHTTP11 else { throw .host }
        body = try Self.body(length: length, coding: coding, isHTTP11: isHTTP11)
        keepAlive = !closes
    }

    /// A field that decides where a request ends or whom it is for stands once, even if two say the same.
    private static func set(_ slot: inout String?, _ value: String, else error: HTTPParseError) throws(HTTPParseError) {
        guard slot == nil else { throw error }
        slot = value
    }

    private static func body(length: String?, coding: String?, isHTTP11: Bool) throws(HTTPParseError) -> Body {
        guard let coding else { return .length(try length.map(count) ?? 0) }
        guard isHTTP11, length == nil else { throw .transferEncoding }
        try checkCoding(coding)
        return .chunked
    }

    private static func count(_ value: String) throws(HTTPParseError) -> Int {
        guard value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let count = Int(value)
        else { throw .contentLength }
        return count
    }

    /// Only `chunked`. A known end with an unknown coding before it is 501, an end in doubt is 400
    /// (RFC 9112, sections 6.1 and 6.3).
    private static func checkCoding(_ value: String) throws(HTTPParseError) {
        let codings = list(value)
        guard codings.last == "chunked", codings.filter({ $0 == "chunked" }).count == 1,
            codings.allSatisfy({ !$0.isEmpty })
        else { throw .transferEncoding }
        guard codings.count == 1 else { throw .codingUnknown }
    }

    private static func list(_ value: String) -> [String] {
        value.lowercased().split(separator: ",", omittingEmptySubsequences: false).map { element in
            String(element.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        }
    }

    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
}

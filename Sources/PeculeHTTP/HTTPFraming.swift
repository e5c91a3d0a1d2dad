/// What the header fields of a request say about its end and about the connection (RFC 9112, sections 6 and 9).
struct HTTPFraming: Sendable {
    enum Body: Sendable, Equatable {
        case length(Int)
        case chunked
    }

    let body: Body
    let keepAlive: Bool
    let expectsContinue: Bool

    init(_ fields: HTTPFields, isHTTP11: Bool) throws(HTTPParseError) {
        try Self.checkHost(fields, isRequired: isHTTP11)
        let lengths = fields.values(of: "Content-Length")
        let codings = fields.values(of: "Transfer-Encoding")
        if codings.isEmpty {
            body = .length(try Self.length(lengths))
        } else {
            guard isHTTP11, codings.count == 1, lengths.isEmpty else { throw .transferEncoding }
            try Self.checkCoding(codings[0])
            body = .chunked
        }
        keepAlive = isHTTP11 && !fields.values(of: "Connection").contains { Self.list($0).contains("close") }
        expectsContinue = isHTTP11 && fields.values(of: "Expect").contains { $0.lowercased() == "100-continue" }
    }

    private static func checkHost(_ fields: HTTPFields, isRequired: Bool) throws(HTTPParseError) {
        let hosts = fields.values(of: "Host")
        guard hosts.count <= 1, hosts.count == 1 || !isRequired, hosts.allSatisfy(HTTPAuthority.isValid)
        else { throw .host }
    }

    private static func length(_ values: [String]) throws(HTTPParseError) -> Int {
        guard let value = values.first else { return 0 }
        guard values.count == 1, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let length = Int(value)
        else { throw .contentLength }
        return length
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

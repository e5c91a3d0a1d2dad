/// `GET /path?query HTTP/1.1` (RFC 9112, section 3).
struct HTTPRequestLine {
    let method: HTTPMethod
    let target: String
    /// False for HTTP/1.0, which has neither chunks nor lasting connections.
    let isHTTP11: Bool

    init(_ line: ArraySlice<UInt8>) throws(HTTPParseError) {
        let space = UInt8(ascii: " ")
        guard let first = line.firstIndex(of: space), let last = line.lastIndex(of: space), first < last
        else { throw .requestLine }
        isHTTP11 = try Self.isHTTP11(line[(last + 1)...])
        method = try Self.method(line[..<first])
        target = try Self.target(line[(first + 1)..<last])
    }

    private static func method(_ token: ArraySlice<UInt8>) throws(HTTPParseError) -> HTTPMethod {
        if let method = HTTPMethod(rawValue: String(decoding: token, as: UTF8.self)) { return method }
        throw !token.isEmpty && token.allSatisfy(HTTPSyntax.isToken) ? .methodTooLong : .requestLine
    }

    /// A fragment never leaves a browser (RFC 9110, section 7.1), so its sign is no part of a target.
    private static func target(_ bytes: ArraySlice<UInt8>) throws(HTTPParseError) -> String {
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") })
        else { throw .target }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isHTTP11(_ version: ArraySlice<UInt8>) throws(HTTPParseError) -> Bool {
        guard version.count == 8, version.starts(with: "HTTP/".utf8) else { throw .requestLine }
        let (major, dot, minor) = (version[version.startIndex + 5], version[version.startIndex + 6], version.last)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard digits.contains(major), dot == UInt8(ascii: "."), let minor, digits.contains(minor)
        else { throw .requestLine }
        guard major == UInt8(ascii: "1"), minor <= UInt8(ascii: "1") else { throw .version }
        return minor == UInt8(ascii: "1")
    }
}

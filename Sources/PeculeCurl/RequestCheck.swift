import PeculeHTTP

/// Refuses, before anything is opened, a request that would not go on the wire as it stands.
enum RequestCheck {
    /// Fields by which a message ends or a connection changes hands: the transport alone writes them.
    private static let reserved: Set<String> = [
        "connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    /// Nil when the request may be sent; else why not, in words that hold nothing of the request.
    static func complaint(about request: HTTPRequest) -> String? {
        if let complaint = complaint(about: request.target) { return complaint }
        if request.fields.firstUnsendable != nil { return "a header field cannot stand on a wire" }
        if request.fields.all.contains(where: { reserved.contains($0.name.lowercased()) }) {
            return "a header field is the transport's own"
        }
        if request.method == .head, !request.body.isEmpty { return "HEAD has no body" }
        return nil
    }

    /// A URL that two parsers could read differently is refused rather than understood (RFC 3986, section 3.2).
    private static func complaint(about target: String) -> String? {
        let bytes = target.utf8
        guard bytes.allSatisfy(isOfURL) else { return "the target has a character that no URL has" }
        guard let scheme = schemes.first(where: { bytes.starts(with: $0) { $0 | 0x20 == $1 } }) else {
            return "the target is no http or https URL"
        }
        let authority = bytes.dropFirst(scheme.count).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        if authority.isEmpty { return "the target names no host" }
        return authority.contains(UInt8(ascii: "@")) ? "the target carries credentials" : nil
    }

    private static let schemes = [Array("https://".utf8), Array("http://".utf8)]

    /// A visible character, but none of those that RFC 3986 leaves out, and no `#`: a fragment is not sent.
    private static func isOfURL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: (0x21...0x7E).contains(byte)
        }
    }
}

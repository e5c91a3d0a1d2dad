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
        guard target.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !ambiguous.contains($0) }) else {
            return "the target has a character that no URL has"
        }
        let lowercased = target.prefix(8).lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowercased.hasPrefix) else {
            return "the target is no http or https URL"
        }
        let authority = target.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        if authority.isEmpty { return "the target names no host" }
        return authority.contains("@") ? "the target carries credentials" : nil
    }

    private static let ambiguous = Set("\\#\"<>^`{|}".utf8)
}

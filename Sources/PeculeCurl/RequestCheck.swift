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
        do throws(AbsoluteTarget.Complaint) { _ = try AbsoluteTarget(request.target) } catch { return error.text }
        if request.fields.firstUnsendable != nil { return "a header field cannot stand on a wire" }
        if request.fields.all.contains(where: { reserved.contains($0.name.lowercased()) }) {
            return "a header field is the transport's own"
        }
        if request.method == .head, !request.body.isEmpty { return "HEAD has no body" }
        return nil
    }
}

import PeculeHTTP

/// The cookie of one approval: its path is that of the approval, so that two in one browser do not meet.
enum Cookie {
    private static let name = "approval"

    static func text(_ session: String, path: String, address: String) -> String {
        let secure = address.hasPrefix("https://") ? "; Secure" : ""
        return "\(name)=\(session); Path=\(path); HttpOnly; SameSite=Lax\(secure)"
    }

    /// Nil when the cookie is absent or stands twice.
    static func session(_ request: HTTPRequest) -> String? { request.fields.cookie(name) }
}

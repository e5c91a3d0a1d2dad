import PeculeHTTP

/// The cookie of one approval: its path is that of the approval, so that two in one browser do not meet.
enum Cookie {
    private static let name = "approval"

    static func text(_ session: String, path: String, address: String) -> String {
        let secure = address.hasPrefix("https://") ? "; Secure" : ""
        return "\(name)=\(session); Path=\(path); HttpOnly; SameSite=Lax\(secure)"
    }

    /// Nil when the cookie is absent or stands twice.
    static func session(_ request: HTTPRequest) -> String? {
        let pairs = request.fields.values(of: "Cookie").flatMap { $0.split(separator: ";") }
        let found = pairs.map { $0.drop { $0 == " " } }.filter { $0.hasPrefix(name + "=") }
        return found.count == 1 ? String(found[0].dropFirst(name.count + 1)) : nil
    }
}

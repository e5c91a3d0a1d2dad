import PeculeHTTP

/// The cookie of one approval: its path is that of the approval, so that two in one browser do not meet.
enum Cookie {
    private static let name = "approval"
    private static let start = Array("\(name)=".utf8)

    static func text(_ session: String, path: String, address: String) -> String {
        let secure = address.hasPrefix("https://") ? "; Secure" : ""
        return "\(name)=\(session); Path=\(path); HttpOnly; SameSite=Lax\(secure)"
    }

    /// Nil when the cookie is absent or stands twice.
    static func session(_ request: HTTPRequest) -> String? {
        let pairs = request.fields.values(of: "Cookie").flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }
        let found = pairs.map { $0.drop { $0 == UInt8(ascii: " ") } }.filter { $0.starts(with: start) }
        return found.count == 1 ? String(found[0].dropFirst(start.count)) : nil
    }
}

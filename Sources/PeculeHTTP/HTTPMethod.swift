/// A request method (RFC 9110, section 9): case-sensitive token.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    /// Nil when the text is not a token of RFC 9110, section 5.6.2, or is longer than 16 bytes.
    public init?(rawValue: String) {
        guard (1...16).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy(HTTPSyntax.isToken) else { return nil }
        self.rawValue = rawValue
    }

    private init(known: String) { rawValue = known }

    public static let get = HTTPMethod(known: "GET")
    public static let head = HTTPMethod(known: "HEAD")
    public static let post = HTTPMethod(known: "POST")
    public static let put = HTTPMethod(known: "PUT")
    public static let patch = HTTPMethod(known: "PATCH")
    public static let delete = HTTPMethod(known: "DELETE")
    public static let options = HTTPMethod(known: "OPTIONS")

    public var description: String { rawValue }
}

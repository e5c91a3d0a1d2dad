/// What a portal knows of the payer's browser, for banks that look at it when they judge a risk (`PSU-IP-Address`,
/// `PSU-User-Agent`). Personal data: kept with the transfer until it ends.
public struct PayerConnection: Sensitive, Hashable {
    /// Four numbers with dots: the standards' field takes nothing else.
    public let ipv4: String?
    /// Printable ASCII, at most 50 characters, which is what some banks take.
    public let userAgent: String?

    public static let unknown = PayerConnection(ipAddress: nil, userAgent: nil)

    /// As the portal received them; what no bank takes is left out, and a longer user agent is cut.
    public init(ipAddress: String?, userAgent: String?) {
        ipv4 = ipAddress.flatMap { Self.isIPv4($0) ? $0 : nil }
        let plain = userAgent?.unicodeScalars.filter { (" "..."~").contains($0) }.prefix(50)
        self.userAgent = plain.flatMap { $0.isEmpty ? nil : String(String.UnicodeScalarView($0)) }
    }

    private static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(\.isDigit) && UInt8(part) != nil
        }
    }

    public var revealed: String { [ipv4, userAgent].compactMap(\.self).joined(separator: " ") }
    public var mask: String { self == .unknown ? "no connection" : "connection •••" }

    // Beside the answers, under names that no question has.
    private static let address = "PSU-IP-Address"
    private static let agent = "PSU-User-Agent"

    init(texts: [String: String]) { self.init(ipAddress: texts[Self.address], userAgent: texts[Self.agent]) }

    var texts: [String: String] {
        [Self.address: ipv4, Self.agent: userAgent].compactMapValues(\.self)
    }
}

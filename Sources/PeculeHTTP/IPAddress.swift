/// The address of a machine, as its bytes: 4 (IPv4) or 16 (IPv6).
public struct IPAddress: Sendable, Hashable {
    public let bytes: [UInt8]

    /// Nil for any other number of bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads `192.0.2.1` or `2001:db8::1`: the one way to write each number, and no IPv4 inside IPv6.
    public init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.sixteen(text) : Self.four(text) else { return nil }
        self.init(bytes)
    }

    private static func four(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part in UInt8(part).flatMap { String($0) == part ? $0 : nil } }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func sixteen(_ text: String) -> [UInt8]? {
        // The two sides of the one gap, which stands for at least one group of zeros.
        let sides = text.split(separator: "::", omittingEmptySubsequences: false).map(groups)
        switch sides.count {
        case 1: return sides[0].flatMap { $0.count == 16 ? $0 : nil }
        case 2:
            guard let head = sides[0], let tail = sides[1], head.count + tail.count <= 14 else { return nil }
            return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
        default: return nil
        }
    }

    private static func groups(_ side: Substring) -> [UInt8]? {
        guard !side.isEmpty else { return [] }
        let parts = side.split(separator: ":", omittingEmptySubsequences: false)
        let groups = parts.compactMap { $0.allSatisfy(\.isHexDigit) && $0.count <= 4 ? UInt16($0, radix: 16) : nil }
        return groups.count == parts.count ? groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } : nil
    }

    /// Whether anybody on the internet may have it: none of the special-purpose addresses of IANA's registries
    /// (RFC 6890), and no IPv6 address that stands for an IPv4 one.
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.specialIPv4.contains { $0.contains(self) } }
        return Self.unicastIPv6.contains { $0.contains(self) } && !Self.specialIPv6.contains { $0.contains(self) }
    }

    private static let specialIPv4 = networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
        // Link-local, where clouds answer about themselves, and the address at which Azure does.
        "169.254.0.0/16", "168.63.129.16/32", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        // Documentation, multicast, reserved and broadcast.
        "203.0.113.0/24", "224.0.0.0/3")

    private static let unicastIPv6 = networks("2000::/3")

    /// Within 2000::/3: protocol assignments with Teredo, documentation twice, 6to4.
    private static let specialIPv6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

    private static func networks(_ texts: String...) -> [IPNetwork] { texts.compactMap(IPNetwork.init) }
}

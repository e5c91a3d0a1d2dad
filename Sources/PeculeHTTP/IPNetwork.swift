/// Addresses whose first bits are the same, such as `10.20.0.0/16` or `fd12:3456::/32`.
public struct IPNetwork: Sendable, Hashable, CustomStringConvertible {
    private let prefix: [UInt8]
    private let length: Int
    public let description: String

    /// Nil unless the text is an address, `/` and a number of bits, and nothing stands behind these bits.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let address = IPAddress(parts[0]), let length = Int(parts[1]),
            String(length) == parts[1], (0...address.bytes.count * 8).contains(length)
        else { return nil }
        (prefix, self.length, description) = (address.bytes, length, text)
        let rest = (length..<prefix.count * 8).allSatisfy { prefix[$0 / 8] & Self.mask($0) == 0 }
        guard rest else { return nil }
    }

    /// Whether the address is of this network.
    public func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == prefix.count else { return false }
        return (0..<length).allSatisfy { address.bytes[$0 / 8] & Self.mask($0) == prefix[$0 / 8] & Self.mask($0) }
    }

    /// This machine.
    public static let loopback = ["127.0.0.0/8", "::1/128"].compactMap(IPNetwork.init)

    /// Whether only a house of its own has such addresses (RFC 1918, RFC 4193, RFC 6598), or this machine.
    public var isInside: Bool {
        Self.inside.contains { network in
            network.length <= length && IPAddress(prefix).map(network.contains) == true
        }
    }

    private static let inside =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].compactMap(IPNetwork.init)
        + loopback

    private static func mask(_ bit: Int) -> UInt8 { 0x80 >> UInt8(bit % 8) }
}

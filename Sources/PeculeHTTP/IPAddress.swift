/// The address of a machine, as its bytes: 4 (IPv4) or 16 (IPv6).
public struct IPAddress: Sendable, Hashable {
    public let bytes: [UInt8]

    /// Nil for any other number of bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// 127.0.0.0/8 and ::1: this machine.
    public var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }

    /// Whether anybody on the internet may have it: none of the special-purpose addresses of IANA's registries
    /// (RFC 6890), and no IPv6 address that stands for an IPv4 one.
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.specialIPv4.contains { $0.contains(self) } }
        return Self.unicastIPv6.contains(self) && !Self.specialIPv6.contains { $0.contains(self) }
    }

    /// Addresses whose first bits are the same.
    private struct Network {
        let prefix: [UInt8]
        let length: Int

        init(_ prefix: UInt8..., length: Int) { (self.prefix, self.length) = (prefix, length) }

        func contains(_ address: IPAddress) -> Bool {
            (0..<length).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                let expected = bit / 8 < prefix.count ? prefix[bit / 8] : 0
                return address.bytes[bit / 8] & mask == expected & mask
            }
        }
    }

    private static let specialIPv4 = [
        Network(0, length: 8), Network(10, length: 8), Network(100, 64, length: 10), Network(127, length: 8),
        // Link-local, where clouds answer about themselves, and the address at which Azure does.
        Network(169, 254, length: 16), Network(168, 63, 129, 16, length: 32), Network(172, 16, length: 12),
        Network(192, 0, 0, length: 24), Network(192, 0, 2, length: 24), Network(192, 88, 99, length: 24),
        Network(192, 168, length: 16), Network(198, 18, length: 15), Network(198, 51, 100, length: 24),
        // Documentation, multicast, reserved and broadcast.
        Network(203, 0, 113, length: 24), Network(224, length: 3),
    ]

    private static let unicastIPv6 = Network(0x20, length: 3)

    /// Within 2000::/3: protocol assignments with Teredo, documentation twice, 6to4.
    private static let specialIPv6 = [
        Network(0x20, 0x01, 0x00, length: 23), Network(0x20, 0x01, 0x0D, 0xB8, length: 32),
        Network(0x20, 0x02, length: 16), Network(0x3F, 0xFF, length: 20),
    ]
}

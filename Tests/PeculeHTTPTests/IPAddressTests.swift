import Glibc
import PeculeHTTP
import Testing

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("8.8.8.8", true), ("1.1.1.1", true), ("100.63.255.255", true), ("100.128.0.0", true), ("172.15.0.1", true),
        ("172.32.0.1", true), ("192.0.1.1", true), ("198.17.1.1", true), ("198.20.1.1", true),
        ("223.255.255.255", true), ("168.63.129.15", true),
        ("0.0.0.0", false), ("0.1.2.3", false), ("10.0.0.1", false), ("100.64.0.1", false), ("100.100.100.200", false),
        ("100.127.255.255", false), ("127.0.0.1", false), ("127.255.255.255", false), ("169.254.169.254", false),
        ("168.63.129.16", false), ("172.16.0.1", false), ("172.31.255.255", false), ("192.0.0.192", false),
        ("192.0.2.1", false), ("192.88.99.1", false), ("192.168.1.1", false), ("198.18.0.1", false),
        ("198.19.255.255", false), ("198.51.100.7", false), ("203.0.113.9", false), ("224.0.0.1", false),
        ("239.255.255.250", false), ("240.0.0.1", false), ("255.255.255.255", false),
        ("2606:4700::1111", true), ("2a00:1450:4007::1", true), ("2001:4860:4860::8888", true),
        ("::", false), ("::1", false), ("::127.0.0.1", false), ("::ffff:127.0.0.1", false),
        ("::ffff:8.8.8.8", false), ("64:ff9b::7f00:1", false), ("64:ff9b:1::1", false), ("100::1", false),
        ("2001::1", false), ("2001:10::1", false), ("2001:20::1", false), ("2001:db8::1", false),
        ("2002:7f00:1::", false), ("3fff::1", false), ("5f00::1", false), ("fc00::1", false),
        ("fd00:ec2::254", false), ("fe80::1", false), ("fec0::1", false), ("ff02::1", false),
    ])
    func mayBeAnybodys(text: String, isPublic: Bool) throws {
        #expect(try #require(Self.address(text)).isPublic == isPublic)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("128.0.0.1", false), ("::1", true), ("::2", false),
        ("::ffff:127.0.0.1", false),
    ])
    func isThisMachine(text: String, isLoopback: Bool) throws {
        #expect(try #require(Self.address(text)).isLoopback == isLoopback)
    }

    @Test(arguments: [0, 3, 5, 15, 17]) func hasFourOrSixteenBytes(count: Int) {
        #expect(IPAddress([UInt8](repeating: 1, count: count)) == nil)
    }

    private static func address(_ text: String) -> IPAddress? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let isIPv6 = text.contains(":")
        guard inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &bytes) == 1 else { return nil }
        return IPAddress(Array(bytes.prefix(isIPv6 ? 16 : 4)))
    }
}

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

    @Test("read from text as the system reads it", arguments: [
        "0.0.0.0", "10.20.30.40", "255.255.255.255", "::", "::1", "1::", "fe80::1", "2001:db8:0:1:2:3:4:5",
        "2001:DB8::a:b", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
    ])
    func read(text: String) { #expect(IPAddress(text) != nil && IPAddress(text) == Self.address(text)) }

    @Test("no address", arguments: [
        "", ".", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.+4", "1.2.3.4 ", "127.1", "0x7f.0.0.1", ":",
        ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "+1::",
        "::ffff:127.0.0.1", "fe80::1%eth0", "[::1]", "1:", ":1",
    ])
    func refused(text: String) { #expect(IPAddress(text) == nil) }

    @Test("a network holds the addresses that begin as it does", arguments: [
        ("10.20.0.0/16", "10.20.255.1", true), ("10.20.0.0/16", "10.21.0.1", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("0.0.0.0/0", "::1", false), ("::/0", "8.8.8.8", false), ("10.20.30.40/32", "10.20.30.40", true),
        ("10.20.30.40/32", "10.20.30.41", false), ("172.16.0.0/12", "172.31.0.1", true),
        ("172.16.0.0/12", "172.32.0.1", false), ("fd12:3456::/32", "fd12:3456:1::1", true),
        ("fd12:3456::/32", "fd12:3457::1", false), ("127.0.0.0/8", "127.9.9.9", true), ("::1/128", "::2", false),
    ])
    func holds(network: String, address: String, isInside: Bool) throws {
        let (network, address) = (try #require(IPNetwork(network)), try #require(IPAddress(address)))
        #expect(network.contains(address) == isInside)
    }

    @Test("no network", arguments: [
        "", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.20.0.1/16", "::1/64",
        "::/129", "10.0.0.0/8/8", "inside.example/8",
    ])
    func noNetwork(text: String) { #expect(IPNetwork(text) == nil) }

    @Test("only a house of its own has such addresses, or this machine", arguments: [
        ("10.0.0.0/8", true), ("10.20.0.0/16", true), ("192.168.1.0/24", true), ("172.16.0.0/12", true),
        ("172.16.0.0/11", nil), ("100.64.0.0/10", true), ("fd00::/8", true), ("127.0.0.1/32", true), ("::1/128", true),
        ("0.0.0.0/0", false), ("8.0.0.0/8", false), ("169.254.0.0/16", false), ("fe80::/10", false), ("::/0", false),
        ("10.0.0.0/7", false),
    ] as [(String, Bool?)])
    func inside(text: String, isInside: Bool?) { #expect(IPNetwork(text)?.isInside == isInside) }

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

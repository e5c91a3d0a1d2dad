/// An absolute `http` or `https` address, read strictly: no user part, no fragment, nothing that two readers could
/// understand differently.
package struct WebAddress: Sendable, Equatable {
    package let text: String
    package let scheme: String
    /// Host and port as written.
    package let authority: String

    package init?(_ text: String) {
        guard (8...2048).contains(text.utf8.count), HTTPSyntax.isAll(text, Self.isAllowed),
            let colon = text[...].firstIndex(ofByte: UInt8(ascii: ":")), text[colon...].utf8.starts(with: "://".utf8)
        else { return nil }
        scheme = String(text[..<colon])
        let rest = text[text.utf8.index(colon, offsetBy: 3)...]
        let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == Self.mark }
        authority = String(rest[..<(end ?? rest.endIndex)])
        guard scheme == "http" || scheme == "https", !authority.isEmpty, !authority.utf8.contains(UInt8(ascii: "@")),
            Self.host(of: authority) != nil, !Self.hasDotSegment(rest)
        else { return nil }
        self.text = text
    }

    package var origin: String { scheme + "://" + authority }
    package var isLoopback: Bool { ["127.0.0.1", "localhost", "[::1]"].contains(Self.host(of: authority)) }
    package var isPlainLoopback: Bool { scheme == "http" && isLoopback }
    /// A place where nobody on the way can read or change what the payer brings back.
    package var isSafeReturn: Bool { scheme == "https" || isLoopback }

    /// The address with more query parameters.
    package func appending(_ form: URLForm) -> String {
        let sign = !text.utf8.contains(Self.mark) ? "?" : text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&"
        return text + sign + form.text
    }

    private static let mark = UInt8(ascii: "?")

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: (0x21...0x7E).contains(byte)
        }
    }

    private static func hasDotSegment(_ rest: Substring) -> Bool {
        let path = rest[..<(rest.firstIndex(ofByte: mark) ?? rest.endIndex)]
        return path.parts(at: UInt8(ascii: "/")).contains { $0 == "." || $0 == ".." }
    }

    /// What stands before the port; nil when either is not well-formed.
    private static func host(of authority: String) -> Substring? {
        let bytes = authority.utf8
        let bracket = bytes.first == UInt8(ascii: "[") ? bytes.firstIndex(of: UInt8(ascii: "]")) : nil
        let hostEnd = bracket.map(bytes.index(after:)) ?? bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        let (host, rest) = (authority[..<hostEnd], bytes[hostEnd...])
        guard isHost(host) else { return nil }
        if rest.isEmpty { return host }
        let digits = rest.dropFirst()
        guard rest.first == UInt8(ascii: ":"), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(Substring(digits)), (1...65535).contains(port)
        else { return nil }
        return host
    }

    private static func isHost(_ host: Substring) -> Bool {
        if host.first == "[" { return host == "[::1]" }
        return !host.isEmpty && host.last != "." && host.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
        }
    }
}

/// A target in absolute form (`https://bank.example/path`), refused rather than understood where two parsers could read
/// it differently (RFC 3986, section 3.2).
package struct AbsoluteTarget: Sendable {
    package let isSecure: Bool
    /// Host and perhaps port.
    package let authority: String

    /// Why a text is none, in words that hold nothing of it.
    package struct Complaint: Error {
        package let text: String
    }

    package init(_ target: String) throws(Complaint) {
        let bytes = target.utf8
        guard bytes.allSatisfy(Self.isOfURL) else {
            throw Complaint(text: "the target has a character that no URL has")
        }
        guard let scheme = Self.schemes.first(where: { bytes.starts(with: $0) { $0 | 0x20 == $1 } }) else {
            throw Complaint(text: "the target is no http or https URL")
        }
        let authority = bytes.dropFirst(scheme.count).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        if authority.isEmpty { throw Complaint(text: "the target names no host") }
        if authority.contains(UInt8(ascii: "@")) { throw Complaint(text: "the target carries credentials") }
        (isSecure, self.authority) = (scheme == Self.schemes[0], String(Substring(authority)))
    }

    /// The host's name, or its address without brackets, as a resolver takes it; nil when the authority is none.
    package var host: String? {
        guard HTTPAuthority.isValid(authority) else { return nil }
        let isLiteral = authority.hasPrefix("[")
        return String(isLiteral ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" })
    }

    private static let schemes = [Array("https://".utf8), Array("http://".utf8)]

    /// A visible character, but none of those that RFC 3986 leaves out, and no `#`: a fragment is not sent.
    private static func isOfURL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: (0x21...0x7E).contains(byte)
        }
    }
}

import PeculeHTTP

/// An absolute address at a bank that we may call or send a payer to: https, or http on this machine.
struct BankAddress {
    let text: String
    /// What stands after the `?`, if anything does.
    let query: Substring?
    /// Scheme, host and port.
    let origin: Substring

    /// Nil for another scheme, user information, a host that is no name or IPv4 address, a port that is no number, a
    /// fragment, anything but printable ASCII, or over 4096 characters.
    init?(_ text: String) {
        guard (1...4096).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed),
            let scheme = ["https://", "http://"].first(where: text.hasPrefix)
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        let authority = rest[..<end]
        let host = authority[..<(authority.utf8.firstIndex(of: UInt8(ascii: ":")) ?? end)]
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isOfHost), Self.isPort(authority[host.endIndex...]),
            scheme == "https://" || host == "127.0.0.1" || host == "localhost"
        else { return nil }
        self.text = text
        origin = text[..<end]
        query = rest.utf8.firstIndex(of: UInt8(ascii: "?")).map { rest[rest.index(after: $0)...] }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): false
        default: (0x21...0x7E).contains(byte)
        }
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || !text.contains("+") && (UInt16(text.dropFirst()) ?? 0) > 0
    }

    /// The address with further parameters, encoded.
    func appending(_ parameters: [(name: String, value: String)]) -> String {
        let joint = query == nil ? "?" : query?.isEmpty == true ? "" : "&"
        return text + joint + URLForm(parameters).text
    }
}

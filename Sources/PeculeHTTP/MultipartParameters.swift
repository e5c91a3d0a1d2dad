/// A value with parameters, such as `form-data; name="photo"`, read the one way that every reader agrees on.
struct MultipartParameters {
    /// In lower case.
    let value: String
    /// Names in lower case.
    private let pairs: [(name: String, value: String)]

    /// Nil for what is not of that form, and for a name that stands twice.
    init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        value = Self.token(&rest, also: UInt8(ascii: "/")).lowercased()
        guard !value.isEmpty else { return nil }
        var pairs: [(name: String, value: String)] = []
        while Self.skip(UInt8(ascii: ";"), &rest) {
            let name = Self.token(&rest).lowercased()
            guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "="), let value = Self.parameter(&rest),
                !pairs.contains(where: { $0.name == name })
            else { return nil }
            pairs.append((name, value))
        }
        guard rest.isEmpty else { return nil }
        self.pairs = pairs
    }

    subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    private static func skip(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> Bool {
        rest = rest.drop(while: HTTPSyntax.isSpace)
        guard rest.first == byte else { return false }
        rest = rest.dropFirst().drop(while: HTTPSyntax.isSpace)
        return true
    }

    private static func token(_ rest: inout ArraySlice<UInt8>, also other: UInt8? = nil) -> String {
        let token = rest.prefix { HTTPSyntax.isToken($0) || $0 == other }
        rest = rest.dropFirst(token.count)
        return String(decoding: token, as: UTF8.self)
    }

    private static func parameter(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.first == UInt8(ascii: "\"") else {
            let token = token(&rest)
            return token.isEmpty ? nil : token
        }
        rest = rest.dropFirst()
        // As browsers write it (WHATWG HTML, "multipart form data"): a quote inside is %22, a backslash is itself.
        let quoted = rest.prefix { $0 != UInt8(ascii: "\"") }
        rest = rest.dropFirst(quoted.count)
        guard rest.popFirst() != nil else { return nil }
        return String(validating: quoted, as: UTF8.self)
    }
}

/// The line that separates parts (RFC 2046, section 5.1.1).
enum MultipartBoundary {
    /// `--` and the boundary.
    static func bytes(in contentType: String?) throws(MultipartError) -> [UInt8] {
        guard let contentType, let type = MultipartParameters(contentType), type.value == "multipart/form-data"
        else { throw .notMultipart }
        guard let boundary = type["boundary"], (1...70).contains(boundary.utf8.count), boundary.utf8.last != 0x20,
            boundary.utf8.allSatisfy(isBoundary)
        else { throw .boundary }
        return Array("--\(boundary)".utf8)
    }

    private static func isBoundary(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}

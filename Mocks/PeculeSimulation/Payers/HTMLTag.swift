/// An opening tag of plain HTML: its name, and attributes as ` name="value"` or ` name`.
struct HTMLTag {
    let name: String
    /// Where its `>` ends.
    let end: Int
    private let attributes: ArraySlice<UInt8>

    /// What follows a `<`; nil for a closing tag, a comment, or a tag that does not end.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let first = bytes.first, Self.isOfName(first), let close = bytes.firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        let tag = bytes[..<close]
        let word = tag.prefix { Self.isOfName($0) || (UInt8(ascii: "1")...UInt8(ascii: "6")).contains($0) }
        name = String(decoding: word, as: UTF8.self)
        attributes = tag[word.endIndex...]
        end = close + 1
    }

    /// An attribute's value, empty for one without; nil when it is absent.
    subscript(_ wanted: String) -> String? {
        var rest = attributes.drop { !Self.isOfName($0) }
        while !rest.isEmpty {
            let name = rest.prefix(while: Self.isOfName)
            rest = rest[name.endIndex...]
            var value: ArraySlice<UInt8> = []
            if rest.starts(with: "=\"".utf8) {
                value = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }
                rest = rest[value.endIndex...].dropFirst()
            }
            if name.elementsEqual(wanted.utf8) { return Self.plain(value) }
            rest = rest.drop { !Self.isOfName($0) }
        }
        return nil
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
    }

    /// Text without entities, its white space closed up.
    static func plain(_ html: ArraySlice<UInt8>) -> String {
        var text = String(decoding: html, as: UTF8.self)
        guard !html.allSatisfy(isItself) else { return text }
        for (entity, character) in entities where text.utf8.contains(UInt8(ascii: "&")) {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func isItself(_ byte: UInt8) -> Bool { (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "&") }

    private static let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
}

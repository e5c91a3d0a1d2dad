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
        guard !html.allSatisfy(isItself) else { return String(decoding: html, as: UTF8.self) }
        var text: [UInt8] = []
        var rest = html
        while let byte = rest.popFirst() {
            if isSpace(byte) {
                if let last = text.last, !isSpace(last) { text.append(0x20) }
            } else if byte == UInt8(ascii: "&"), let entity = entities.first(where: { rest.starts(with: $0.name) }) {
                text.append(entity.byte)
                rest = rest.dropFirst(entity.name.count)
            } else {
                text.append(byte)
            }
        }
        if let last = text.last, isSpace(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isItself(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: "&") }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// What follows the `&`.
    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#39;", "'"), ("amp;", "&"),
    ].map { (Array($0.utf8), Array($1.utf8)[0]) }
}

extension WebPage {
    /// Each opening tag, with the text up to the next tag.
    static func read(_ html: [UInt8], _ visit: (HTMLTag, ArraySlice<UInt8>) -> Void) {
        var rest = html[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(open + 1)...]
            guard let tag = HTMLTag(rest) else { continue }
            rest = rest[tag.end...]
            visit(tag, rest[..<(rest.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex)])
        }
    }
}

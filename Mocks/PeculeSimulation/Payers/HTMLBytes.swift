/// An opening tag of plain HTML, and the text up to the next tag: where they stand in a page. Attributes are written as
/// ` name="value"` or ` name`.
struct HTMLTag {
    fileprivate let name: Range<Int>
    fileprivate let attributes: Range<Int>
    fileprivate let text: Range<Int>
}

/// The bytes of a page in plain HTML.
struct HTMLBytes {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Every opening tag, in order.
    func read(_ visit: (HTMLTag) -> Void) {
        var place = end(from: 0) { $0 != UInt8(ascii: "<") }
        while place < bytes.count {
            let name = place + 1..<end(from: place + 1, of: Self.isOfName)
            let close = name.isEmpty ? place : end(from: name.upperBound) { $0 != UInt8(ascii: ">") }
            let start = min(close + 1, bytes.count)
            place = end(from: start) { $0 != UInt8(ascii: "<") }
            if !name.isEmpty {
                visit(HTMLTag(name: name, attributes: name.upperBound..<close, text: start..<place))
            }
        }
    }

    func name(of tag: HTMLTag) -> String { String(decoding: bytes[tag.name], as: UTF8.self) }

    /// An attribute's value, empty for one without; nil when it is absent.
    func attribute(_ wanted: String, of tag: HTMLTag) -> String? {
        var rest = tag.attributes.lowerBound
        while true {
            let start = end(from: rest) { !Self.isOfName($0) }
            guard start < tag.attributes.upperBound else { return nil }
            let name = start..<end(from: start, of: Self.isOfName)
            var value = name.upperBound..<name.upperBound
            if bytes[value.lowerBound...].prefix(2).elementsEqual("=\"".utf8) {
                value = value.lowerBound + 2..<end(from: value.lowerBound + 2) { $0 != UInt8(ascii: "\"") }
            }
            if name.count == wanted.utf8.count, bytes[name].elementsEqual(wanted.utf8) { return plain(value) }
            rest = value.upperBound + 1
        }
    }

    func text(of tag: HTMLTag) -> String { plain(tag.text) }

    /// The first place from there on whose byte is no such one.
    private func end(from start: Int, of isSuch: (UInt8) -> Bool) -> Int {
        var place = start
        while place < bytes.count, isSuch(bytes[place]) { place += 1 }
        return place
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "1")...UInt8(ascii: "6"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// Without entities, its white space closed up.
    private func plain(_ place: Range<Int>) -> String {
        guard !bytes[place].allSatisfy(Self.isItself) else { return String(decoding: bytes[place], as: UTF8.self) }
        var text: [UInt8] = []
        var rest = bytes[place]
        while let byte = rest.popFirst() {
            if Self.isSpace(byte) {
                if let last = text.last, !Self.isSpace(last) { text.append(0x20) }
            } else if byte == UInt8(ascii: "&"), let entity = Self.entity(rest) {
                text.append(entity.byte)
                rest = rest.dropFirst(entity.name.count)
            } else {
                text.append(byte)
            }
        }
        if let last = text.last, Self.isSpace(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isItself(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: "&") }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func entity(_ rest: ArraySlice<UInt8>) -> (name: [UInt8], byte: UInt8)? {
        entities.first { rest.starts(with: $0.name) }
    }

    /// What follows the `&`.
    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#39;", "'"), ("amp;", "&"),
    ].map { (Array($0.utf8), Array($1.utf8)[0]) }
}

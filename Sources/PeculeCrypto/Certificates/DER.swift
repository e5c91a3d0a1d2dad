/// The few forms of DER (X.690, section 10) that certificates' own statements are written in.
enum DER {
    enum Tag {
        static let oid: UInt8 = 0x06
        static let utf8: UInt8 = 0x0C
        static let sequence: UInt8 = 0x30
    }

    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

    static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(Tag.sequence, Array(elements.joined())) }

    static func utf8(_ text: String) -> [UInt8] { element(Tag.utf8, Array(text.utf8)) }

    static func oid(_ arcs: [Int]) -> [UInt8] { element(Tag.oid, oidContent(arcs)) }

    /// The first two arcs share a number; every number is written in digits of 7 bits (X.690, section 8.19).
    static func oidContent(_ arcs: [Int]) -> [UInt8] {
        precondition(arcs.count >= 2 && arcs.allSatisfy { $0 >= 0 }, "an object identifier has two arcs or more")
        return ([arcs[0] * 40 + arcs[1]] + arcs[2...]).flatMap { number in
            var digits = [UInt8(number & 0x7F)]
            var rest = number >> 7
            while rest > 0 {
                digits.append(UInt8(rest & 0x7F) | 0x80)
                rest >>= 7
            }
            return digits.reversed()
        }
    }

    private static func length(_ count: Int) -> [UInt8] {
        if count < 0x80 { return [UInt8(count)] }
        let bytes = Array(withUnsafeBytes(of: count.bigEndian, Array.init).drop { $0 == 0 })
        return [0x80 | UInt8(bytes.count)] + bytes
    }
}

/// Takes one element after the other; what is no DER ends it with nil.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) { rest = Array(bytes)[...] }

    mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
        var count = Int(first)
        if first >= 0x80 {
            let digits = rest.prefix(Int(first & 0x7F))
            guard (1...3).contains(Int(first & 0x7F)), digits.count == Int(first & 0x7F) else { return nil }
            count = digits.reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(digits.count)
        }
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return (tag, rest.prefix(count))
    }

    /// The next element, when it has that tag.
    mutating func next(_ tag: UInt8) -> ArraySlice<UInt8>? { next().flatMap { $0.tag == tag ? $0.content : nil } }
}

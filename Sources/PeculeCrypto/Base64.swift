/// Base 64 with padding (RFC 4648, section 4).
public enum Base64 {
    private static let alphabet = Base64Alphabet("+/")

    public static func encode(_ bytes: some Sequence<UInt8>) -> String { alphabet.encode(Array(bytes), padded: true) }

    /// Nil unless the text is what `encode` gives for some bytes: one value, one text.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        alphabet.decode(Array(text.utf8), padded: true)
    }
}

/// Base 64 for URLs and file names, without padding (RFC 4648, section 5; RFC 7515, section 2).
public enum Base64URL {
    private static let alphabet = Base64Alphabet("-_")

    public static func encode(_ bytes: some Sequence<UInt8>) -> String { alphabet.encode(Array(bytes), padded: false) }

    /// Nil unless the text is what `encode` gives for some bytes: one value, one text.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        alphabet.decode(Array(text.utf8), padded: false)
    }
}

/// The two alphabets of RFC 4648 that differ by their last two characters.
private struct Base64Alphabet: Sendable {
    private let symbols: [UInt8]
    /// The value of each byte; 0xFF for one that is no symbol.
    private let values: [UInt8]

    init(_ lastTwo: StaticString) {
        let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(lastTwo)"
        symbols = Array(all.utf8)
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: [UInt8], padded: Bool) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0...group.count { out.append(symbols[bits >> (18 - 6 * position) & 63]) }
            if padded { out.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - group.count)) }
        }
        return String(decoding: out, as: UTF8.self)
    }

    func decode(_ text: [UInt8], padded: Bool) -> [UInt8]? {
        guard !padded || text.count % 4 == 0 else { return nil }
        let padding = padded ? text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count : 0
        var out: [UInt8] = []
        var (bits, count) = (0, 0)
        for symbol in text.dropLast(padding) {
            guard values[Int(symbol)] != 0xFF else { return nil }
            (bits, count) = (bits << 6 | Int(values[Int(symbol)]), count + 6)
            guard count >= 8 else { continue }
            count -= 8
            out.append(UInt8(truncatingIfNeeded: bits >> count))
            bits &= 1 << count - 1
        }
        // Six bits over are half a byte that nobody wrote; other bits over must be zero (RFC 4648, section 3.5).
        return count < 6 && bits == 0 ? out : nil
    }
}

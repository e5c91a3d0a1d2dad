/// Percent-encoding (RFC 3986, section 2) and `application/x-www-form-urlencoded`, strict in both directions.
public enum URLCoding {
    /// Encodes everything but the unreserved characters, so that the result fits any place of a URL or a form.
    public static func encode(_ text: String) -> String {
        if HTTPSyntax.isAll(text, isUnreserved) { return text }
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                out.append(byte)
            } else {
                out.append(contentsOf: [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil for a broken escape, a raw control character, an encoded NUL or bytes that are not UTF-8.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        if HTTPSyntax.isAll(text, { isPlain($0, plusIsSpace) }) { return String(Substring(text)) }
        var out: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = bytes.next().flatMap(HTTPSyntax.hexValue),
                    let low = bytes.next().flatMap(HTTPSyntax.hexValue),
                    high << 4 | low != 0
                else { return nil }
                out.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace:
                out.append(UInt8(ascii: " "))
            case 0..<0x21, 0x7F:
                return nil
            default:
                out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    /// Stands for itself in an encoded text.
    private static func isPlain(_ byte: UInt8, _ plusIsSpace: Bool) -> Bool {
        (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "%") && !(plusIsSpace && byte == UInt8(ascii: "+"))
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

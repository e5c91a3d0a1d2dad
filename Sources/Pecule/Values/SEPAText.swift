/// Text as SEPA messages carry it: a-z A-Z 0-9 / - ? : ( ) . , ' + and space.
enum SEPAText {
    /// Folds accents, replaces what SEPA cannot carry by its customary stand-in (EPC217-08), closes up spaces and
    /// slashes: a text may neither start nor end with `/` nor hold `//`.
    static func carried(_ typed: String) -> String {
        // Most texts, and everything that was written so before.
        if isCarried(typed) { return typed }
        var text: [UInt8] = []
        text.reserveCapacity(typed.utf8.count)
        for scalar in PlainLetters.folded(typed).unicodeScalars {
            let byte = byte(for: scalar)
            if closesUp(byte), text.isEmpty || text.last == byte { continue }
            text.append(byte)
        }
        while let last = text.last, closesUp(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isCarried(_ text: String) -> Bool {
        var previous: UInt8?
        let isPlain = text.isAll { byte in
            defer { previous = byte }
            return isCarried(Unicode.Scalar(byte)) && !(closesUp(byte) && (previous ?? byte) == byte)
        }
        return isPlain && !(previous.map(closesUp) ?? false)
    }

    private static func byte(for scalar: Unicode.Scalar) -> UInt8 {
        if isCarried(scalar) { return UInt8(ascii: scalar) }
        return UInt8(ascii: standIn[scalar] ?? (scalar.properties.isWhitespace ? " " : "."))
    }

    private static func closesUp(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "/") }

    private static func isCarried(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "/", "-", "?", ":", "(", ")", ".", ",", "'", "+", " ": true
        default: false
        }
    }

    private static let standIn: [Unicode.Scalar: Unicode.Scalar] = [
        "&": "+", ";": ",", "[": "(", "]": ")", "{": "(", "}": ")", "_": "-", "`": "'", "|": "/", "~": "-", "\\": "/",
        "\"": "'",
    ]
}

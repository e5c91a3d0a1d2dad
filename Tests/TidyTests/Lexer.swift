/// A word, number, mark or string of Swift code. Comments are no tokens.
struct Token: Sendable, Equatable {
    /// A string literal begins with `"` and is followed by its contents, interpolations left out.
    let text: String
    let line: Int
    /// Whether nothing stands between this token and the one before.
    let isAttached: Bool

    var isWord: Bool { text.utf8.first.map(Lexer.isWord) ?? false }
}

/// Splits Swift code into tokens, well enough for lint: it knows comments, all forms of strings and the code inside
/// their interpolations. It does not know regex literals; a quote in one hides the rest of its line.
struct Lexer {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lastEnd = -1
    private var tokens: [Token] = []

    static func tokens(of text: String) -> [Token] {
        var lexer = Lexer(bytes: Array(text.utf8))
        lexer.code(insideInterpolation: false)
        return lexer.tokens
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "$"), UInt8(ascii: "`"), 0x80...0xFF:
            true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private func follows(_ text: StaticString) -> Bool {
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return bytes[position...].starts(with: expected)
    }

    private mutating func step() {
        if peek() == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func emit(from start: Int, as text: String? = nil, line startLine: Int? = nil) {
        let text = text ?? String(decoding: bytes[start..<position], as: UTF8.self)
        tokens.append(Token(text: text, line: startLine ?? line, isAttached: start == lastEnd))
        lastEnd = position
    }

    /// To the end, or to the parenthesis that closes an interpolation.
    private mutating func code(insideInterpolation: Bool) {
        var depth = 0
        while let byte = peek() {
            if byte <= 0x20 {
                step()
            } else if follows("//") {
                while let next = peek(), next != UInt8(ascii: "\n") { step() }
            } else if follows("/*") {
                blockComment()
            } else if let hashes = hashesOfString() {
                string(hashes: hashes)
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                plainToken(byte)
                if insideInterpolation, depth == 0 { return }
            }
        }
    }

    private mutating func plainToken(_ byte: UInt8) {
        let start = position
        position += 1
        if Self.isWord(byte) || Self.isDigit(byte) {
            let isMember = tokens.last?.text == "."
            while let next = peek() {
                let isFraction =
                    Self.isDigit(byte) && !isMember && next == UInt8(ascii: ".") && peek(1).map(Self.isDigit) == true
                guard Self.isWord(next) || Self.isDigit(next) || isFraction else { break }
                position += 1
            }
        } else if byte == UInt8(ascii: "!") {
            while peek() == UInt8(ascii: "=") { position += 1 }
        }
        emit(from: start)
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if follows("/*") {
                depth += 1
                position += 2
            } else if follows("*/") {
                depth -= 1
                position += 2
            } else {
                step()
            }
        } while depth > 0 && position < bytes.count
    }

    /// The number of `#` before a string that begins here; nil when none does.
    private func hashesOfString() -> Int? {
        var hashes = 0
        while peek(hashes) == UInt8(ascii: "#") { hashes += 1 }
        return peek(hashes) == UInt8(ascii: "\"") ? hashes : nil
    }

    private mutating func string(hashes: Int) {
        let (start, startLine) = (position, line)
        position += hashes
        let isLong = follows("\"\"\"")
        position += isLong ? 3 : 1
        var contents: [UInt8] = [UInt8(ascii: "\"")]
        while let byte = peek(), isLong || byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "\""), !isLong || follows("\"\"\""), areHashes(hashes, after: isLong ? 3 : 1) {
                position += (isLong ? 3 : 1) + hashes
                break
            }
            guard byte == UInt8(ascii: "\\"), areHashes(hashes, after: 1) else {
                contents.append(byte)
                step()
                continue
            }
            position += 1 + hashes
            if peek() == UInt8(ascii: "(") { code(insideInterpolation: true) } else { step() }
        }
        emit(from: start, as: String(decoding: contents, as: UTF8.self), line: startLine)
    }

    private func areHashes(_ count: Int, after offset: Int) -> Bool {
        (0..<count).allSatisfy { peek(offset + $0) == UInt8(ascii: "#") }
    }
}

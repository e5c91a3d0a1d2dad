// Texts are cut at single bytes all the time: looked at in one piece, and not character by character.
extension Substring {
    /// What stands between the separators, empty parts too.
    package func parts(at separator: UInt8) -> [Substring] {
        let bytes = utf8Span.span
        var parts: [Substring] = []
        parts.reserveCapacity(8)
        var start = startIndex
        for offset in bytes.indices where bytes[offset] == separator {
            let end = utf8.index(startIndex, offsetBy: offset)
            parts.append(self[start..<end])
            start = utf8.index(after: end)
        }
        parts.append(self[start...])
        return parts
    }

    /// What stands between any number of separators.
    package func words(at separator: UInt8) -> [Substring] { parts(at: separator).filter { !$0.isEmpty } }

    package func firstIndex(ofByte byte: UInt8) -> Index? {
        let bytes = utf8Span.span
        for offset in bytes.indices where bytes[offset] == byte { return utf8.index(startIndex, offsetBy: offset) }
        return nil
    }
}

extension [UInt8] {
    /// Adds a text's UTF-8, in one piece.
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }
}

extension String {
    /// What stands between the separators, empty parts too.
    package func parts(at separator: UInt8) -> [Substring] { self[...].parts(at: separator) }

    /// What stands between any number of separators.
    package func words(at separator: UInt8) -> [Substring] { self[...].words(at: separator) }
}

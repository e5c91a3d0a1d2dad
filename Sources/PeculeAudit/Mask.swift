/// What may be shown of a text that somebody may have tampered with, or that names a person.
enum Mask {
    /// An IBAN's first four and last three characters; of a name of an inner account all.
    static func account(_ text: String) -> String {
        if ["opening", "clearing"].contains(text) { return text }
        return text.utf8.count >= 15 && isPlain(text) ? "\(text.prefix(4))…\(text.suffix(3))" : "•••"
    }

    /// Ids of transfers, banks and payments are shown, unless they do not look like one.
    static func id(_ text: String) -> String {
        text.utf8.count <= 80 && text.unicodeScalars.allSatisfy(isHarmless) ? text : "•••"
    }

    /// A word of a small vocabulary; what is none of it may be anything.
    static func word(_ text: String, of words: Set<String>) -> String { words.contains(text) ? text : "•••" }

    static func cell(_ cell: Cell?) -> String {
        switch cell {
        case nil: "no cell"
        case .null: "null"
        case .integer: "an integer"
        case .text: "a text"
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    }

    /// Nothing that a terminal obeys.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7E).contains(scalar.value) || ["…", "•"].contains(scalar)
    }
}

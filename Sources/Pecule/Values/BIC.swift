/// A Business Identifier Code (ISO 9362) of 8 or 11 characters, upper case. It names a bank, not a person.
public struct BIC: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil unless it fits the pattern of the payment standards: six letters, two of the location, three of the branch.
    public init?(_ text: String) {
        guard text.isAll(\.isLetterOrDigit) else { return nil }
        let canonical = text.uppercased()
        let bytes = Array(canonical.utf8)
        guard bytes.count == 8 || bytes.count == 11, bytes[..<6].allSatisfy(\.isLetter),
            bytes[6] != UInt8(ascii: "0"), bytes[6] != UInt8(ascii: "1"), bytes[7] != UInt8(ascii: "O")
        else { return nil }
        self.text = canonical
    }

    public var description: String { text }

    /// Always 11 characters: eight alone mean the head office, whose branch is written as three X.
    var ofBranch: BIC { text.utf8.count == 8 ? BIC(known: text + String(repeating: "X", count: 3)) : self }

    /// The first eight characters. Regional banks of one group share them.
    var ofWholeBank: BIC { BIC(known: String(text.prefix(8))) }

    private init(known text: String) { self.text = text }
}

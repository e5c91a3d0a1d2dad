/// Names one permit application; also the reference that its applicant reads. Says nothing of anybody.
public struct ApplicationID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil for a text that `init(random:)` does not make.
    public init?(_ text: String) {
        guard text.hasPrefix("DP"), text.utf8.count == 26, text.dropFirst(2).isAll(Identifier.isUpperHex)
        else { return nil }
        self.text = text
    }

    /// A new id of 96 random bits.
    public init(random bytes: (Int) -> [UInt8]) { text = "DP" + Identifier.hex(bytes(12)).uppercased() }

    public var description: String { text }
}

/// Names one file of an application.
public struct PieceID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil for a text that `init(random:)` does not make.
    public init?(_ text: String) {
        guard text.utf8.count == 16, text.isAll(Identifier.isUpperHex) else { return nil }
        self.text = text
    }

    /// A new id of 64 random bits.
    public init(random bytes: (Int) -> [UInt8]) { text = Identifier.hex(bytes(8)).uppercased() }

    public var description: String { text }
}

/// Names who acts for an establishment, as its log keeps it: 1 to 35 of `A-Z a-z 0-9 -`, best a pseudonym.
public struct StaffID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard Identifier.isValid(text, longest: 35) else { return nil }
        self.text = text
    }

    public var description: String { text }
}

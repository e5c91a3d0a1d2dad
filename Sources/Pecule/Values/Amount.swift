/// A sum in euros, at least one cent, kept as integer cents.
public struct Amount: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// From 1 to `largest.cents`.
    public let cents: Int

    /// The most one SEPA credit transfer can carry: 999 999 999,99 €.
    public static let largest = Amount(known: 99_999_999_999)

    private init(known cents: Int) { self.cents = cents }

    /// Nil below one cent or above `largest`.
    public init?(cents: Int) {
        guard cents >= 1, cents <= Self.largest.cents else { return nil }
        self.cents = cents
    }

    /// The form that banks write: digits, then at most one dot and more digits (`42.5`, `42.50`, `42`).
    /// Nil when it is anything else, holds a part of a cent, or is out of range.
    public init?(decimal text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let dot = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
        guard let whole = Digits.value(bytes[..<dot]), whole <= Self.largest.cents / 100 else { return nil }
        guard dot < bytes.endIndex else {
            self.init(cents: whole * 100)
            return
        }
        let decimals = bytes[(dot + 1)...]
        guard decimals.count <= 5, decimals.dropFirst(2).allSatisfy({ $0 == UInt8(ascii: "0") }),
            let part = Digits.value(decimals.prefix(2))
        else { return nil }
        self.init(cents: whole * 100 + (decimals.count == 1 ? part * 10 : part))
    }

    /// Two decimals after a dot, no grouping: `1234.50`.
    public var decimal: String { "\(cents / 100).\(Digits.two(cents % 100))" }

    /// As a French reader expects it, with no-break spaces: `1 234,50 €`.
    public var french: String {
        var groups: [String] = []
        var whole = cents / 100
        while whole >= 1000 {
            groups.insert(String("00\(whole % 1000)".suffix(3)), at: 0)
            whole /= 1000
        }
        groups.insert(String(whole), at: 0)
        return groups.joined(separator: "\u{A0}") + "," + Digits.two(cents % 100) + "\u{A0}€"
    }

    public var description: String { "\(decimal) EUR" }

    public static func < (one: Amount, other: Amount) -> Bool { one.cents < other.cents }
}

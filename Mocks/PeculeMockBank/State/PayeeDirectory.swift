import PeculeHTTP

/// What the payees' banks answer to a verification of payee (Regulation (EU) 2024/886).
public struct PayeeDirectory: Sendable {
    /// The four outcomes of the scheme.
    public enum Verdict: Sendable, Equatable {
        case match
        /// The name is nearly right; the bank gives the real one.
        case closeMatch(String)
        case noMatch
        /// The payee's bank does not know the account or does not answer.
        case notPossible
    }

    private let holders: [String: (name: String, folded: [UInt8])]

    /// Account holders by IBAN.
    public init(_ names: [String: String]) { holders = names.mapValues { ($0, Self.folded($0)) } }

    /// Holders who exist in this simulation alone.
    public static let seed = PayeeDirectory([
        "FR7699992000420000009876566": "REGIE EXEMPLE",
        "FR7699920000420000041700138": "REGIE DES COMPTES NOMINATIFS VALMONT",
    ])

    /// Compares the name as people compare names: without case, accents, spaces and signs.
    public func verify(name: String, iban: String) -> Verdict {
        guard let (holder, real) = holders[iban] else { return .notPossible }
        let given = Self.folded(name)
        if given == real { return .match }
        return Self.distance(given, real) <= max(1, real.count / 6) ? .closeMatch(holder) : .noMatch
    }

    /// Letters and digits only, upper case, without accents: what does not count as a difference between names.
    private static func folded(_ name: String) -> [UInt8] {
        let lower = name.lowercased()
        // Most names as they travel, without asking each character what it is.
        let isPlain = HTTPSyntax.isAll(lower) { $0 < 0x80 }
        return (isPlain ? lower : lower.map { accents[$0] ?? String($0) }.joined()).utf8.filter(isLetterOrDigit)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    private static let accents: [Character: String] = [
        "à": "a", "â": "a", "ä": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "ë": "e", "î": "i", "ï": "i", "ô": "o",
        "ö": "o", "ù": "u", "û": "u", "ü": "u", "ÿ": "y", "œ": "oe", "æ": "ae",
    ]

    /// Levenshtein distance. Names have at most 140 characters, so the square of it is small.
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var previous = Array(0...other.count)
        for (row, left) in one.enumerated() {
            var current = [row + 1]
            for (column, right) in other.enumerated() {
                let replaced = previous[column] + (left == right ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[other.count]
    }
}

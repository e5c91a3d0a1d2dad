/// An International Bank Account Number (ISO 13616), checked, in canonical form: upper case, no spaces.
public struct IBAN: Sensitive, Hashable {
    /// Why a text is no account number; each says what to look at.
    public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
        case characters
        case country(String)
        case length(expected: Int, found: Int)
        case checkDigits
        case ribKey

        public var description: String {
            switch self {
            case .characters: "iban: only letters A to Z, digits and spaces may stand in it"
            case .country(let code): "iban: no account number starts with \(code); check the first two letters"
            case .length(let expected, let found): "iban: \(found) characters instead of \(expected) for this country"
            case .checkDigits: "iban: the check digits do not fit; one character is probably wrong"
            case .ribKey: "iban: the French account key (last two digits) does not fit"
            }
        }
    }

    public let revealed: String

    /// Accepts lower case and spaces, as people copy it from a statement.
    public init(_ text: String) throws(Problem) {
        let isCompact = text.utf8.allSatisfy(\.isLetterOrDigit)
        let compact = isCompact ? text : text.filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
        guard !compact.isEmpty, compact.utf8.allSatisfy(\.isLetterOrDigit) else { throw .characters }
        let canonical = compact.uppercased()
        let country = String(canonical.prefix(2))
        guard let length = Self.lengths[country] else { throw .country(country) }
        guard canonical.utf8.count == length else { throw .length(expected: length, found: canonical.utf8.count) }
        let check = canonical.dropFirst(2).prefix(2)
        guard Digits.areAll(check), (2...98).contains(Int(check) ?? 0),
            Self.remainder(canonical.dropFirst(4) + canonical.prefix(4)) == 1
        else { throw .checkDigits }
        revealed = canonical
        guard country != "FR" || hasValidRIBKey else { throw .ribKey }
    }

    public var country: String { String(revealed.prefix(2)) }

    /// The bank's code inside a French account number (5 digits); nil for other countries.
    public var frenchBankCode: String? {
        country == "FR" ? String(revealed.dropFirst(4).prefix(5)) : nil
    }

    public var mask: String { "\(revealed.prefix(4))…\(revealed.suffix(3))" }

    /// Value mod 97 with A=10 … Z=35 (ISO 7064).
    private static func remainder(_ text: some StringProtocol) -> Int {
        text.utf8.reduce(0) { sum, byte in
            let value = Int(byte) - (byte.isDigit ? 48 : 55)
            return (sum * (byte.isDigit ? 10 : 100) + value) % 97
        }
    }

    /// Bank (5), branch (5), account (11), key (2): 89·bank + 15·branch + 3·account + key is a multiple of 97.
    private var hasValidRIBKey: Bool {
        let digits = revealed.dropFirst(4).utf8.map(Self.ribDigit)
        func value(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        guard Digits.areAll(revealed.dropFirst(4).prefix(10)), Digits.areAll(revealed.suffix(2)) else { return false }
        let key = value(21..<23)
        return (1...97).contains(key) && (89 * value(0..<5) + 15 * value(5..<10) + 3 * value(10..<21) + key) % 97 == 0
    }

    /// Letters of a French account number count as digits: A,J=1 B,K,S=2 … I,R,Z=9.
    private static func ribDigit(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "I"): Int(byte) - 64
        case UInt8(ascii: "J")...UInt8(ascii: "R"): Int(byte) - 73
        case UInt8(ascii: "S")...UInt8(ascii: "Z"): Int(byte) - 81
        default: Int(byte) - 48
        }
    }
}

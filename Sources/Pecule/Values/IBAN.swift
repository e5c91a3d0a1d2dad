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
        let isCompact = text.isAll(\.isLetterOrDigit)
        let compact = isCompact ? text : text.filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
        guard !compact.isEmpty, compact.isAll(\.isLetterOrDigit) else { throw .characters }
        revealed = compact.uppercased()
        let country = country
        guard let length = Self.lengths[country] else { throw .country(country) }
        let bytes = Array(revealed.utf8)
        guard bytes.count == length else { throw .length(expected: length, found: bytes.count) }
        guard Self.hasCheckDigits(bytes) else { throw .checkDigits }
        guard country != "FR" || Self.hasRIBKey(bytes) else { throw .ribKey }
    }

    public var country: String { String(revealed.prefix(2)) }

    /// The bank's code inside a French account number (5 digits); nil for other countries.
    public var frenchBankCode: String? {
        country == "FR" ? String(revealed.dropFirst(4).prefix(5)) : nil
    }

    public var mask: String { "\(revealed.prefix(4))…\(revealed.suffix(3))" }

    /// From 02 to 98, and the value mod 97 is 1 with the first four at the end and A=10 … Z=35 (ISO 7064).
    private static func hasCheckDigits(_ bytes: [UInt8]) -> Bool {
        guard bytes[2].isDigit, bytes[3].isDigit, (2...98).contains(value(bytes[2..<4])) else { return false }
        func remainder(_ start: Int, _ bytes: ArraySlice<UInt8>) -> Int {
            bytes.reduce(start) { sum, byte in
                byte.isDigit ? (sum * 10 + Int(byte) - 48) % 97 : (sum * 100 + Int(byte) - 55) % 97
            }
        }
        return remainder(remainder(0, bytes[4...]), bytes[..<4]) == 1
    }

    /// Bank (5), branch (5), account (11), key (2): 89·bank + 15·branch + 3·account + key is a multiple of 97.
    private static func hasRIBKey(_ bytes: [UInt8]) -> Bool {
        guard bytes[4..<14].allSatisfy(\.isDigit), bytes[25...].allSatisfy(\.isDigit) else { return false }
        let key = value(bytes[25...])
        let sum = 89 * value(bytes[4..<9]) + 15 * value(bytes[9..<14]) + 3 * value(bytes[14..<25]) + key
        return (1...97).contains(key) && sum % 97 == 0
    }

    private static func value(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 * 10 + ribDigit($1) } }

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

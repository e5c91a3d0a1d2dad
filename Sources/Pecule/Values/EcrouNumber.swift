/// The number a prison gives a person at entry (« numéro d’écrou »), unique within the establishment.
///
/// No official format is published: 1 to 10 letters or digits, upper case, leading zeros kept.
public struct EcrouNumber: Sensitive, Hashable {
    /// Why a text is no écrou number.
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case empty
        case tooLong
        case characters

        public var description: String {
            switch self {
            case .empty: "ecrou number: empty; write the number given by the establishment"
            case .tooLong: "ecrou number: more than 10 characters"
            case .characters: "ecrou number: only letters A to Z and digits may stand in it"
            }
        }
    }

    public let revealed: String

    /// Drops spaces and dots, turns letters to upper case.
    public init(_ text: String) throws(Problem) {
        let isCompact = text.isAll(\.isLetterOrDigit)
        let compact = isCompact ? text : text.filter { !" \u{A0}\u{202F}.".contains($0) }
        guard !compact.isEmpty else { throw .empty }
        guard compact.unicodeScalars.count <= 10 else { throw .tooLong }
        guard compact.isAll(\.isLetterOrDigit) else { throw .characters }
        revealed = compact.uppercased()
    }

    /// No digit is shown: a prison number is found again from a few of them.
    public var mask: String { "écrou •••" }
}

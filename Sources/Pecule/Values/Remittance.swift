/// The text that travels with a transfer to the payee: SEPA Latin characters, 1 to 140 of them.
///
/// The payee (« régie des comptes nominatifs ») needs the écrou number and the name to credit the right account;
/// nothing else about the person belongs in it.
public struct Remittance: Sensitive, Hashable {
    /// Why a text cannot travel with a transfer.
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case empty
        case tooLong(Int)

        public var description: String {
            switch self {
            case .empty: "remittance: nothing is left once written in plain letters"
            case .tooLong(let count): "remittance: \(count) characters; write at most 140"
            }
        }
    }

    public let revealed: String

    /// Written in the characters that SEPA carries: accents folded, the rest replaced as is customary.
    public init(_ text: String) throws(Problem) {
        let plain = SEPAText.carried(text)
        guard !plain.isEmpty else { throw .empty }
        guard plain.count <= 140 else { throw .tooLong(plain.count) }
        revealed = plain
    }

    /// Écrou number first, then family name and given names, cut after 140 characters.
    public init(for detainee: Detainee) {
        let name = "\(detainee.name.birthName) \(detainee.name.givenNames.joined(separator: " "))"
        let text = SEPAText.carried("ECROU \(detainee.ecrouNumber.revealed) \(name)".uppercased())
        revealed = SEPAText.carried(String(text.prefix(140)))
    }

    public var mask: String { "reference of \(revealed.count) characters" }
}

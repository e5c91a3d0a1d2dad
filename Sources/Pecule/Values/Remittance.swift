/// The text that travels with a transfer to the payee: SEPA Latin characters, 1 to 140 of them.
///
/// The payee (« régie des comptes nominatifs ») needs the écrou number and the name to credit the right account;
/// nothing else about the person belongs in it.
public struct Remittance: Sensitive, Hashable {
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

    /// Folds accents, replaces what SEPA cannot carry by its customary stand-in (EPC217-08), closes up spaces and
    /// slashes: a text may neither start nor end with `/` nor hold `//`.
    public init(_ text: String) throws(Problem) {
        let plain = Self.sepa(text)
        guard !plain.isEmpty else { throw .empty }
        guard plain.count <= 140 else { throw .tooLong(plain.count) }
        revealed = plain
    }

    /// Écrou number first, then family name and given names, cut after 140 characters.
    public init(for detainee: Detainee) {
        let name = "\(detainee.name.birthName) \(detainee.name.givenNames.joined(separator: " "))"
        let text = Self.sepa("ECROU \(detainee.ecrouNumber.revealed) \(name)".uppercased())
        revealed = Self.sepa(String(text.prefix(140)))
    }

    public var mask: String { "reference of \(revealed.count) characters" }

    private static func sepa(_ typed: String) -> String {
        let carried = PlainLetters.folded(typed).unicodeScalars.map { scalar in
            Character(isCarried(scalar) ? scalar : standIn[scalar] ?? (scalar.properties.isWhitespace ? " " : "."))
        }
        var text = ""
        for character in carried {
            let closesUp = character == " " || character == "/"
            if closesUp, text.isEmpty || text.last == character { continue }
            text.append(character)
        }
        while let last = text.last, last == " " || last == "/" { text.removeLast() }
        return text
    }

    /// a-z A-Z 0-9 / - ? : ( ) . , ' + and space.
    private static func isCarried(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: "/-?:().,'+ ".unicodeScalars.contains(scalar)
        }
    }

    private static let standIn: [Unicode.Scalar: Unicode.Scalar] = [
        "&": "+", ";": ",", "[": "(", "]": ")", "{": "(", "}": ")", "_": "-", "`": "'", "|": "/", "~": "-", "\\": "/",
        "\"": "'",
    ]
}

/// A person's names as civil status knows them (FranceConnect's `family_name`, `preferred_username`, `given_name`).
public struct PersonName: Sensitive, Hashable {
    /// Why a name is refused, with the field.
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case missing(String)
        case tooLong(String)
        case characters(String)

        public var description: String {
            switch self {
            case .missing(let field): "\(field): empty"
            case .tooLong(let field): "\(field): more than 70 characters"
            case .characters(let field): "\(field): holds a character that no name has"
            }
        }
    }

    /// « Nom de naissance ».
    public let birthName: String
    /// « Nom d’usage », when there is one.
    public let usageName: String?
    /// « Prénoms », in the order of civil status; at least one.
    public let givenNames: [String]

    public init(birthName: String, usageName: String? = nil, givenNames: [String]) throws(Problem) {
        self.birthName = try Self.checked(birthName, "birth name")
        self.usageName = if let usageName { try Self.checked(usageName, "usage name") } else { nil }
        guard !givenNames.isEmpty else { throw .missing("given names") }
        var checked: [String] = []
        for name in givenNames { checked.append(try Self.checked(name, "given names")) }
        self.givenNames = checked
    }

    public var revealed: String { "\(givenNames.joined(separator: " ")) \(usageName ?? birthName)" }

    /// Initials only.
    public var mask: String { "\(givenNames[0].prefix(1)). \((usageName ?? birthName).prefix(1))." }

    /// Whether both name the same person: one family name and the first given name in common,
    /// without regard to accents, case, hyphens, apostrophes or spaces.
    public func isSamePerson(as other: PersonName) -> Bool {
        familyNames.contains(where: other.familyNames.contains)
            && Self.key(givenNames[0]) == Self.key(other.givenNames[0])
    }

    /// The birth name and the first given name as they are compared.
    var firstNameKey: String { "\(Self.key(birthName)) \(Self.key(givenNames[0]))" }

    private var familyNames: [String] { [birthName, usageName].compactMap(\.self).map(Self.key) }

    private static func key(_ name: String) -> String {
        let plain = PlainLetters.folded(name).uppercased()
        return plain.isAll(\.isLetterOrDigit) ? plain : plain.filter { $0.isLetter || $0.isNumber }
    }

    private static func checked(_ text: String, _ field: String) throws(Problem) -> String {
        // Most names, without asking for the properties of each character.
        if isPlain(text) { return text }
        let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty else { throw .missing(field) }
        // Not `name.count`: one character can carry any number of marks.
        guard name.unicodeScalars.count <= 70 else { throw .tooLong(field) }
        guard name.unicodeScalars.allSatisfy(isOfNames), !key(name).isEmpty else { throw .characters(field) }
        return name
    }

    /// From 1 to 70 ASCII letters, one by one between them what separates the parts of a name.
    private static func isPlain(_ text: String) -> Bool {
        var isBetween = true
        let isPlain = text.isAll { byte in
            defer { isBetween = !byte.isLetter }
            return byte.isLetter || !isBetween && isOfNames(Unicode.Scalar(byte))
        }
        return isPlain && !isBetween && text.utf8.count <= 70
    }

    private static func isOfNames(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", " ", "-", "'", "’", ".": true
        default: scalar.properties.isAlphabetic || scalar.properties.isDiacritic
        }
    }
}

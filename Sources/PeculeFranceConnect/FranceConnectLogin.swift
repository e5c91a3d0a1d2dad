import PeculeHTTP

/// A person who has logged in. Give the browser a new session id before anything else.
public struct FranceConnectLogin: Sendable, Equatable {
    public let identity: FranceConnectIdentity
    /// For the logout.
    public let idToken: IDToken
}

/// Who logged in, as far as the scopes tell.
public struct FranceConnectIdentity: MaskedValue, Equatable {
    /// The account's key: the same at every login of this person at this service, and another at every other service.
    public let subject: String
    /// All first names, in the order of civil status.
    public let givenNames: [String]
    /// Name at birth.
    public let familyName: String
    public let usageName: String?
    public let birthDate: BirthDate?
    /// As the chosen identity provider knows it: it changes with the provider, and is no key.
    public let email: String?
    /// `female`, `male`, `unspecified`.
    public let gender: String?
    /// INSEE code of five characters; nil for a person born abroad.
    public let birthplace: String?
    /// INSEE code; `99100` is France.
    public let birthCountry: String?

    public var mask: String { "identity •••" }
}

/// A date of birth. Month and day are nil where civil status only presumes them.
public struct BirthDate: MaskedValue, Hashable {
    public let year: Int
    public let month: Int?
    public let day: Int?

    public var mask: String { "birth date •••" }

    /// `1992-11-05`; `00` stands for what is presumed. Nil for what is no date.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2]), year >= 1800, (0...12).contains(month),
            (0...Self.days(in: month, of: year)).contains(day), month > 0 || day == 0
        else { return nil }
        (self.year, self.month, self.day) = (year, month == 0 ? nil : month, day == 0 ? nil : day)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension FranceConnectIdentity {
    /// Reads the claims of a userinfo that is believed already.
    init(_ claims: JSON, subject: String) throws(FranceConnectError) {
        self.subject = subject
        familyName = try Self.required("family_name", try Self.text("family_name", in: claims))
        givenNames = try Self.required("given_name", try Self.givenNames(in: claims))
        usageName = try Self.text("preferred_username", in: claims)
        birthDate = try Self.birthDate(in: claims)
        email = try Self.text("email", in: claims)
        gender = try Self.text("gender", in: claims)
        birthplace = try Self.text("birthplace", in: claims)
        birthCountry = try Self.text("birthcountry", in: claims)
    }

    private static func required<Value>(_ claim: String, _ value: Value?) throws(FranceConnectError) -> Value {
        guard let value else { throw .misconfigured("no \(claim) was given; ask for its scope") }
        return value
    }

    /// Nil where the claim is missing, null or empty.
    private static func text(_ claim: String, in claims: JSON) throws(FranceConnectError) -> String? {
        switch claims[claim] {
        case nil, .null?, .string("")?: return nil
        case .string(let text)?:
            let isPrintable = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" }
            guard isPrintable, text.utf8.count <= 1024 else { throw .notTrusted(.unreadableIdentity) }
            return text
        default: throw .notTrusted(.unreadableIdentity)
        }
    }

    /// The list says where a first name of two words ends; the text does not.
    private static func givenNames(in claims: JSON) throws(FranceConnectError) -> [String]? {
        let names: [String]
        if let list = claims["given_name_array"] {
            names = list.array?.compactMap { $0.string?.isEmpty == false ? $0.string : nil } ?? []
            guard !names.isEmpty, names.count == list.array?.count else { throw .notTrusted(.unreadableIdentity) }
        } else {
            names = (try text("given_name", in: claims) ?? "").split(separator: " ").map(String.init)
        }
        return names.isEmpty ? nil : names
    }

    /// What the identity provider wrote tells what is presumed.
    private static func birthDate(in claims: JSON) throws(FranceConnectError) -> BirthDate? {
        let texts = [try text("idp_birthdate", in: claims), try text("birthdate", in: claims)]
        guard let text = texts.compactMap(\.self).first else { return nil }
        guard let date = BirthDate(text) else { throw .notTrusted(.unreadableIdentity) }
        return date
    }
}

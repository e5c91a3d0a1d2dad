import PeculeCrypto
import PeculeHTTP

/// An invented person, and what goes wrong when that person logs in.
struct TestIdentity: Sendable, Equatable {
    /// Names the identity in forms and in the list.
    let login: String
    /// What it is good for, in French.
    let purpose: String
    var givenNames = ["Camille", "Dominique"]
    var familyName = "MARTEL"
    var usageName: String?
    /// `YYYY-MM-DD`; `00` for what is presumed.
    var birthdate = "1981-04-12"
    var gender = "female"
    /// Empty for a person born abroad, or where it is not known.
    var birthplace = "75112"
    var birthcountry = "99100"
    var hasEmail = true
    var fault: MockFault?

    /// Presumed days and months are written as the first.
    var civilBirthdate: String { birthdate.replacing("-00", with: "-01") }

    var displayName: String { (givenNames + [usageName ?? familyName]).joined(separator: " ") }

    func email(at provider: IdentityProvider) -> String? { hasEmail ? "\(login)@\(provider.mailDomain)" : nil }

    /// What a claim says; nil where nothing is known.
    func value(of claim: Claim, at provider: IdentityProvider) -> JSON? {
        switch claim {
        case .givenName: .string(givenNames.joined(separator: " "))
        case .givenNames: .array(givenNames.map(JSON.string))
        case .familyName: .string(familyName)
        case .usageName: usageName.map(JSON.string)
        case .birthdate: .string(civilBirthdate)
        case .idpBirthdate: .string(birthdate)
        case .gender: .string(gender)
        case .birthplace: .string(birthplace)
        case .birthcountry: .string(birthcountry)
        case .email: email(at: provider).map(JSON.string)
        }
    }

    /// No secret, but always the same: accounts of demonstrations outlive a restart.
    private static let pairwiseSecret = "simulation"

    /// The same for a person at a service whichever provider was chosen, and another at another service.
    func subject(at service: MockService) -> String {
        let civil = [givenNames.joined(separator: " "), familyName, birthdate, gender, birthplace, birthcountry]
        let text = ([service.clientID] + civil + [Self.pairwiseSecret]).joined(separator: "|")
        return Hexadecimal.encode(SHA256.digest(text.utf8)) + "v1"
    }
}

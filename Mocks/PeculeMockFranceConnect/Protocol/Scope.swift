/// What a service may ask for, and the claims that it gets.
enum Scope: String, Sendable, CaseIterable {
    case openid, givenName = "given_name", familyName = "family_name", preferredUsername = "preferred_username"
    case birthdate, idpBirthdate = "idp_birthdate", gender, birthplace, birthcountry, email
    case profile, birth, pivot = "identite_pivot"

    var claims: [Claim] {
        switch self {
        case .openid: []
        case .givenName: [.givenName, .givenNames]
        case .familyName: [.familyName]
        case .preferredUsername: [.usageName]
        case .birthdate: [.birthdate]
        case .idpBirthdate: [.idpBirthdate]
        case .gender: [.gender]
        case .birthplace: [.birthplace]
        case .birthcountry: [.birthcountry]
        case .email: [.email]
        case .profile: [.givenName, .givenNames, .familyName, .birthdate, .gender, .usageName]
        case .birth: [.birthplace, .birthcountry]
        case .pivot: [.givenName, .givenNames, .familyName, .birthdate, .gender, .birthplace, .birthcountry]
        }
    }
}

/// One thing about a person.
enum Claim: String, Sendable, CaseIterable {
    case givenName = "given_name", givenNames = "given_name_array", familyName = "family_name"
    case usageName = "preferred_username", birthdate, idpBirthdate = "idp_birthdate", gender, birthplace
    case birthcountry, email

    /// As the page names it that tells what is handed over; nil for another form of the same.
    var label: String? {
        switch self {
        case .givenName: "Prénoms"
        case .givenNames, .idpBirthdate: nil
        case .familyName: "Nom de naissance"
        case .usageName: "Nom d’usage"
        case .birthdate: "Date de naissance"
        case .gender: "Sexe"
        case .birthplace: "Lieu de naissance"
        case .birthcountry: "Pays de naissance"
        case .email: "Adresse électronique"
        }
    }

    /// Those of the scopes, each once.
    static func of(_ scopes: [Scope]) -> [Claim] {
        let asked = Set(scopes.flatMap(\.claims))
        return allCases.filter(asked.contains)
    }
}

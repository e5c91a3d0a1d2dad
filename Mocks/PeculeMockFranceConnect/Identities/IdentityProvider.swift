/// Where a person has an account already. Both are invented.
enum IdentityProvider: String, Sendable, CaseIterable {
    case alpha = "fournisseur-alpha"
    case beta = "fournisseur-beta"

    var name: String {
        switch self {
        case .alpha: "Fournisseur d’identité Alpha"
        case .beta: "Fournisseur d’identité Bêta"
        }
    }

    /// Each knows another address of the same person: e-mail is no key.
    var mailDomain: String {
        switch self {
        case .alpha: "alpha.example"
        case .beta: "beta.example"
        }
    }
}

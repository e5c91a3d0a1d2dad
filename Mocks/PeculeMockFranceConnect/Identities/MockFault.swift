/// What goes wrong, or which lie is told, when a person of that name logs in.
public enum MockFault: String, Sendable, CaseIterable {
    // On the way back.
    case serverError = "server_error"
    case wrongState = "wrong_state"
    case callbackIssuer = "callback_issuer"
    case replayedCode = "replayed_code"
    // At the token endpoint.
    case tokenUnavailable = "token_unavailable"
    case tokenSlow = "token_slow"
    // In the id token.
    case wrongNonce = "wrong_nonce"
    case tokenIssuer = "token_issuer"
    case wrongAudience = "wrong_audience"
    case wrongAcr = "wrong_acr"
    case expired
    case issuedInFuture = "issued_in_future"
    case algNone = "alg_none"
    case hs256PublicKey = "hs256_public_key"
    case brokenSignature = "broken_signature"
    case foreignKey = "foreign_key"
    case unknownKey = "unknown_key"
    /// No lie: the provider has changed its key.
    case rotatedKey = "rotated_key"
    // In the userinfo.
    case otherSubject = "other_subject"
    case userinfoAudience = "userinfo_audience"
    case userinfoExpired = "userinfo_expired"
    case userinfoAlgNone = "userinfo_alg_none"
    case userinfoUnsigned = "userinfo_unsigned"
    case userinfoUnavailable = "userinfo_unavailable"

    /// In French, for the list of identities.
    public var label: String {
        switch self {
        case .serverError: "Panne de FranceConnect"
        case .wrongState: "Faux state au retour"
        case .callbackIssuer: "Faux émetteur au retour"
        case .replayedCode: "Code déjà utilisé"
        case .tokenUnavailable: "Jetons indisponibles"
        case .tokenSlow: "Jetons très lents"
        case .wrongNonce: "Faux nonce"
        case .tokenIssuer: "Faux émetteur du jeton"
        case .wrongAudience: "Jeton d’un autre service"
        case .wrongAcr: "Faux niveau de garantie"
        case .expired: "Jeton périmé"
        case .issuedInFuture: "Jeton du futur"
        case .algNone: "Jeton sans signature (none)"
        case .hs256PublicKey: "HS256 avec la clé publique"
        case .brokenSignature: "Signature fausse"
        case .foreignKey: "Clé étrangère sous un identifiant publié"
        case .unknownKey: "Clé jamais publiée"
        case .rotatedKey: "Clé renouvelée (la connexion doit réussir)"
        case .otherSubject: "Identité d’une autre personne"
        case .userinfoAudience: "Identité pour un autre service"
        case .userinfoExpired: "Identité périmée"
        case .userinfoAlgNone: "Identité sans signature (none)"
        case .userinfoUnsigned: "Identité en clair"
        case .userinfoUnavailable: "Identité indisponible"
        }
    }

    /// What to choose on the page of identities.
    public var login: String { "faute-\(rawValue.replacing("_", with: "-"))" }

    var identity: TestIdentity {
        TestIdentity(login: login, purpose: label, givenNames: ["Alix"], familyName: "PANNEAU", fault: self)
    }
}

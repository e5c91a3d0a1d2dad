/// Why nobody is logged in.
public enum FranceConnectError: Error, Sendable, Equatable {
    /// The person went back to the service.
    case cancelled
    /// FranceConnect does not answer, or says that it failed. Logging in again may help.
    case unavailable(String)
    /// The attempt is over: half an hour has passed, or its code was used or came too late.
    case outdated
    /// FranceConnect refuses what this service asks, or its documents are not what the configuration says.
    case misconfigured(String)
    /// An answer that cannot be believed. More than a few of them deserve somebody's attention.
    case notTrusted(Distrust)

    /// What was wrong with an answer.
    public enum Distrust: String, Sendable, CaseIterable {
        case unreadableCallback = "unreadable_callback"
        /// The answer belongs to another browser, or to no login of ours (RFC 6749, section 10.12).
        case wrongState = "wrong_state"
        /// Another server answers (RFC 9207).
        case wrongCallbackIssuer = "wrong_callback_issuer"
        case unreadableToken = "unreadable_token"
        /// Another algorithm than the agreed one: none at all, or one whose key everybody knows.
        case wrongAlgorithm = "wrong_algorithm"
        case unknownKey = "unknown_key"
        case wrongSignature = "wrong_signature"
        case wrongIssuer = "wrong_issuer"
        case wrongAudience = "wrong_audience"
        case expired = "expired"
        case issuedInFuture = "issued_in_future"
        case wrongNonce = "wrong_nonce"
        case wrongAssurance = "wrong_acr"
        /// The identity is not that of the person who logged in.
        case wrongSubject = "wrong_subject"
        case unsignedIdentity = "unsigned_identity"
        case unreadableIdentity = "unreadable_identity"
    }

    /// For logs and metrics.
    public var code: String {
        switch self {
        case .cancelled: "cancelled"
        case .unavailable: "unavailable"
        case .outdated: "outdated"
        case .misconfigured: "misconfigured"
        case .notTrusted(let distrust): "not_trusted.\(distrust.rawValue)"
        }
    }

    /// For the person, in French: what happened and what to do.
    public var message: String {
        switch self {
        case .cancelled: "Vous avez annulé la connexion."
        case .unavailable: "FranceConnect est indisponible pour le moment. Réessayez dans quelques minutes."
        case .outdated: "Cette connexion a expiré ou a déjà servi. Recommencez."
        case .misconfigured: "La connexion avec FranceConnect ne fonctionne pas pour le moment. Réessayez plus tard."
        case .notTrusted:
            "La réponse de FranceConnect n’a pas pu être vérifiée. Par sécurité, la connexion a été arrêtée. "
                + "Recommencez."
        }
    }
}

extension FranceConnectError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unavailable(let detail), .misconfigured(let detail): "\(code): \(detail)"
        case .cancelled, .outdated, .notTrusted: code
        }
    }
}

public import PeculeCrypto
import PeculeHTTP

/// What the partner portal of FranceConnect and this service have agreed on.
public struct FranceConnectConfiguration: Sendable {
    /// Base address of version 2, letter by letter: `https://oidc.franceconnect.gouv.fr/api/v2`.
    public let issuer: String
    public let clientID: String
    public let clientSecret: ClientSecret
    /// Where FranceConnect sends browsers back to after a login, and after a logout; both registered there.
    public let redirectURI: String
    public let postLogoutRedirectURI: String
    public let scopes: [String]
    /// How FranceConnect signs for this service, one of `algorithms`. What a token's own header says is compared with
    /// it, never followed.
    public let algorithm: JWSAlgorithm
    /// FranceConnect announces PKCE and, by its published code, refuses its parameters.
    public let usesPKCE: Bool

    /// What FranceConnect offers.
    public static let algorithms: [JWSAlgorithm] = [.es256, .rs256]
    /// The level of assurance that is asked for and demanded.
    public static let acr = "eidas1"
    /// Enough for an account, the comparison of names, and mails.
    public static let leastScopes = ["openid", "given_name", "family_name", "preferred_username", "birthdate", "email"]

    /// A setting that cannot be right; the text names it and says what it has to be.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        public let setting: String
        public let expected: String

        public var description: String { "\(setting): \(expected)" }
    }

    public init(
        issuer: String, clientID: String, clientSecret: ClientSecret, redirectURI: String,
        postLogoutRedirectURI: String, scopes: [String] = leastScopes, algorithm: JWSAlgorithm = .es256,
        usesPKCE: Bool = false
    ) throws(Problem) {
        try Self.check("issuer", issuer)
        guard !issuer.contains("?"), !issuer.hasSuffix("/") else {
            throw Problem(setting: "issuer", expected: "without a query, and without a slash at its end")
        }
        try Self.check("redirectURI", redirectURI)
        try Self.check("postLogoutRedirectURI", postLogoutRedirectURI)
        for (name, text) in [("clientID", clientID), ("clientSecret", clientSecret.revealed)] where text.isEmpty {
            throw Problem(setting: name, expected: "as the partner portal shows it")
        }
        guard scopes.contains("openid"), scopes.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
            throw Problem(setting: "scopes", expected: "words, openid among them")
        }
        guard Self.algorithms.contains(algorithm) else {
            throw Problem(setting: "algorithm", expected: "ES256 or RS256, as the partner portal shows it")
        }
        (self.issuer, self.clientID, self.clientSecret) = (issuer, clientID, clientSecret)
        (self.redirectURI, self.postLogoutRedirectURI) = (redirectURI, postLogoutRedirectURI)
        (self.scopes, self.algorithm, self.usesPKCE) = (scopes, algorithm, usesPKCE)
    }

    private static func check(_ setting: String, _ address: String) throws(Problem) {
        guard WebAddress(address)?.isSafeReturn == true else {
            throw Problem(setting: setting, expected: "an https address; http on this machine's loopback alone")
        }
    }
}

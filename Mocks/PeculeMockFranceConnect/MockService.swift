public import PeculeCrypto
import PeculeHTTP

/// A service that people may log in to: what it has declared at FranceConnect's partner portal.
public struct MockService: Sendable, Equatable {
    public var clientID: String
    public var secret: String
    /// As pages name it.
    public var name: String
    /// Compared letter by letter.
    public var redirectURIs: Set<String>
    public var postLogoutRedirectURIs: Set<String>
    /// Scopes that it may ask for; nil for all.
    public var scopes: Set<String>?
    /// ES256 or RS256.
    public var algorithm: JWSAlgorithm
    /// A private service has the person's consent asked for.
    public var isPublic: Bool

    public init(
        clientID: String, secret: String, name: String, redirectURIs: Set<String>,
        postLogoutRedirectURIs: Set<String>, scopes: Set<String>? = nil, algorithm: JWSAlgorithm = .es256,
        isPublic: Bool = true
    ) {
        (self.clientID, self.secret, self.name) = (clientID, secret, name)
        (self.redirectURIs, self.postLogoutRedirectURIs) = (redirectURIs, postLogoutRedirectURIs)
        (self.scopes, self.algorithm, self.isPublic) = (scopes, algorithm, isPublic)
    }

    /// The service of demonstrations, with its return addresses.
    public static func demonstration(return redirectURI: String, logout: String) -> MockService {
        MockService(
            clientID: "portail-des-proches", secret: "secret-de-demonstration", name: "Portail des proches",
            redirectURIs: [redirectURI], postLogoutRedirectURIs: [logout])
    }

    /// Whether that address can be registered: https, or http on loopback as FranceConnect's integration takes it.
    public static func mayReturn(to address: String) -> Bool { WebAddress(address)?.isSafeReturn == true }

    func knows(secret given: String) -> Bool { ConstantTime.equal(given.utf8, secret.utf8) }
}

import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP

/// Who a client is, proved by a private key that never leaves it (`private_key_jwt`, RFC 7523): for those who want more
/// than an API key. Tokens are fetched as they are needed, and renewed before they end.
public struct ClientCredentials: Sendable {
    let client: String
    let keyID: String?
    let audience: String?
    private let key: PrivateKey
    private let algorithm: JWSAlgorithm

    /// Nil unless the text holds one private key without a password: RSA of 2048 bits or more, or P-256.
    /// - Parameters:
    ///   - client: its name at the gateway.
    ///   - key: PEM. Its public half is registered with `pecule keys register`.
    ///   - keyID: as that command showed it; nil lets the gateway try the client's keys.
    ///   - audience: the address of the gateway's token endpoint as the gateway knows it; nil for the one that is
    ///     called.
    public init?(client: String, key: String, keyID: String? = nil, audience: String? = nil) {
        let kinds = [(PrivateKey.Kind.ellipticCurve, JWSAlgorithm.es256), (.rsa, .ps256)]
        let read = kinds.compactMap { kind, algorithm in PrivateKey(pem: key, kind).map { ($0, algorithm) } }
        // A key that is too short, or on another curve, has no public half that the gateway takes.
        guard let (key, algorithm) = read.first, PublicKey(pem: key.publicPEM) != nil else { return nil }
        (self.client, self.keyID, self.audience, self.key, self.algorithm) = (client, keyID, audience, key, algorithm)
    }

    /// How long an assertion is good, in seconds: it is sent at once.
    private static let lifetime = 60

    /// What the token endpoint at that address is sent.
    func form(for endpoint: String, in environment: Environment) -> URLForm {
        let now = Int(environment.now().timeIntervalSince1970)
        var header: [JSON.Member] = [("alg", .string(algorithm.rawValue)), ("typ", "JWT")]
        if let keyID { header.append(("kid", .string(keyID))) }
        let claims: JSON = [
            "iss": .string(client), "sub": .string(client), "aud": .string(audience ?? endpoint),
            "jti": .string(Base64URL.encode(environment.randomBytes(16))), "iat": .integer(now),
            "exp": .integer(now + Self.lifetime),
        ]
        let assertion = CompactJWS(
            header: JSON.object(header).bytes, payload: claims.bytes, key: key, algorithm: algorithm)
        return URLForm([
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.text),
        ])
    }
}

/// What the gateway gave for an assertion.
struct AccessToken: Sensitive, PerishableToken {
    let revealed: String
    let staleAt: Date

    var mask: String { "token •••" }
}

/// How a client is let in.
enum Access: Sendable {
    /// By an API key: what every request carries.
    case authorization(String)
    case credentials(ClientCredentials, TokenCache<AccessToken, Exchange.Failure>)

    init(key: String) { self = .authorization("Bearer " + key) }

    init(_ credentials: ClientCredentials) {
        self = .credentials(credentials, TokenCache(isCancellation: \.isCancelled))
    }
}

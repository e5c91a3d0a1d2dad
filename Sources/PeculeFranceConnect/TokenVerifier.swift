import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// Believes what FranceConnect signed for this service (OpenID Connect Core 1.0, sections 3.1.3.7 and 5.3.2).
struct TokenVerifier: Sendable {
    let configuration: FranceConnectConfiguration
    let documents: ProviderDocuments
    let clock: @Sendable () -> Date

    /// Seconds by which FranceConnect's clock and ours may differ.
    static let skew = 30

    /// The claims of a token that is signed by the issuer for us, and not too old.
    func claims(of text: String) async throws(FranceConnectError) -> JSON {
        guard let token = CompactJWS(text), let header = try? JSON(parsing: token.header) else {
            throw .notTrusted(.unreadableToken)
        }
        guard header["alg"]?.string == configuration.algorithm.rawValue else { throw .notTrusted(.wrongAlgorithm) }
        // An extension that has to be understood (RFC 7515, section 4.1.11): we know none.
        guard header["crit"] == nil else { throw .notTrusted(.unreadableToken) }
        guard let id = header["kid"]?.string, let key = try await documents.key(id) else {
            throw .notTrusted(.unknownKey)
        }
        guard token.isValid(by: key, configuration.algorithm) else { throw .notTrusted(.wrongSignature) }
        guard let claims = try? JSON(parsing: token.payload), claims.object != nil else {
            throw .notTrusted(.unreadableToken)
        }
        try check(claims)
        return claims
    }

    private func check(_ claims: JSON) throws(FranceConnectError) {
        guard claims["iss"]?.string == configuration.issuer else { throw .notTrusted(.wrongIssuer) }
        let us = JSON.string(configuration.clientID)
        guard claims["aud"] == us || claims["aud"] == [us] else { throw .notTrusted(.wrongAudience) }
        guard let expires = claims["exp"]?.integer, let issued = claims["iat"]?.integer else {
            throw .notTrusted(.unreadableToken)
        }
        let now = Int(clock().timeIntervalSince1970)
        guard expires > now - Self.skew else { throw .notTrusted(.expired) }
        guard issued <= now + Self.skew else { throw .notTrusted(.issuedInFuture) }
    }

    /// Who logged in, in this attempt and as surely as was asked.
    func subject(of claims: JSON, in attempt: LoginAttempt) throws(FranceConnectError) -> String {
        guard let nonce = claims["nonce"]?.string, ConstantTime.equal(nonce.utf8, attempt.nonce.utf8) else {
            throw .notTrusted(.wrongNonce)
        }
        guard claims["acr"]?.string == FranceConnectConfiguration.acr else { throw .notTrusted(.wrongAssurance) }
        guard let subject = claims["sub"]?.string, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .notTrusted(.wrongSubject) }
        return subject
    }
}

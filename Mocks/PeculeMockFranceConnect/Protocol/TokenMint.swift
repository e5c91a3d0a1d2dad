import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// Writes what the provider signs, or what it would have signed if it told the truth.
struct TokenMint {
    let grant: Grant
    let issuer: String
    let now: Int

    private var fault: MockFault? { grant.identity.fault }

    /// Eight members, and `amr` where it was asked for.
    func idToken(_ keys: inout SigningKeys) -> String {
        var claims = stamped(lifetime: ProviderState.Lifetime.idToken)
        claims["acr"] = fault == .wrongAcr ? "eidas0" : "eidas1"
        claims["auth_time"] = .integer(Int(grant.authenticatedAt.timeIntervalSince1970))
        claims["nonce"] = .string(fault == .wrongNonce ? String(grant.request.nonce.reversed()) : grant.request.nonce)
        if grant.request.wantsMethods { claims["amr"] = ["fc", "pwd"] }
        switch fault {
        case .tokenIssuer: claims["iss"] = .string("https://faux.example/api/v2")
        case .wrongAudience: claims["aud"] = "un-autre-service"
        case .expired: move(&claims, by: -3600)
        case .issuedInFuture: move(&claims, by: 3600)
        default: break
        }
        return signed(claims, by: fault, &keys)
    }

    /// The granted claims, signed.
    func userinfo(_ keys: inout SigningKeys) -> String {
        var claims = stamped(lifetime: ProviderState.Lifetime.accessToken)
        for claim in Claim.of(grant.request.scopes) {
            claims[claim.rawValue] = grant.identity.value(of: claim, at: grant.provider)
        }
        switch fault {
        case .otherSubject:
            let other = TestIdentity(login: "autre", purpose: "", familyName: "QUELQU’UN D’AUTRE")
            claims["sub"] = .string(other.subject(at: grant.service))
        case .userinfoAudience: claims["aud"] = "un-autre-service"
        case .userinfoExpired: move(&claims, by: -3600)
        case .userinfoUnsigned: return JSON.object(claims).text
        default: break
        }
        return signed(claims, by: fault == .userinfoAlgNone ? .algNone : nil, &keys)
    }

    private func stamped(lifetime: Int) -> JSONObject {
        JSONObject([
            ("sub", .string(grant.identity.subject(at: grant.service))),
            ("aud", .string(grant.service.clientID)), ("exp", .integer(now + lifetime)), ("iat", .integer(now)),
            ("iss", .string(issuer)),
        ])
    }

    private func move(_ claims: inout JSONObject, by seconds: Int) {
        for name in ["exp", "iat"] { claims[name] = claims[name]?.integer.map { .integer($0 + seconds) } }
    }

    // MARK: Signatures

    private func signed(_ claims: JSONObject, by fault: MockFault?, _ keys: inout SigningKeys) -> String {
        let algorithm = grant.service.algorithm
        let payload = JSON.object(claims).bytes
        switch fault {
        case .algNone: return Self.unsigned("none", keys.current(algorithm).id, payload) + "."
        case .hs256PublicKey:
            // The oldest trick: whoever takes the algorithm from the header takes the public key for a shared secret.
            let key = keys.current(algorithm)
            let text = Self.unsigned("HS256", key.id, payload)
            let code = HMACSHA256.authenticationCode(for: text.utf8, key: keys.document.bytes)
            return "\(text).\(Base64URL.encode(code))"
        case .brokenSignature:
            return Self.text(claims: JSON.object([]).bytes, keys.current(algorithm), showing: payload)
        case .foreignKey:
            let stranger = SigningKeys.make(algorithm)
            return Self.text(claims: payload, stranger, id: keys.current(algorithm).id)
        case .unknownKey: return Self.text(claims: payload, SigningKeys.make(algorithm))
        case .rotatedKey: return Self.text(claims: payload, keys.rotated(algorithm))
        default: return Self.text(claims: payload, keys.current(algorithm))
        }
    }

    /// - Parameters:
    ///   - shown: what stands in the token in place of what was signed.
    ///   - id: the key's name, or the one that it borrows.
    private static func text(
        claims: [UInt8], _ key: SigningKeys.Key, id: String? = nil, showing shown: [UInt8]? = nil
    ) -> String {
        let header = header(key.algorithm.rawValue, id ?? key.id)
        let token = CompactJWS(header: header, payload: claims, key: key.key, algorithm: key.algorithm)
        guard let shown else { return token.text }
        return [header, shown, token.signature].map { Base64URL.encode($0) }.joined(separator: ".")
    }

    private static func unsigned(_ algorithm: String, _ id: String, _ payload: [UInt8]) -> String {
        "\(Base64URL.encode(header(algorithm, id))).\(Base64URL.encode(payload))"
    }

    /// Exactly these two members.
    private static func header(_ algorithm: String, _ id: String) -> [UInt8] {
        JSON.object([("alg", .string(algorithm)), ("kid", .string(id))]).bytes
    }
}

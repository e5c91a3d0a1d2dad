import PeculeCrypto
import PeculeHTTP

/// What FranceConnect's discovery document says (OpenID Connect Discovery 1.0, section 3).
struct ProviderMetadata: Sendable {
    let authorization: String
    let token: String
    let userinfo: String
    let keys: String
    let endSession: String

    static let path = "/.well-known/openid-configuration"

    /// - Throws: `misconfigured` for another issuer's document, and for one that leads to another host: the client's
    ///   secret and people's browsers go where it says.
    init(_ document: JSON, issuer: String) throws(FranceConnectError) {
        guard document["issuer"]?.string == issuer else {
            throw .misconfigured("the discovery document names another issuer than the configuration")
        }
        let origin = WebAddress(issuer)?.origin
        func endpoint(_ name: String) throws(FranceConnectError) -> String {
            guard let text = document[name]?.string, let address = WebAddress(text), address.origin == origin else {
                throw .misconfigured("\(name) of the discovery document is no address at the issuer's host")
            }
            return text
        }
        authorization = try endpoint("authorization_endpoint")
        token = try endpoint("token_endpoint")
        userinfo = try endpoint("userinfo_endpoint")
        keys = try endpoint("jwks_uri")
        endSession = try endpoint("end_session_endpoint")
    }
}

/// The keys with which FranceConnect signs (RFC 7517), as far as they suit the agreed algorithm.
struct KeySet: Sendable {
    private let keys: [String: PublicKey]

    init(_ document: JSON, for algorithm: JWSAlgorithm) throws(FranceConnectError) {
        guard let list = document["keys"]?.array else { throw .unavailable("the key set cannot be read") }
        var keys: [String: PublicKey] = [:]
        for item in list {
            guard let id = item["kid"]?.string, keys[id] == nil, item["use"]?.string ?? "sig" == "sig",
                item["alg"]?.string ?? algorithm.rawValue == algorithm.rawValue
            else { continue }
            keys[id] = Self.numbers(item, for: algorithm).flatMap(PublicKey.init)
        }
        self.keys = keys
    }

    subscript(_ id: String) -> PublicKey? { keys[id] }

    private static func numbers(_ item: JSON, for algorithm: JWSAlgorithm) -> PublicKey.Numbers? {
        func bytes(_ name: String) -> [UInt8]? { item[name]?.string.flatMap { Base64URL.decode($0) } }
        switch item["kty"]?.string {
        case "EC" where algorithm == .es256:
            guard item["crv"]?.string == "P-256", let x = bytes("x"), let y = bytes("y") else { return nil }
            return .ellipticCurve(x: x, y: y)
        case "RSA" where algorithm != .es256:
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            return .rsa(modulus: modulus, exponent: exponent)
        default: return nil
        }
    }
}

import Foundation
import PeculeCrypto
import PeculeHTTP

/// What a client signs to get a token (RFC 7523, section 3): a JSON Web Token about itself, for this gateway alone, for
/// some minutes, once.
struct ClientAssertion {
    let client: ClientName
    let keyID: String?
    let expires: Date
    /// Names this assertion among those that were used.
    let useID: String
    private let algorithm: JWSAlgorithm
    private let token: CompactJWS

    /// The furthest end that is taken, and how far clocks may differ, in seconds.
    private static let longest: TimeInterval = 600
    private static let skew: TimeInterval = 30

    /// Reads and judges all but the signature.
    init(_ text: String, for audience: String, at now: Date) throws(TokenRefusal) {
        guard text.utf8.count <= 4096, let token = CompactJWS(text), let header = Self.object(token.header),
            let claims = Self.object(token.payload)
        else { throw .client("client_assertion is no signed JSON Web Token") }
        guard let algorithm = header["alg"]?.string.flatMap(JWSAlgorithm.init(rawValue:)), header["crit"] == nil else {
            throw .client("alg has to be ES256, RS256 or PS256, and crit is not known")
        }
        (self.token, self.algorithm, keyID) = (token, algorithm, header["kid"]?.string)
        guard let client = claims["iss"]?.string.flatMap(ClientName.init), claims["sub"]?.string == client.text else {
            throw .client("iss and sub have to be the client's name")
        }
        self.client = client
        expires = try Self.end(of: claims, for: audience, at: now)
        guard let id = claims["jti"]?.string, (1...128).contains(id.utf8.count) else {
            throw .client("jti has to be a text of 1 to 128 bytes, another each time")
        }
        useID = "\(client):" + Base64URL.encode(SHA256.digest(id.utf8))
    }

    private static func end(of claims: JSON, for audience: String, at now: Date) throws(TokenRefusal) -> Date {
        let named = claims["aud"]?.string ?? claims["aud"]?.array.flatMap { $0.count == 1 ? $0[0].string : nil }
        guard named == audience else { throw .client("aud has to be \(audience)") }
        guard let end = time("exp", of: claims), (now - skew...now + longest).contains(end) else {
            throw .client("exp has to be some seconds from now, at most ten minutes")
        }
        let starts = ["iat", "nbf"].filter { claims[$0] != nil }
        guard starts.allSatisfy({ name in time(name, of: claims).map { $0 <= now + skew } ?? false }) else {
            throw .client("iat and nbf must not lie ahead")
        }
        return end + skew
    }

    private static func time(_ name: String, of claims: JSON) -> Date? {
        claims[name]?.integer.map { Date(timeIntervalSince1970: TimeInterval($0)) }
    }

    private static func object(_ bytes: [UInt8]) -> JSON? {
        (try? JSON(parsing: bytes)).flatMap { $0.object == nil ? nil : $0 }
    }

    func isSigned(by key: PublicKey) -> Bool { token.isValid(by: key, algorithm) }
}

/// Why a request for a token is refused, in the words of RFC 6749, section 5.2.
enum TokenRefusal: Error {
    case request(String)
    case client(String)
    case grantType
    case scope

    private var parts: (status: Int, error: String, description: String) {
        switch self {
        case .request(let why): (400, "invalid_request", why)
        case .client(let why): (401, "invalid_client", why)
        case .grantType: (400, "unsupported_grant_type", "grant_type has to be client_credentials")
        case .scope: (400, "invalid_scope", "scope has to be of those of the key: pay, read, operate")
        }
    }

    var response: HTTPResponse {
        .json(
            ["error": .string(parts.error), "error_description": .string(parts.description)], status: parts.status)
    }
}

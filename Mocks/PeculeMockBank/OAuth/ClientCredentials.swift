import PeculeCrypto
import PeculeHTTP

/// How a client says who it is (RFC 6749, section 2.3.1): by the one method that the bank has registered.
struct ClientCredentials: Sendable {
    let id: String
    /// Nil where a certificate has been looked at instead.
    let secret: String?

    init(
        _ request: HTTPRequest, _ form: URLForm, by method: MockBankProfile.ClientAuthentication
    ) throws(TokenFault) {
        switch method {
        case .basic:
            guard form["client_secret"] == nil, let (id, secret) = Self.basic(request),
                form["client_id"] == nil || form["client_id"] == id
            else { throw TokenFault.client(method) }
            (self.id, self.secret) = (id, secret)
        case .body:
            guard !request.fields.contains("Authorization"), let id = form["client_id"],
                let secret = form["client_secret"]
            else { throw TokenFault.client(method) }
            (self.id, self.secret) = (id, secret)
        case .tls:
            guard !request.fields.contains("Authorization"), form["client_secret"] == nil, let id = form["client_id"]
            else { throw TokenFault.client(method) }
            (self.id, secret) = (id, nil)
        }
    }

    func belong(to client: OAuthClient) -> Bool { secret.map { Secret.equal($0, client.secret) } ?? true }

    private static func basic(_ request: HTTPRequest) -> (String, String)? {
        guard let credentials = HTTPCredentials(of: request, scheme: "basic"),
            let data = Base64.decode(credentials.word), let text = String(validating: data, as: UTF8.self)
        else { return nil }
        // A secret may hold another one (RFC 7617, section 2).
        guard let colon = text[...].firstIndex(ofByte: UInt8(ascii: ":")),
            let id = URLCoding.decode(text[..<colon], plusIsSpace: true),
            let secret = URLCoding.decode(Substring(text[colon...].utf8.dropFirst()), plusIsSpace: true)
        else { return nil }
        return (id, secret)
    }
}

import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP

extension GatewayAPI {
    /// Adds the token endpoint for clients with a key of their own (`private_key_jwt`).
    /// - Parameter audience: its own address, as clients know it: what their assertions are for, letter by letter.
    public mutating func addTokens(audience: String) {
        open(.post, "/v1/token") { api, request, _ in
            do {
                return try await api.token(for: request, audience)
            } catch let refusal as TokenRefusal {
                return refusal.response
            }
        }
    }

    /// How long a token is good, in seconds.
    private static let lifetime = 300

    private func token(for request: HTTPRequest, _ audience: String) async throws -> HTTPResponse {
        let type = request.fields["Content-Type"]?.split(separator: ";").first?.lowercased().trimmingSpaces
        guard type == "application/x-www-form-urlencoded", let form = URLForm(body: request.body),
            form.repeated.isEmpty
        else { throw TokenRefusal.request("the body has to be a form (application/x-www-form-urlencoded)") }
        guard form["grant_type"] == "client_credentials" else { throw TokenRefusal.grantType }
        guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            let text = form["client_assertion"]
        else { throw TokenRefusal.request("client_assertion, and its type jwt-bearer (RFC 7523), are missing") }
        let assertion = try ClientAssertion(text, for: audience, at: environment.now())
        guard form["client_id"] == nil || form["client_id"] == assertion.client.text else {
            throw TokenRefusal.client("client_id is another than the assertion's")
        }
        try await register.clear()
        let key = try await register.holder(of: assertion)
        guard try await register.admits(request.clientCertificate, of: key.client) != nil else {
            throw TokenRefusal.client("this client has to show its certificate")
        }
        let scopes = try Self.scopes(form["scope"], of: key)
        let token = try await keys.token(for: key.client, scopes, lasting: TimeInterval(Self.lifetime))
        return .json([
            "access_token": .string(token.revealed), "token_type": "Bearer", "expires_in": .integer(Self.lifetime),
            "scope": .string(scopes.map(\.rawValue).sorted().joined(separator: " ")),
        ])
    }

    private static func scopes(_ text: String?, of key: ClientKey) throws(TokenRefusal) -> Set<Scope> {
        guard let text else { return key.scopes }
        let words = text.split(separator: " ")
        let scopes = Set(words.compactMap { Scope(rawValue: String($0)) })
        guard !words.isEmpty, scopes.count == words.count, scopes.isSubset(of: key.scopes) else { throw .scope }
        return scopes
    }
}

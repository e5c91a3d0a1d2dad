import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// The token endpoint and the revocation of tokens.
struct TokenFace: Sendable {
    let desk: ProviderDesk

    func install(in router: inout HTTPRouter) {
        router.stream(.post, "\(ProviderPath.issuer)/token") { request, _ in
            do throws(TokenFault) {
                return try desk.change { (state, now) throws(TokenFault) in try Self.redeem(request, &state, now) }
            } catch { return HTTPDelivery(error.response) }
        }
        router.on(.post, "\(ProviderPath.issuer)/token/revocation") { request, _ in
            do throws(TokenFault) {
                try desk.change { (state, _) throws(TokenFault) in try Self.revoke(request, &state) }
                return HTTPResponse(status: 200)
            } catch { return error.response }
        }
    }

    private static func redeem(
        _ request: HTTPRequest, _ state: inout ProviderState, _ now: Date
    ) throws(TokenFault) -> HTTPDelivery {
        let form = try form(request)
        let service = try service(request, form, state)
        guard let type = form["grant_type"] else { throw .invalidRequest("missing required parameter(s) (grant_type)") }
        guard type == "authorization_code" else {
            throw TokenFault("unsupported_grant_type", "\(type) is not supported")
        }
        guard let code = form["code"], !code.isEmpty else {
            throw .invalidRequest("missing required parameter(s) (code)")
        }
        let grant = try grant(code, form, service, &state, now)
        if grant.identity.fault == .tokenUnavailable {
            return HTTPDelivery(TokenFault("server_error", "try again later", status: 503).response)
        }
        let token = state.newSecret()
        state.codes.update(code) { $0.accessToken = token }
        let end = now + TimeInterval(ProviderState.Lifetime.accessToken)
        state.accessTokens.add(grant, for: token, until: end, at: now)
        let mint = TokenMint(grant: grant, issuer: state.issuer, now: Int(now.timeIntervalSince1970))
        let response = answer(token, mint.idToken(&state.keys), grant)
        return HTTPDelivery(response, after: grant.identity.fault == .tokenSlow ? .seconds(60) : .zero)
    }

    /// The code is used up by this; whoever brings it again takes back what was given for it (RFC 6749, section 4.1.2).
    private static func grant(
        _ code: String, _ form: URLForm, _ service: MockService, _ state: inout ProviderState, _ now: Date
    ) throws(TokenFault) -> Grant {
        let refusal = TokenFault("invalid_grant", "grant request is invalid")
        guard let grant = state.codes.find(code, at: now), grant.service.clientID == service.clientID else {
            throw refusal
        }
        if let token = grant.accessToken {
            state.codes.remove(code)
            state.accessTokens.remove(token)
            throw refusal
        }
        guard form["redirect_uri"] == grant.request.redirectURI.text else { throw refusal }
        let verifier = form["code_verifier"]
        let isProved =
            grant.request.challenge.map { PKCE.matches(verifier: verifier ?? "", challenge: $0) } ?? (verifier == nil)
        guard isProved else { throw refusal }
        return grant
    }

    /// Exactly five members.
    private static func answer(_ token: String, _ idToken: String, _ grant: Grant) -> HTTPResponse {
        var response = HTTPResponse.json([
            "access_token": .string(token), "expires_in": .integer(ProviderState.Lifetime.accessToken),
            "id_token": .string(idToken),
            "scope": .string(grant.request.scopes.map(\.rawValue).joined(separator: " ")), "token_type": "Bearer",
        ])
        response.fields.set("no-store", for: "Cache-Control")
        return response
    }

    private static func revoke(_ request: HTTPRequest, _ state: inout ProviderState) throws(TokenFault) {
        let form = try form(request)
        _ = try service(request, form, state)
        guard let token = form["token"] else { throw .invalidRequest("missing required parameter(s) (token)") }
        state.accessTokens.remove(token)
    }

    private static func form(_ request: HTTPRequest) throws(TokenFault) -> URLForm {
        let type = request.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded", let form = URLForm(body: request.body),
            form.repeated.isEmpty
        else { throw .invalidRequest("the body must be a form without repeated parameters") }
        return form
    }

    /// `client_secret_post` alone.
    private static func service(
        _ request: HTTPRequest, _ form: URLForm, _ state: ProviderState
    ) throws(TokenFault) -> MockService {
        guard !request.fields.contains("Authorization"),
            let service = form["client_id"].flatMap({ state.services[$0] }),
            let secret = form["client_secret"], service.knows(secret: secret)
        else { throw TokenFault("invalid_client", "client authentication failed", status: 401) }
        return service
    }
}

/// An error of the provider for a service's server (RFC 6749, section 5.2).
struct TokenFault: Error, Equatable {
    let code: String
    let description: String
    let status: Int

    init(_ code: String, _ description: String, status: Int = 400) {
        (self.code, self.description, self.status) = (code, description, status)
    }

    static func invalidRequest(_ description: String) -> TokenFault { TokenFault("invalid_request", description) }

    var response: HTTPResponse {
        var response = HTTPResponse.json(
            [
                "error": .string(code), "error_description": .string(description),
                "error_uri": .string("https://franceconnect.example/erreurs/\(code)"),
            ], status: status)
        response.fields.set("no-store", for: "Cache-Control")
        return response
    }
}

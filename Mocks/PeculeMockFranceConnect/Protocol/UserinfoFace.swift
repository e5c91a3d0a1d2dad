import FoundationEssentials
import PeculeHTTP

/// Where a service's server asks who logged in.
struct UserinfoFace: Sendable {
    let desk: ProviderDesk

    func install(in router: inout HTTPRouter) {
        router.on(.get, "\(ProviderPath.issuer)/userinfo") { request, _ in
            desk.change { state, now in Self.answer(request, &state, now) }
        }
    }

    private static func answer(_ request: HTTPRequest, _ state: inout ProviderState, _ now: Date) -> HTTPResponse {
        guard let credentials = HTTPCredentials(of: request, scheme: "bearer"),
            let grant = state.accessTokens.find(String(credentials.word), at: now)
        else {
            var response = TokenFault("invalid_token", "invalid token provided", status: 401).response
            response.fields.set(#"Bearer error="invalid_token""#, for: "WWW-Authenticate")
            return response
        }
        if grant.identity.fault == .userinfoUnavailable {
            return TokenFault("server_error", "try again later", status: 502).response
        }
        let mint = TokenMint(grant: grant, issuer: state.issuer, now: Int(now.timeIntervalSince1970))
        let isPlain = grant.identity.fault == .userinfoUnsigned
        return HTTPResponse(
            status: 200,
            fields: [
                "Content-Type": isPlain ? "application/json" : "application/jwt", "Cache-Control": "no-store",
            ], body: Array(mint.userinfo(&state.keys).utf8))
    }
}

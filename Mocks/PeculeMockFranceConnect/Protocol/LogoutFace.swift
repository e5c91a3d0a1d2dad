import PeculeCrypto
import PeculeHTTP

/// Where a service sends browsers to end their session here (OpenID Connect RP-Initiated Logout 1.0).
struct LogoutFace: Sendable {
    let desk: ProviderDesk

    private static let known = [
        "id_token_hint", "post_logout_redirect_uri", "state", "client_id", "logout_hint", "ui_locales",
    ]

    func install(in router: inout HTTPRouter) {
        router.on(.get, "\(ProviderPath.issuer)/session/end") { request, _ in
            desk.change { state, _ in Self.end(request, &state) }
        }
    }

    private static func end(_ request: HTTPRequest, _ state: inout ProviderState) -> HTTPResponse {
        guard let form = URLForm(parsing: request.query ?? ""), form.repeated.isEmpty,
            let hint = form["id_token_hint"], !hint.isEmpty
        else { return ErrorPage.response(.badParameter, detail: "id_token_hint") }
        if let name = form.pairs.first(where: { !known.contains($0.name) })?.name {
            return ErrorPage.response(.badParameter, detail: name)
        }
        guard let service = service(of: hint, state) else {
            return ErrorPage.response(.badParameter, detail: "id_token_hint")
        }
        let back = form["post_logout_redirect_uri"]
        if let back, !service.postLogoutRedirectURIs.contains(back) {
            return ErrorPage.response(.unregisteredRedirect, detail: "post_logout_redirect_uri not registered")
        }
        if let session = ProviderCookie.session(request) { state.sessions.remove(session) }
        let answer = URLForm(form["state"].map { [("state", $0)] } ?? [])
        let address = back.map { answer.pairs.isEmpty ? $0 : WebAddress($0)?.appending(answer) ?? $0 }
        var response = address.map(HTTPResponse.seeOther) ?? LogoutPage.response
        response.fields.set(ProviderCookie.gone, for: "Set-Cookie")
        return response
    }

    /// Whom the hint was made for. It lives a minute and a session half an hour: its age does not count.
    private static func service(of hint: String, _ state: ProviderState) -> MockService? {
        guard let token = CompactJWS(hint), state.keys.signed(token),
            let claims = try? JSON(parsing: token.payload), let client = claims["aud"]?.string
        else { return nil }
        return state.services[client]
    }
}

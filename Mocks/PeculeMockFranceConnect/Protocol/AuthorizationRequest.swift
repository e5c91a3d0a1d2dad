import PeculeCrypto
import PeculeHTTP

/// What a browser brings to the authorization endpoint, by the rules of version 2.
struct AuthorizationRequest: Sendable, Equatable {
    let clientID: String
    let redirectURI: WebAddress
    /// Known scopes that were asked for, in order.
    let scopes: [Scope]
    let state: String
    let nonce: String
    /// Nil without PKCE.
    let challenge: String?
    let wantsMethods: Bool
    let provider: IdentityProvider?

    /// Why the request is not served: told on a page of the provider, or by a way back to the service.
    enum Refusal: Error, Equatable {
        case page(ErrorCode, detail: String)
        case callback(address: String)
    }

    private static let required = [
        "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "acr_values",
    ]
    /// Version 2 as published announces PKCE and refuses its parameters; this one takes them.
    private static let optional = [
        "prompt", "claims", "idp_hint", "ui_locales", "code_challenge", "code_challenge_method",
    ]

    init(
        _ form: URLForm, services: [String: MockService], issuer: String
    ) throws(Refusal) {
        try Self.checkParameters(form)
        func value(_ name: String) -> String { form[name] ?? "" }
        guard let service = services[value("client_id")] else { throw .page(.unknownClient, detail: "client_id") }
        guard service.redirectURIs.contains(value("redirect_uri")), let address = WebAddress(value("redirect_uri"))
        else { throw .page(.unregisteredRedirect, detail: "redirect_uri") }
        clientID = service.clientID
        redirectURI = address
        (state, nonce, challenge) = (value("state"), value("nonce"), form["code_challenge"])
        let claims = form["claims"].flatMap { try? JSON(parsing: Array($0.utf8)) }
        wantsMethods = claims?["id_token"]?["amr"] != nil
        provider = form["idp_hint"].flatMap(IdentityProvider.init)
        let words = value("scope").split(separator: " ").map(String.init)
        scopes = words.compactMap(Scope.init)
        if let (error, description) = Self.fault(form, words, scopes, service) {
            let answer = URLForm([
                ("error", error), ("error_description", description), ("state", state), ("iss", issuer),
            ])
            throw .callback(address: Self.answer(answer, to: address, of: value("response_type")))
        }
    }

    /// The rules of the validator, which stands before everything else.
    private static func checkParameters(_ form: URLForm) throws(Refusal) {
        func refuse(_ name: String) -> Refusal { .page(.badParameter, detail: name) }
        if let name = form.repeated.sorted().first { throw refuse(name) }
        for (name, _) in form.pairs where !required.contains(name) && !optional.contains(name) { throw refuse(name) }
        for name in required where form[name]?.isEmpty != false { throw refuse(name) }
        if WebAddress(form["redirect_uri"] ?? "") == nil { throw refuse("redirect_uri") }
        if form["nonce"]?.utf8.count ?? 0 < 22 { throw refuse("nonce") }
        if let prompt = form["prompt"], !["login", "consent", "login consent", "consent login"].contains(prompt) {
            throw refuse("prompt")
        }
        if let claims = form["claims"], (try? JSON(parsing: Array(claims.utf8)))?.object == nil {
            throw refuse("claims")
        }
        let method = form["code_challenge_method"]
        guard let challenge = form["code_challenge"] else {
            if method != nil { throw refuse("code_challenge_method") }
            return
        }
        if method != "S256" { throw refuse("code_challenge_method") }
        if Base64URL.decode(challenge)?.count != SHA256.length { throw refuse("code_challenge") }
    }

    /// What the service is told.
    private static func fault(
        _ form: URLForm, _ words: [String], _ scopes: [Scope], _ service: MockService
    ) -> (error: String, description: String)? {
        guard form["response_type"] == "code" else {
            return ("unsupported_response_type", "unsupported response_type requested")
        }
        guard words.contains("openid") else { return ("invalid_request", "openid scope must be requested") }
        if let allowed = service.scopes, !scopes.allSatisfy({ $0 == .openid || allowed.contains($0.rawValue) }) {
            return ("invalid_scope", "requested scope is not allowed")
        }
        let levels = (form["acr_values"] ?? "").split(separator: " ")
        if !levels.contains("eidas1"), levels.contains("eidas2") || levels.contains("eidas3") {
            return ("invalid_acr", "acr_value is not valid, should be equal one of these values, expected eidas1")
        }
        return nil
    }

    /// Answers of the implicit and hybrid flows stand in the fragment (OAuth 2.0 Multiple Response Types, section 5).
    private static func answer(_ form: URLForm, to address: WebAddress, of responseType: String) -> String {
        let words = responseType.split(separator: " ")
        let isInFragment = words.contains("token") || words.contains("id_token")
        return isInFragment ? "\(address.text)#\(form.text)" : address.appending(form)
    }

    /// The return address with an answer, the state, and who answers (RFC 9207, section 2).
    func answer(_ pairs: [URLForm.Pair], state given: String? = nil, issuer: String) -> String {
        redirectURI.appending(URLForm(pairs + [("state", given ?? state), ("iss", issuer)]))
    }
}

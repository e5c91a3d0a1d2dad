import PeculeCrypto
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

/// The rules of version 2 for what a browser brings.
@Suite("The authorization request")
struct AuthorizeTests {
    /// The page's error code; nil where the choice of a provider is shown.
    static let pages: [(what: String, changes: [String: String?], code: String?)] = [
        ("nothing changed", [:], nil),
        ("a nonce of 22 characters", ["nonce": "1234567890123456789012"], nil),
        ("a nonce of 16", ["nonce": "1234567890123456"], "Y030007"),
        ("a nonce of 64 with signs", ["nonce": String(repeating: "a@#&", count: 16)], nil),
        ("no nonce", ["nonce": nil], "Y030007"), ("no state", ["state": nil], "Y030007"),
        ("an empty state", ["state": ""], "Y030007"), ("no scope", ["scope": nil], "Y030007"),
        ("no acr_values", ["acr_values": nil], "Y030007"),
        ("no response type", ["response_type": nil], "Y030007"),
        ("no client", ["client_id": nil], "Y030007"),
        ("an address that is none", ["redirect_uri": "retour"], "Y030007"),
        ("login_hint", ["login_hint": "x"], "Y030007"), ("max_age", ["max_age": "1"], "Y030007"),
        ("response_mode", ["response_mode": "query"], "Y030007"), ("request", ["request": "x"], "Y030007"),
        ("prompt login", ["prompt": "login"], nil), ("prompt consent", ["prompt": "consent"], nil),
        ("both prompts", ["prompt": "consent login"], nil), ("prompt none", ["prompt": "none"], "Y030007"),
        ("an empty prompt", ["prompt": ""], "Y030007"),
        ("prompt select_account", ["prompt": "select_account"], "Y030007"),
        ("claims", ["claims": #"{"id_token":{"amr":{"essential":true}}}"#], nil),
        ("claims that are none", ["claims": "amr"], "Y030007"),
        ("a language", ["ui_locales": "fr"], nil), ("an unknown provider", ["idp_hint": "x"], nil),
        ("PKCE", ["code_challenge": challenge, "code_challenge_method": "S256"], nil),
        ("PKCE without its method", ["code_challenge": challenge], "Y030007"),
        ("plain PKCE", ["code_challenge": challenge, "code_challenge_method": "plain"], "Y030007"),
        ("an unknown client", ["client_id": "inconnu"], "Y04EA6EF"),
        ("another return address", ["redirect_uri": "http://localhost:9/ailleurs"], "Y04C013C"),
        ("a return address with a slash more", ["redirect_uri": "http://localhost:9/retour/"], "Y04C013C"),
        ("an unknown scope", ["scope": "openid given_name quelque_chose"], nil),
        ("an unknown level alone", ["acr_values": "inconnu"], nil),
        ("three levels", ["acr_values": "eidas1 eidas2 eidas3"], nil),
    ]

    private static let verifier = String(repeating: "v", count: 43)
    private static let challenge = PKCE.challenge(for: verifier)

    @Test("is refused on a page with no way back, or taken", arguments: pages.indices, [HTTPMethod.get, .post])
    func page(index: Int, method: HTTPMethod) async throws {
        let row = Self.pages[index]
        let world = ProviderWorld()
        var browser = world.browser
        let pairs = ProviderWorld.request(row.changes)
        if method == .get {
            try await world.authorize(&browser, pairs)
        } else {
            try await browser.send("/franceconnect/api/v2/authorize", pairs)
        }
        #expect(browser.left == nil)
        #expect(browser.page.status == (row.code == nil ? 200 : 400), "\(row.what)")
        let heading = row.code == nil ? "Connexion en cours sur Portail des proches" : "Une erreur est survenue"
        #expect(browser.heading == heading)
        if let code = row.code { #expect(browser.html.contains("<strong>\(code)</strong>"), "\(row.what)") }
        #expect(!browser.html.contains("localhost:9"))
    }

    @Test("a parameter that stands twice is refused")
    func repeated() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        try await world.authorize(&browser, ProviderWorld.request() + [("state", "autre")])
        #expect(browser.html.contains("Y030007"))
    }

    static let callbacks: [(what: String, changes: [String: String?], mark: String, error: String)] = [
        ("the implicit flow", ["response_type": "id_token"], "#", "unsupported_response_type"),
        ("the hybrid flow", ["response_type": "code id_token"], "#", "unsupported_response_type"),
        ("an unknown type", ["response_type": "jeton"], "?", "unsupported_response_type"),
        ("no openid", ["scope": "given_name"], "?", "invalid_request"),
        ("level 2", ["acr_values": "eidas2"], "?", "invalid_acr"),
        ("level 3", ["acr_values": "eidas3"], "?", "invalid_acr"),
        ("an unknown level and level 3", ["acr_values": "inconnu eidas3"], "?", "invalid_acr"),
    ]

    @Test("other errors go back to the service, with state and issuer", arguments: callbacks.indices)
    func callback(index: Int) async throws {
        let row = Self.callbacks[index]
        let world = ProviderWorld()
        var browser = world.browser
        try await world.authorize(&browser, ProviderWorld.request(row.changes))
        let left = try #require(browser.left)
        #expect(left.hasPrefix("\(ProviderWorld.back)\(row.mark)error=\(row.error)&error_description="), "\(row.what)")
        let issuer = URLCoding.encode(ProviderWorld.issuer)
        #expect(left.hasSuffix("&state=etat&iss=\(issuer)"))
    }

    @Test("a scope that a service may not ask for goes back to it, beside its own query")
    func scope() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        let pairs = ProviderWorld.request(["scope": "openid given_name email"], of: ProviderWorld.other)
        try await world.authorize(&browser, pairs)
        #expect(browser.left?.hasPrefix("\(ProviderWorld.back)?de=autre&error=invalid_scope&") == true)
        #expect(browser.answer("error_description") == "requested scope is not allowed")
    }

    @Test("what cannot be read is refused")
    func unreadable() async throws {
        let world = ProviderWorld()
        #expect(try await world.get("/authorize?a=%ZZ").status == 400)
        #expect(try await world.get("/authorize").text.contains("Y030007"))
    }
}

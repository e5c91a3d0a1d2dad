import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

@Suite("Logging out of the simulated FranceConnect")
struct LogoutTests {
    static let requests: [(what: String, pairs: [URLForm.Pair], left: String?, mark: String)] = [
        ("everything", [("post_logout_redirect_uri", "http://localhost:9/au-revoir"), ("state", "é")],
            "http://localhost:9/au-revoir?state=%C3%A9", ""),
        ("no state", [("post_logout_redirect_uri", "http://localhost:9/au-revoir")],
            "http://localhost:9/au-revoir", ""),
        ("no address", [("state", "x")], nil, "Vous êtes bien déconnecté"),
        ("hints", [("client_id", "x"), ("logout_hint", "x"), ("ui_locales", "fr")], nil, "Vous êtes bien déconnecté"),
        ("another address", [("post_logout_redirect_uri", "http://localhost:9/x")], nil,
            "post_logout_redirect_uri not registered"),
        ("another service's address", [("post_logout_redirect_uri", "http://localhost:9/autre")], nil,
            "post_logout_redirect_uri not registered"),
        ("another parameter", [("prompt", "login")], nil, "Y030007"),
    ]

    @Test("returns to a registered address, or says so itself", arguments: requests.indices)
    func end(index: Int) async throws {
        let row = Self.requests[index]
        let world = ProviderWorld()
        var browser = world.browser
        let code = try await world.code(in: &browser)
        let tokens = try await world.post("/token", ProviderWorld.tokenRequest(code)).json
        world.advance(900)
        let form = URLForm([("id_token_hint", tokens["id_token"]?.string ?? "")] + row.pairs)
        try await browser.open("\(ProviderWorld.issuer)/session/end?\(form.text)")
        #expect(browser.left == row.left, "\(row.what)")
        #expect(browser.html.contains(row.mark))
        let isRefused = browser.page.status == 400
        try await world.authorize(&browser)
        #expect((browser.heading == "Connexion sur Portail des proches") == isRefused, "\(row.what)")
    }

    @Test("a hint that is missing or not ours is refused", arguments: ["", "id_token_hint=", "id_token_hint=a.b.c"])
    func hints(_ query: String) async throws {
        let world = ProviderWorld()
        #expect(try await world.get("/session/end?\(query)").text.contains("Y030007"))
    }

    @Test("a hint of another provider is refused")
    func foreign() async throws {
        let token = try await ProviderWorld().tokens()["id_token"]?.string ?? ""
        #expect(try await ProviderWorld().get("/session/end?id_token_hint=\(token)").status == 400)
    }
}

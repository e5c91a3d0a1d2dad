import PeculeCrypto
import PeculeHTTP
@testable import PeculeMockBank
import Testing

/// The token endpoint and the authorization endpoint (RFC 6749, RFC 7636, RFC 9207).
@Suite struct OAuthTests {
    static let grant: [(String, String)] = [("grant_type", "client_credentials"), ("scope", "pisp")]

    @Test(arguments: [
        ([], 400, "invalid_request"), ([("grant_type", "password")], 400, "unsupported_grant_type"),
        ([("grant_type", "implicit")], 400, "unsupported_grant_type"),
        ([("grant_type", "client_credentials")], 400, "invalid_scope"),
        ([("grant_type", "client_credentials"), ("scope", "aisp")], 400, "invalid_scope"),
        ([("grant_type", "client_credentials"), ("scope", "pisp"), ("scope", "pisp")], 400, "invalid_request"),
        ([("grant_type", "authorization_code")], 400, "invalid_request"),
        ([("grant_type", "authorization_code"), ("code", "x")], 400, "invalid_grant"),
        (grant, 200, nil),
    ] as [([(String, String)], Int, String?)])
    func aTokenIsGivenForTheRightQuestion(pairs: [(String, String)], status: Int, error: String?) async {
        for profile in MockBankProfile.fictional {
            let world = World()
            let initiator = Initiator(world: world, profile: profile)
            let response = await world.send(initiator.tokenRequest(pairs.map { (name: $0.0, value: $0.1) }))
            #expect(response.status == status && response.json?["error"]?.string == error)
            #expect(response.fields["Cache-Control"] == "no-store")
            if status == 200 {
                #expect(response.json?["token_type"] == "Bearer" && response.json?["expires_in"] == .integer(3600))
            }
        }
    }

    @Test func aSecretMayHoldAColon() throws {
        let sent: HTTPFields = ["Authorization": "Basic " + Base64.encode(Array("PSDFR-ACPR-99999:a:b".utf8))]
        let form = try #require(URLForm(parsing: "grant_type=client_credentials"))
        let credentials = try ClientCredentials(HTTPRequest(.post, "/", fields: sent), form, by: .basic)
        #expect(credentials.id == "PSDFR-ACPR-99999" && credentials.secret == "a:b")
    }

    @Test(arguments: [("deux-rives", true), ("phare", false)])
    func aClientProvesItselfInTheRegisteredWayAlone(bank: String, usesBasic: Bool) async {
        let world = World()
        let profile = MockBankProfile.named(bank)
        let right = Initiator(world: world, profile: profile)
        let basic = "Basic " + Base64.encode(Array("PSDFR-ACPR-99999:bac-a-sable".utf8))
        let form = "grant_type=client_credentials&scope=pisp"
        let inBody = form + "&client_id=PSDFR-ACPR-99999&client_secret=bac-a-sable"
        func status(_ authorization: String?, _ body: String) async -> Int {
            var request = right.tokenRequest([])
            request.fields.set(authorization, for: "Authorization")
            request.body = Array(body.utf8)
            return await world.send(request).status
        }
        #expect(await status(basic, form) == (usesBasic ? 200 : 401))
        #expect(await status(basic.replacing(" ", with: "  "), form) == (usesBasic ? 200 : 401))
        #expect(await status(basic, form + "&client_id=PSDFR-ACPR-99999") == (usesBasic ? 200 : 401))
        #expect(await status(basic, form + "&client_id=PSDFR-ACPR-99998") == 401)
        #expect(await status(nil, inBody) == (usesBasic ? 401 : 200))
        #expect(await status(basic, inBody) == 401)
        #expect(await status(nil, form) == 401)
        #expect(await status("Basic ???", form) == 401)
        #expect(await status("Bearer x", form) == 401)
        let wrong = Initiator(world: world, profile: profile, secret: "faux")
        #expect(await wrong.token() == nil)
        let unknown = Initiator(world: world, profile: profile, id: "PSDFR-ACPR-1")
        #expect(await unknown.token() == nil)
    }

    private func approved(_ world: World) async throws -> (Initiator, Initiator.Opened, String) {
        let initiator = Initiator(world: world, profile: .named("sillage"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        let returned = try #require(await browser.approve(opened.link))
        let query = URLForm(parsing: returned.split(separator: "?")[1])
        return (initiator, opened, try #require(query?["code"]))
    }

    @Test func aCodeIsExchangedOnceAndItsSecondUseRevokesItsToken() async throws {
        let world = World()
        let (initiator, opened, code) = try await approved(world)
        let token = await initiator.redeem(code).json?["access_token"]?.string
        let again = await initiator.redeem(code)
        #expect(again.status == 400 && again.json?["error"] == "invalid_grant")
        let body = JSON.object(JSONObject([("nonce", try #require(opened.nonce))]))
        let confirmation = await initiator.call(.post, "/\(opened.id)/confirmation", body: body, token: token)
        #expect(confirmation.status == 401)
        #expect(world.debits(of: opened.id).isEmpty)
    }

    @Test(arguments: [(60.0, 200), (61.0, 400)])
    func aCodeLivesAMinute(seconds: Double, status: Int) async throws {
        let world = World()
        let (initiator, _, code) = try await approved(world)
        world.advance(by: seconds)
        #expect(await initiator.redeem(code).status == status)
    }

    @Test func aCodeBelongsToItsClientItsAddressAndItsVerifier() async throws {
        let world = World()
        let (initiator, _, code) = try await approved(world)
        let other = Initiator(world: world, profile: .named("sillage"), id: "PSDFR-ACPR-99998", secret: "autre-bac")
        #expect(await other.redeem(code).json?["error"] == "invalid_grant")
        #expect(await initiator.redeem(code, verifier: nil).json?["error"] == "invalid_grant")
        #expect(await initiator.redeem(code, verifier: String(repeating: "w", count: 43)).status == 400)
        #expect(await initiator.redeem(code, verifier: "court").status == 400)
        #expect(await initiator.redeem(code, redirectURI: nil).status == 400)
        #expect(await initiator.redeem(code, redirectURI: Initiator.returnURL + "/").status == 400)
        #expect(await initiator.redeem(code).status == 200)
    }

    /// A changed authorization request: told on a page, or to the client, or served.
    @Test(arguments: [
        ("client_id", nil, 400, nil), ("client_id", "PSDFR-ACPR-1", 400, nil),
        ("client_id", "PSDFR-ACPR-99998", 404, nil),
        ("redirect_uri", nil, 400, nil), ("redirect_uri", "https://voleur.example/", 400, nil),
        ("redirect_uri", "https://gateway.example/oauth/retour/x", 400, nil),
        ("redirect_uri", "https://gateway.example/oauth/retour?x", 400, nil),
        ("redirect_uri", "https://gateway.example:443/oauth/retour", 400, nil),
        ("redirect_uri", "https://GATEWAY.example/oauth/retour", 400, nil),
        ("redirect_uri", "http://gateway.example/oauth/retour", 400, nil),
        ("redirect_uri", "http://127.0.0.1@voleur.example/", 400, nil),
        ("redirect_uri", "http://127.0.0.1.voleur.example/", 400, nil),
        ("redirect_uri", "http://127.0.0.1:80\\@voleur.example/", 400, nil),
        ("redirect_uri", "http://127.0.0.1/a/../b", 400, nil), ("redirect_uri", "http://127.0.0.1/#f", 400, nil),
        ("redirect_uri", "//127.0.0.1/", 400, nil), ("redirect_uri", "https://127.0.0.1/", 400, nil),
        ("redirect_uri", "https://gateway.example/oauth/retour", 200, nil),
        ("redirect_uri", "http://localhost:1234/x?y=z", 200, nil), ("redirect_uri", "http://[::1]:1234/x", 200, nil),
        ("response_type", "token", 303, "unsupported_response_type"), ("scope", "aisp", 303, "invalid_scope"),
        ("state", nil, 303, "invalid_request"), ("code_challenge", nil, 303, "invalid_request"),
        ("code_challenge", "court", 303, "invalid_request"),
        ("code_challenge_method", nil, 303, "invalid_request"),
        ("code_challenge_method", "plain", 303, "invalid_request"),
        ("context", nil, 404, nil), ("context", "0", 404, nil),
    ] as [(String, String?, Int, String?)])
    func anAuthorizationRequestIsReadStrictly(name: String, value: String?, status: Int, error: String?) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("oceane"))
        let opened = try #require(await initiator.open())
        let (path, query) = try #require(opened.link.splitOnce("?"))
        var form = URLForm(try #require(URLForm(parsing: query)).pairs.filter { $0.name != name })
        if let value { form.append(value, for: name) }
        var browser = Browser(world)
        await browser.open(path + "?" + form.text)
        #expect(browser.page.status == status)
        #expect((browser.left != nil) == (error != nil))
        guard let left = browser.left else { return }
        let answer = try #require(left.splitOnce("?").flatMap { URLForm(parsing: $0.1) })
        #expect(left.hasPrefix(Initiator.returnURL + "?") && answer["error"] == error)
        #expect(answer["iss"] == "\(World.baseURL)/oceane" && answer["state"] == (name == "state" ? nil : "etat-1"))
    }

    @Test(arguments: ["client_id", "redirect_uri", "state", "context", "code_challenge"])
    func aRepeatedParameterIsRefusedOnAPage(name: String) async throws {
        let world = World()
        let opened = try #require(await Initiator(world: world, profile: .named("oceane")).open())
        var browser = Browser(world)
        await browser.open(opened.link + "&\(name)=x")
        #expect(browser.page.status == 400 && browser.left == nil)
    }

    @Test func aLinkOfOneFlowDoesNotOpenTheOther() async throws {
        let world = World()
        let simple = try #require(await Initiator(world: world, profile: .named("phare")).open())
        let context = try #require(simple.link.splitOnce("=")).1
        let oauth = Initiator(world: world, profile: .named("phare")).authorization.text
        var browser = Browser(world)
        await browser.open("/phare/oauth/authorize?response_type=code&scope=pisp&context=\(context)&\(oauth)")
        #expect(browser.page.status == 404)
        await browser.open("/sillage/consent?context=\(context)")
        #expect(browser.page.status == 404)
    }
}

extension String {
    func splitOnce(_ mark: Character) -> (String, String)? {
        firstIndex(of: mark).map { (String(self[..<$0]), String(self[index(after: $0)...])) }
    }
}

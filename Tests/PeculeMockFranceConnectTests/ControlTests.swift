import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

@Suite("The controls of the simulated FranceConnect")
struct ControlTests {
    static let clients: [(what: String, body: JSON, status: Int, detail: String)] = [
        ("a whole one", valid, 204, ""),
        ("RS256, private, fewer scopes",
            changed(["algorithm": "RS256", "public": false, "scopes": ["email"]]), 204, ""),
        ("no secret", changed(["secret": nil]), 400, "secret must be a text of 1 to 256 bytes"),
        ("no addresses", changed(["redirect_uris": []]), 400, "redirect_uris must be https addresses"),
        ("http elsewhere", changed(["redirect_uris": ["http://a.example/"]]), 400, "redirect_uris must be https"),
        ("an address that is none", changed(["post_logout_redirect_uris": ["x"]]), 400, "post_logout_redirect_uris"),
        ("PS256", changed(["algorithm": "PS256"]), 400, "algorithm must be ES256 or RS256"),
        ("HS256", changed(["algorithm": "HS256"]), 400, "algorithm must be ES256 or RS256"),
        ("scopes that are none", changed(["scopes": [.integer(1)]]), 400, "scopes must be a list of texts"),
        ("no object", [], 400, "the body must be a JSON object"),
    ]

    private static let valid: JSON = [
        "secret": "s", "name": "Nouveau", "redirect_uris": ["http://localhost:9/nouveau"],
        "post_logout_redirect_uris": ["https://nouveau.example/"],
    ]

    private static func changed(_ members: [String: JSON?]) -> JSON {
        var object = valid.object ?? JSONObject()
        for (name, value) in members { object[name] = value }
        return .object(object)
    }

    @Test("a service is made known while the provider runs", arguments: clients.indices)
    func client(index: Int) async throws {
        let row = Self.clients[index]
        let world = ProviderWorld()
        let response = try await world.network.send(
            HTTPRequest(
                .put, ProviderWorld.origin + "/franceconnect/mock/clients/nouveau",
                fields: ["Content-Type": "application/json"], body: row.body.bytes), within: HTTPLimits())
        #expect(response.status == row.status, "\(row.what)")
        #expect(response.text.contains(row.detail), "\(response.text)")
        var browser = world.browser
        let asked = ["client_id": "nouveau", "redirect_uri": "http://localhost:9/nouveau", "scope": "openid email"]
        try await world.authorize(&browser, ProviderWorld.request(asked))
        #expect((browser.heading == "Connexion en cours sur Nouveau") == (row.status == 204), "\(row.what)")
    }

    @Test("the list of persons names each, and what goes wrong with some")
    func identities() async throws {
        let world = ProviderWorld()
        let path = ProviderWorld.origin + "/franceconnect/mock/identities"
        let rows = try await world.network.send(HTTPRequest(.get, path), within: HTTPLimits()).json.array ?? []
        let logins = rows.compactMap { $0["login"]?.string }
        #expect(Set(logins).count == rows.count && logins.contains("camille"))
        #expect(rows.compactMap { $0["fault"]?.string } == MockFault.allCases.map(\.rawValue))
        let lengths = rows.compactMap { $0["name"]?.string?.count }
        #expect(lengths.contains { $0 > 50 })
    }

    @Test("another provider has other keys, and the same persons are the same there: accounts outlive a restart")
    func restart() async throws {
        let (first, second) = (ProviderWorld(), ProviderWorld())
        #expect(try await first.get("/jwks").body != second.get("/jwks").body)
        func subject(_ world: ProviderWorld) async throws -> String {
            JSON.claims(try await world.tokens()["id_token"]?.string ?? "")["sub"]?.string ?? "none"
        }
        #expect(try await subject(first) == subject(second))
    }
}

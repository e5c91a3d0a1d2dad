import FoundationEssentials
import PeculeCrypto
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

/// What a service's server asks and gets.
@Suite("Tokens and identities")
struct TokenTests {
    static let requests: [(what: String, changes: [String: String?], status: Int, error: String?)] = [
        ("nothing changed", [:], 200, nil),
        ("a wrong secret", ["client_secret": "x"], 401, "invalid_client"),
        ("no secret", ["client_secret": nil], 401, "invalid_client"),
        ("an unknown client", ["client_id": "x"], 401, "invalid_client"),
        ("another client", ["client_id": "autre", "client_secret": "autre-secret"], 400, "invalid_grant"),
        ("no code", ["code": nil], 400, "invalid_request"),
        ("an empty code", ["code": ""], 400, "invalid_request"),
        ("an unknown code", ["code": "x"], 400, "invalid_grant"),
        ("another return address", ["redirect_uri": "http://localhost:9/x"], 400, "invalid_grant"),
        ("no return address", ["redirect_uri": nil], 400, "invalid_grant"),
        ("no grant type", ["grant_type": nil], 400, "invalid_request"),
        ("another grant type", ["grant_type": "refresh_token"], 400, "unsupported_grant_type"),
        ("a verifier that was not announced", ["code_verifier": String(repeating: "v", count: 43)], 400,
            "invalid_grant"),
    ]

    @Test("are given for a code, by the rules", arguments: requests.indices)
    func request(index: Int) async throws {
        let row = Self.requests[index]
        let world = ProviderWorld()
        var browser = world.browser
        let code = try await world.code(in: &browser)
        let response = try await world.post("/token", ProviderWorld.tokenRequest(code, row.changes))
        #expect(response.status == row.status, "\(row.what)")
        #expect(response.fields["Cache-Control"] == "no-store")
        let members = response.json.object?.members.map(\.name).sorted()
        #expect(
            members == (row.error == nil
                ? ["access_token", "expires_in", "id_token", "scope", "token_type"]
                : ["error", "error_description", "error_uri"]))
        #expect(response.json["error"]?.string == row.error, "\(row.what)")
        if row.error == nil { #expect(response.json["expires_in"]?.integer == 60) }
    }

    @Test("HTTP Basic is not offered")
    func basic() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        let pairs = ProviderWorld.tokenRequest(try await world.code(in: &browser))
        let response = try await world.post("/token", pairs, fields: ["Authorization": "Basic eDp5"])
        #expect(response.status == 401)
        #expect(response.json["error"] == "invalid_client")
    }

    @Test("the id token has a header of two members and eight claims; methods only when asked for")
    func idToken() async throws {
        let world = ProviderWorld()
        let token = try #require(try await world.tokens()["id_token"]?.string)
        let header = try JSON(parsing: try #require(CompactJWS(token)).header)
        #expect(header.object?.members.map(\.name) == ["alg", "kid"])
        let claims = JSON.claims(token)
        #expect(Set(claims.object?.members.map(\.name) ?? []) == [
            "sub", "acr", "auth_time", "nonce", "aud", "exp", "iat", "iss",
        ])
        #expect(claims["acr"] == "eidas1" && claims["iss"] == .string(ProviderWorld.issuer))
        #expect(claims["nonce"] == .string(ProviderWorld.nonce) && claims["aud"] == "portail-des-proches")
        #expect((claims["exp"]?.integer ?? 0) - (claims["iat"]?.integer ?? 0) == 60)
        let asked = ProviderWorld.request(["claims": #"{"id_token":{"amr":{"essential":true}}}"#])
        let withMethods = try #require(try await world.tokens("camille", asked)["id_token"]?.string)
        #expect(JSON.claims(withMethods)["amr"] == ["fc", "pwd"])
    }

    @Test("are signed by a published key", arguments: [(ProviderWorld.service, "EC"), (ProviderWorld.other, "RSA")])
    func keys(service: MockService, kind: String) async throws {
        let world = ProviderWorld()
        let pairs = ProviderWorld.request(["scope": "openid given_name"], of: service)
        let token = try #require(try await world.tokens("camille", pairs, of: service)["id_token"]?.string)
        let header = try JSON(parsing: try #require(CompactJWS(token)).header)
        #expect(header["alg"]?.string == service.algorithm.rawValue)
        let keys = try await world.get("/jwks").json["keys"]?.array ?? []
        let key = try #require(keys.first { $0["kid"] == header["kid"] })
        #expect(key["kty"]?.string == kind && key["alg"] == header["alg"] && key["use"] == "sig")
        #expect(key["d"] == nil)
    }

    static let scopes: [(login: String, scope: String, claims: [String])] = [
        ("camille", "openid", []),
        ("camille", "openid given_name", ["given_name", "given_name_array"]),
        ("camille", "openid preferred_username", []),
        ("nom-d-usage", "openid preferred_username email", ["preferred_username", "email"]),
        ("nom-d-usage", "openid identite_pivot",
            ["given_name", "given_name_array", "family_name", "birthdate", "gender", "birthplace", "birthcountry"]),
        ("nom-d-usage", "openid profile",
            ["given_name", "given_name_array", "family_name", "preferred_username", "birthdate", "gender"]),
        ("camille", "openid birth", ["birthplace", "birthcountry"]),
    ]

    @Test("the identity is signed and holds what the scopes grant", arguments: scopes.indices)
    func userinfo(index: Int) async throws {
        let row = Self.scopes[index]
        let world = ProviderWorld()
        let tokens = try await world.tokens(row.login, ProviderWorld.request(["scope": row.scope]))
        let response = try await world.get("/userinfo", token: tokens["access_token"]?.string)
        #expect(response.status == 200 && response.fields["Content-Type"] == "application/jwt")
        let claims = JSON.claims(response.text)
        #expect(
            claims.object?.members.map(\.name).filter { !["sub", "iss", "aud", "exp", "iat"].contains($0) }
                == row.claims)
        #expect(claims["sub"] == JSON.claims(tokens["id_token"]?.string ?? "")["sub"])
    }

    static let birthdates = [
        ("camille", "1981-04-12", "1981-04-12"), ("jour-presume", "1992-11-01", "1992-11-00"),
        ("date-presumee", "1992-01-01", "1992-00-00"),
    ]

    @Test("presumed dates are first days in one claim and zeros in the other", arguments: birthdates)
    func presumed(login: String, birthdate: String, written: String) async throws {
        let world = ProviderWorld()
        let pairs = ProviderWorld.request(["scope": "openid birthdate idp_birthdate"])
        let token = try await world.tokens(login, pairs)["access_token"]?.string
        let claims = JSON.claims(try await world.get("/userinfo", token: token).text)
        #expect(claims["birthdate"]?.string == birthdate)
        #expect(claims["idp_birthdate"]?.string == written)
    }

    @Test("a subject belongs to a person and a service")
    func subjects() async throws {
        let world = ProviderWorld()
        func subject(_ login: String, _ service: MockService) async throws -> String {
            let pairs = ProviderWorld.request(["scope": "openid given_name"], of: service)
            let token = try await world.tokens(login, pairs, of: service)["id_token"]?.string
            return JSON.claims(token ?? "")["sub"]?.string ?? ""
        }
        let first = try await subject("camille", ProviderWorld.service)
        #expect(first.wholeMatch(of: /[0-9a-f]{64}v1/) != nil)
        #expect(try await subject("camille", ProviderWorld.service) == first)
        #expect(try await subject("camille", ProviderWorld.other) != first)
        #expect(try await subject("corse", ProviderWorld.service) != first)
    }

    static let lifetimes: [(code: TimeInterval, token: TimeInterval, isGiven: Bool)] = [
        (29, 59, true), (30, 0, false), (0, 60, false),
    ]

    @Test("a code lives 30 seconds, an access token 60", arguments: lifetimes.indices)
    func lifetime(index: Int) async throws {
        let row = Self.lifetimes[index]
        let world = ProviderWorld()
        var browser = world.browser
        let code = try await world.code(in: &browser)
        world.advance(row.code)
        let token = try await world.post("/token", ProviderWorld.tokenRequest(code)).json["access_token"]?.string
        world.advance(row.token)
        #expect((try await world.get("/userinfo", token: token ?? "x").status == 200) == row.isGiven)
    }

    @Test("a code that comes twice takes back what was given for it")
    func replay() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        let code = try await world.code(in: &browser)
        let token = try await world.post("/token", ProviderWorld.tokenRequest(code)).json["access_token"]?.string
        #expect(try await world.get("/userinfo", token: token).status == 200)
        let again = try await world.post("/token", ProviderWorld.tokenRequest(code))
        #expect(again.json["error"] == "invalid_grant")
        let refused = try await world.get("/userinfo", token: token)
        #expect(refused.status == 401 && refused.json["error"] == "invalid_token")
    }

    @Test("an access token can be revoked, by its service alone")
    func revocation() async throws {
        let world = ProviderWorld()
        let token = try #require(try await world.tokens()["access_token"]?.string)
        let secret = ("client_secret", ProviderWorld.service.secret)
        let refused = try await world.post("/token/revocation", [("token", token)])
        #expect(refused.status == 401)
        let pairs = [("token", token), ("client_id", ProviderWorld.service.clientID), secret]
        #expect(try await world.post("/token/revocation", pairs).status == 200)
        #expect(try await world.get("/userinfo", token: token).status == 401)
    }

    static let verifiers: [(verifier: String?, status: Int)] = [
        (String(repeating: "v", count: 43), 200), (String(repeating: "w", count: 43), 400), (nil, 400), ("v", 400),
    ]

    @Test("PKCE, once announced, is demanded", arguments: verifiers.indices)
    func pkce(index: Int) async throws {
        let row = Self.verifiers[index]
        let world = ProviderWorld()
        var browser = world.browser
        let challenge = PKCE.challenge(for: String(repeating: "v", count: 43))
        let asked = ProviderWorld.request(["code_challenge": challenge, "code_challenge_method": "S256"])
        let code = try await world.code("camille", asked, in: &browser)
        let changes = row.verifier.map { ["code_verifier": $0] } ?? [:]
        #expect(try await world.post("/token", ProviderWorld.tokenRequest(code, changes)).status == row.status)
    }

    @Test("the discovery document leads to what is there")
    func discovery() async throws {
        let world = ProviderWorld()
        let document = try await world.get("/.well-known/openid-configuration").json
        #expect(document["issuer"]?.string == ProviderWorld.issuer && world.provider.issuer == ProviderWorld.issuer)
        #expect(document["authorization_response_iss_parameter_supported"] == true)
        let served = Set(world.provider.routes.map { ProviderWorld.origin + $0.pattern })
        for name in ["authorization", "token", "userinfo", "end_session", "revocation"] {
            #expect(served.contains(document["\(name)_endpoint"]?.string ?? ""), "\(name)")
        }
        #expect(served.contains(document["jwks_uri"]?.string ?? ""))
    }
}

import FoundationEssentials
import PeculeCrypto
import PeculeFranceConnect
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

@Suite("Logging in by FranceConnect")
struct LoginTests {
    static let people: [(login: String, given: [String], family: String, usage: String?, birth: String)] = [
        ("camille", ["Camille", "Rose", "Andrée"], "MARTEL", nil, "1981-04-12"),
        ("nom-d-usage", ["Jeanne", "Odile"], "FABREGUE", "TOURNIER", "1974-09-03"),
        ("nom-compose", ["Jean-Baptiste", "Marie Lou"], "DE LA VERNIÈRE-MONTAUBAN", nil, "1969-12-31"),
        ("accents", ["Zoé", "Maëlys", "Françoise"], "LEBŒUF-ÆGIDIUS", "NUÑEZ CŒURDEROY", "1990-07-14"),
        ("moins-de-16-ans", ["Lilou"], "MARTEL", nil, "2013-05-20"),
    ]

    @Test("gives the person's names as civil status has them", arguments: people.indices, WorldKind.allCases)
    func identity(index: Int, kind: WorldKind) async throws {
        let row = Self.people[index]
        let world = try LoginWorld(kind)
        let identity = try await world.logIn(row.login, at: try world.relyingParty()).identity
        #expect(identity.givenNames == row.given)
        #expect(identity.familyName == row.family)
        #expect(identity.usageName == row.usage)
        #expect(identity.birthDate == BirthDate(row.birth))
        #expect(identity.email == "\(row.login)@alpha.example")
        #expect(identity.subject.wholeMatch(of: /[0-9a-f]{64}v1/) != nil)
        // Not asked for.
        #expect(identity.gender == nil && identity.birthplace == nil && identity.birthCountry == nil)
        await world.stop()
    }

    static let civil: [(login: String, birth: [Int?], place: String?, country: String?, gender: String?)] = [
        ("camille", [1981, 4, 12], "75112", "99100", "female"), ("corse", [1981, 4, 12], "2A004", "99100", "female"),
        ("sans-lieu", [1981, 4, 12], nil, "99100", "female"),
        ("nee-a-l-etranger", [1981, 4, 12], nil, "99352", "female"),
        ("polynesie", [1981, 4, 12], "98729", "99100", "male"),
        ("genre-non-precise", [1981, 4, 12], "75112", "99100", "unspecified"),
        ("jour-presume", [1992, 11, nil], nil, "99341", "female"),
        ("date-presumee", [1992, nil, nil], nil, "99341", "female"),
    ]

    @Test("gives what more is asked for, presumed dates as such", arguments: civil.indices)
    func civilStatus(index: Int) async throws {
        let row = Self.civil[index]
        let world = try LoginWorld()
        let party = try world.relyingParty(scopes: ["openid", "identite_pivot", "idp_birthdate"])
        let identity = try await world.logIn(row.login, at: party).identity
        let date = try #require(identity.birthDate)
        #expect([date.year, date.month, date.day] == row.birth)
        #expect(identity.birthplace == row.place)
        #expect(identity.birthCountry == row.country)
        #expect(identity.gender == row.gender)
    }

    @Test("works with either algorithm, and with PKCE", arguments: FranceConnectConfiguration.algorithms, [false, true])
    func variants(algorithm: JWSAlgorithm, usesPKCE: Bool) async throws {
        var service = LoginWorld.service
        service.algorithm = algorithm
        let world = try LoginWorld(.handedOver, service)
        let party = try world.relyingParty(algorithm: algorithm, usesPKCE: usesPKCE)
        let (_, url) = try await party.start()
        #expect(url.contains("code_challenge=") == usesPKCE)
        #expect(try await world.logIn("camille", at: party).identity.familyName == "MARTEL")
    }

    @Test("asks for the least, once, with a nonce that FranceConnect takes")
    func authorizationRequest() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        let url = try await party.start().url
        let query = try #require(URLForm(parsing: url.drop { $0 != "?" }.dropFirst()))
        #expect(url.hasPrefix(world.provider.issuer + "/authorize?"))
        #expect(query.pairs.map(\.name) == [
            "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "acr_values",
        ])
        #expect(query["scope"] == "openid given_name family_name preferred_username birthdate email")
        #expect(query["acr_values"] == "eidas1")
        #expect(try #require(query["nonce"]).count == 43)
        let other = try await party.start().url
        #expect(other != url)
        #expect(world.network.count("/openid-configuration") == 1)
    }

    @Test("the same person is the same account at each login, whichever provider was chosen")
    func subject() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        let first = try await world.logIn("camille", at: party).identity
        var browser = world.browser
        let (attempt, url) = try await party.start()
        try await browser.open(url)
        try await browser.submit("provider", [("provider", "fournisseur-beta")])
        try await browser.submit("identity", [("identity", "camille")])
        try await browser.submit("continue")
        let query = try #require(browser.left).drop { $0 != "?" }.dropFirst()
        let second = try await party.finish(String(query), of: attempt).identity
        #expect(second.subject == first.subject)
        #expect(second.email == "camille@beta.example")
        #expect(try await world.logIn("corse", at: party).identity.subject != first.subject)
    }

    @Test("an attempt survives being written down, as a session store does")
    func codable() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty(usesPKCE: true)
        var browser = world.browser
        let (attempt, url) = try await party.start()
        let kept = try JSONDecoder().decode(LoginAttempt.self, from: try JSONEncoder().encode(attempt))
        #expect(kept == attempt)
        let query = try await world.callback(url, as: "camille", in: &browser)
        #expect(try await party.finish(query, of: kept).identity.familyName == "MARTEL")
    }

    @Test("the logout ends the session at FranceConnect and comes back", arguments: WorldKind.allCases)
    func logout(_ kind: WorldKind) async throws {
        let world = try LoginWorld(kind)
        let party = try world.relyingParty()
        var browser = world.browser
        let (attempt, url) = try await party.start()
        let login = try await party.finish(try await world.callback(url, as: "camille", in: &browser), of: attempt)
        try await browser.open(try await party.start().url)
        #expect(browser.heading == "Connexion sur Portail des proches")
        // An id token lives a minute, a session half an hour.
        world.advance(600)
        try await browser.open(try await party.logoutURL(login.idToken, state: "é&1"))
        #expect(browser.left == "http://127.0.0.1:9/au-revoir?state=%C3%A9%261")
        try await browser.open(try await party.start().url)
        #expect(browser.heading == "Connexion en cours sur Portail des proches")
        await world.stop()
    }
}

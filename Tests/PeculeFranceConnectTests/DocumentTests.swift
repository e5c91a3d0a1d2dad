import PeculeFranceConnect
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

/// How often FranceConnect is asked for what it publishes.
@Suite("FranceConnect's documents")
struct DocumentTests {
    @Test("are asked for once however many log in at the same time")
    func together() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { _ = try await world.logIn("camille", at: party) } }
            try await group.waitForAll()
        }
        #expect(world.network.count("/openid-configuration") == 1)
        #expect(world.network.count("/jwks") == 1)
    }

    @Test("a key that was changed is found by everyone who meets it, with one question")
    func rotation() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        _ = try await world.logIn("camille", at: party)
        var returns: [(LoginAttempt, String)] = []
        for login in ["faute-rotated-key", "camille", "corse"] {
            var browser = world.browser
            let (attempt, url) = try await party.start()
            returns.append((attempt, try await world.callback(url, as: login, in: &browser)))
        }
        // The first of them changes the key that signs for all.
        let first = returns.removeFirst()
        _ = try await party.finish(first.1, of: first.0)
        try await withThrowingTaskGroup { group in
            for (attempt, query) in returns {
                group.addTask { _ = try await party.finish(query, of: attempt) }
            }
            try await group.waitForAll()
        }
        #expect(world.network.count("/jwks") == 2)
    }

    static let ages: [(seconds: Int, questions: Int)] = [(3599, 1), (3600, 2)]

    @Test("are good for an hour", arguments: ages.indices)
    func age(index: Int) async throws {
        let row = Self.ages[index]
        let world = try LoginWorld()
        let party = try world.relyingParty()
        _ = try await world.logIn("camille", at: party)
        world.advance(Double(row.seconds))
        _ = try await world.logIn("camille", at: party)
        #expect(world.network.count("/openid-configuration") == row.questions)
        #expect(world.network.count("/jwks") == row.questions)
    }

    @Test("FranceConnect that is down is asked again at the next login")
    func recovery() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        world.network.alter("/openid-configuration") { $0.status = 503 }
        await #expect(throws: FranceConnectError.unavailable("HTTP 503")) { try await party.start() }
        world.network.alter("/openid-configuration") { _ in }
        #expect(try await world.logIn("camille", at: party).identity.familyName == "MARTEL")
    }
}

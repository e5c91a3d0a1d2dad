import Foundation
import Pecule
import PeculeClient
import PeculeCrypto
import PeculeStoreSamples
import Testing

@Suite("A client with a key of its own")
struct CredentialsTests {
    private static func tokens(_ world: ServiceWorld) -> Int {
        world.events.all.filter { $0.path == "/v1/token" }.count
    }

    @Test("one token serves many calls, however many begin at once, and is renewed before it ends")
    func single() async throws {
        let world = try await ServiceWorld(.certified)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await world.service.banks() } }
            try await group.waitForAll()
        }
        #expect(Self.tokens(world) == 1)
        world.clock.advance(269)
        _ = try await world.service.banks()
        #expect(Self.tokens(world) == 1)
        world.clock.advance(2)
        _ = try await world.service.banks()
        #expect(Self.tokens(world) == 2, "half a minute before its end")
        #expect(world.events.all.allSatisfy { $0.status == 200 })
        await world.stop()
    }

    @Test("a token that the gateway no longer takes is replaced, and the caller sees nothing of it")
    func ended() async throws {
        let world = try await ServiceWorld(.certified)
        _ = try await world.service.banks()
        for item in world.store.items("access-token", after: "", limit: 10) { #expect(world.store.remove(item)) }
        // What the gateway has read lately it reads again.
        world.clock.advance(6)
        _ = try await world.service.banks()
        #expect(world.events.all.map(\.status) == [200, 200, 401, 200, 200])
        await world.stop()
    }

    @Test("a client that is not known is told so once, and money has not moved")
    func refused() async throws {
        let world = try await ServiceWorld(.certified)
        for kind in ["client-key", "client-certificate"] {
            for item in world.store.items(kind, after: "", limit: 10) { #expect(world.store.remove(item)) }
        }
        let error = await #expect(throws: PeculeError.self) { try await world.draft() }
        #expect(error?.code == "gateway_refused" && error?.moneyMayHaveMoved == false)
        #expect(Self.tokens(world) == 1)
        await world.stop()
    }

    @Test("hooks, errors and descriptions hold neither key nor assertion nor token")
    func masked() async throws {
        let world = try await ServiceWorld(.certified)
        let key = PrivateKey.make(.rsa).pem
        let credentials = try #require(ClientCredentials(client: "portail", key: key))
        _ = try await world.service.banks()
        let text = "\(world.service) \(credentials) \(world.events.all)"
        for secret in ["PRIVATE", String(key.dropFirst(100).prefix(20)), "eyJ", "pet_"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        await world.stop()
    }

    @Test("a text that is no key of a kind that signs tokens", arguments: ["", "key", "-----BEGIN PRIVATE KEY-----"])
    func noKey(text: String) { #expect(ClientCredentials(client: "portail", key: text) == nil) }
}

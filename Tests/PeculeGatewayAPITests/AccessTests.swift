import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Testing

@Suite("Who may call the gateway")
struct AccessTests {
    @Test("without a key of ours nobody is let in", arguments: [
        "", "Bearer", "Bearer x", "Basic cGVjOng=", "pec_portail_00000000_x",
        "Bearer pec_portail_00000000_0123456789012345678901234567890123456789012",
    ])
    func stranger(authorization: String) async throws {
        let desk = try await Desk()
        let answer = await desk.send(.get, "/v1/banks", nil, ["Authorization": authorization])
        #expect(answer.status == 401 && answer.code == "unauthorised")
        #expect(answer.fields["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    }

    @Test("what names a client", arguments: [
        ("portail", true), ("a", true), ("p-1", true), ("", false), ("-a", false), ("a-", false), ("A", false),
        ("a_b", false), ("é", false), ("a:b", false), (String(repeating: "a", count: 33), false),
    ])
    func names(text: String, isName: Bool) {
        #expect((ClientName(text) != nil) == isName)
    }

    @Test("a key with another secret is none of ours")
    func otherSecret() async throws {
        let desk = try await Desk()
        let forged = desk.key.revealed.dropLast() + (desk.key.revealed.hasSuffix("A") ? "B" : "A")
        #expect(await desk.send(.get, "/v1/banks", nil, ["Authorization": "Bearer \(forged)"]).status == 401)
        #expect(await desk.send(.get, "/v1/banks", nil, ["Authorization": "bearer \(desk.key.revealed)"]).status == 200)
    }

    @Test("a key does what its scopes allow", arguments: [
        (Scope.read, HTTPMethod.get, "/v1/banks", [Scope.read]), (.read, .get, "/v1/transfers", [.read]),
        (.read, .post, "/v1/transfers", [.pay]), (.pay, .get, "/v1/cases", [.operate]),
        (.operate, .post, "/v1/returns", [.pay]), (.pay, .get, "/v1/transfers/T-1", [.read]),
        (.read, .post, "/v1/transfers/T-1/bank", [.pay]), (.read, .post, "/v1/transfers/T-1/cancel", [.pay]),
        (.pay, .post, "/v1/cases/T-1/review", [.operate]), (.pay, .get, "/v1/transfers/T-1/events", [.read]),
    ] as [(Scope, HTTPMethod, String, [Scope])])
    func scopes(row: (held: Scope, method: HTTPMethod, target: String, needed: [Scope])) async throws {
        let desk = try await Desk([row.held])
        let answer = await desk.send(row.method, row.target, row.method == .post ? "{}" : nil)
        #expect((answer.code == "insufficient_scope") == !row.needed.contains(row.held))
    }

    @Test("a key is kept as a hash alone, and shows nothing of its secret")
    func hashed() async throws {
        let desk = try await Desk()
        let secret = String(try #require(desk.key.revealed.split(separator: "_", maxSplits: 3).last))
        for item in desk.store.items("api-key", after: "", limit: 10) { #expect(!item.text.contains(secret)) }
        #expect(!"\(desk.key)".contains(secret) && "\(desk.key)".hasPrefix("pec_portail_"))
    }

    @Test("after a rotation both keys are good for the time of grace, then the new one alone")
    func rotation() async throws {
        let desk = try await Desk([.read])
        let new = try #require(try await desk.keys.rotate(Sample.make(ClientName("portail")), grace: 3_600))
        func status(_ key: APIKey) async -> Int {
            await desk.send(.get, "/v1/banks", nil, ["Authorization": "Bearer \(key.revealed)"]).status
        }
        #expect(await [status(desk.key), status(new)] == [200, 200])
        desk.clock.advance(3_601)
        #expect(await [status(desk.key), status(new)] == [401, 200])
        #expect(try await desk.keys.rotate(Sample.make(ClientName("nobody")), grace: 0) == nil)
    }

    @Test("a key that is revoked is refused by every gateway within five seconds")
    func revocation() async throws {
        let desk = try await Desk()
        #expect(await desk.send(.get, "/v1/banks").status == 200)
        let elsewhere = KeyRing(desk.store, environment: desk.clock.environment)
        let kept = try #require(try await elsewhere.all().first)
        #expect(try await elsewhere.revoke(kept.id))
        #expect(try await !elsewhere.revoke("portail_ffffffff"))
        desk.clock.advance(5)
        #expect(await desk.send(.get, "/v1/banks").status == 401)
    }

    /// What one client asks of a transfer of another, and what it hears: what anyone hears of what does not exist.
    @Test("clients are apart, even with users of the same name", arguments: [
        (HTTPMethod.get, "/v1/transfers/T-1", nil), (.get, "/v1/transfers/T-1?wait=1", nil),
        (.get, "/v1/transfers/T-1/events", nil), (.post, "/v1/transfers/T-1/refresh", nil),
        (.post, "/v1/transfers/T-1/cancel", nil), (.post, "/v1/cases/T-1/review", nil),
        (.post, "/v1/transfers/T-1/bank", """
            {"bank":"deux-rives","browser":"browser-of-jeanne-1","return_address":"https://portail.example/retour"}
            """),
    ] as [(HTTPMethod, String, String?)])
    func apart(row: (method: HTTPMethod, target: String, body: String?)) async throws {
        let desk = try await Desk()
        let named = "{\"id\": \"T-1\"," + Desk.body.dropFirst()
        #expect(await desk.create("T-1", named).status == 201)
        let other = try await desk.keys.add(Sample.make(ClientName("autre")), Set(Scope.allCases))
        let fields = ["Authorization": "Bearer \(other.revealed)"]
        let answer = await desk.send(row.method, row.target, row.body, fields)
        let unknown = await desk.send(
            row.method, row.target.replacingOccurrences(of: "T-1", with: "T-9"), row.body, fields)
        #expect(answer.status == 404 && answer.body == unknown.body)
        #expect(await desk.send(.get, "/v1/transfers/T-1").status == 200)
    }

    @Test("a return is taken from the client whose browser it is")
    func otherClientsReturn() async throws {
        let desk = try await Desk()
        let id = await desk.create().id
        #expect(await desk.chooseBank(id).status == 200)
        let state = try #require(desk.bank.choices.first?.returnState.revealed)
        let body = "{\"query\": \"state=\(state)\", \"browser\": \"browser-of-jeanne-1\"}"
        let other = try await desk.keys.add(Sample.make(ClientName("autre")), [.pay])
        let foreign = await desk.send(.post, "/v1/returns", body, ["Authorization": "Bearer \(other.revealed)"])
        #expect(foreign.status == 409 && foreign.code == "return_refused")
        #expect(await desk.send(.post, "/v1/returns", body).status == 200)
    }
}

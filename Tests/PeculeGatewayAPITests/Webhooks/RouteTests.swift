import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import Testing

@Suite("Webhook routes")
struct WebhookRouteTests {
    private let world = WebhookWorld()
    private let api: GatewayAPI
    private let keys: KeyRing

    init() throws {
        let environment = world.clock.environment
        keys = KeyRing(world.store, environment: environment)
        let gateway = PeculeGateway(
            store: world.store, permits: InMemoryStore(), banks: try BankDirectory([]), returnAddresses: [],
            environment: environment)
        let register = ClientRegister(world.store, environment: environment)
        var api = GatewayAPI(
            gateway, keys: keys, register: register, board: ChangeBoard(), environment: environment)
        api.addWebhooks(world.desk)
        self.api = api
    }

    private func ask(
        _ method: HTTPMethod, _ path: String = "", body: String = "", as client: ClientName = "portal",
        scope: Scope = .operate
    ) async throws -> (status: Int, json: JSON?) {
        let key = try await keys.add(client, [scope])
        let fields: HTTPFields = ["Authorization": "Bearer \(key.revealed)", "Content-Type": "application/json"]
        let request = HTTPRequest(method, "/v1/webhooks" + path, fields: fields, body: Array(body.utf8))
        let response = await api.respond(to: request)
        return (response.status, try? JSON(parsing: response.body))
    }

    private func create(_ client: ClientName = "portal") async throws -> (id: String, secret: String) {
        let (status, json) = try await ask(.post, body: #"{"url":"\#(WebhookWorld.url)"}"#, as: client)
        #expect(status == 201)
        return (try #require(json?["id"]?.string), try #require(json?["secret"]?.string))
    }

    @Test("the secret is shown when it is made, and never again")
    func secrets() async throws {
        let (id, secret) = try await create()
        #expect(secret.hasPrefix("whsec_"))
        let listed = try await ask(.get)
        let shown = try #require(listed.json?["webhooks"]?[0])
        #expect(
            shown == [
                "id": .string(id), "url": .string(WebhookWorld.url), "state": "active",
                "created": "2026-11-20T09:00:00.000Z",
            ])
        let rotated = try await ask(.post, "/\(id)/secret")
        let next = try #require(rotated.json?["secret"]?.string)
        #expect(rotated.status == 200 && next != secret && next.hasPrefix("whsec_"))
    }

    @Test("a test event is sent, and the log tells of it page by page")
    func log() async throws {
        let (id, _) = try await create()
        var events: [String] = []
        for _ in 1...60 {
            let sent = try await ask(.post, "/\(id)/test")
            #expect(sent.status == 202)
            events.append(try #require(sent.json?["event"]?.string))
            try await world.pass(1)
        }
        #expect(world.receiver.messages.map(\.id) == events)
        #expect(world.receiver.messages.first?.body?["type"] == "webhook.test")
        let first = try await ask(.get, "/\(id)/attempts")
        let next = try #require(first.json?["next"]?.string)
        let second = try await ask(.get, "/\(id)/attempts?after=\(next)")
        let told = [first, second].flatMap { $0.json?["attempts"]?.array ?? [] }
        #expect(told.compactMap { $0["event"]?.string } == events.reversed())
        #expect(second.json?["next"] == nil)
        #expect(
            told.last == [
                "event": .string(events[0]), "at": "2026-11-20T09:00:01.000Z", "attempt": .integer(1),
                "outcome": "delivered", "status": .integer(204),
            ])
    }

    @Test("why nothing is sent is shown, and a call ends it")
    func disabled() async throws {
        let (id, _) = try await create()
        world.receiver.answers(Receiver.status(500))
        try await world.begin("T-1")
        try await world.pass(3600, step: 600)
        #expect(try await ask(.get).json?["webhooks"]?[0]?["failing_since"] == "2026-11-20T09:10:00.000Z")
        try await world.pass(4 * 86_400, step: 3600)
        let shown = try await ask(.get).json?["webhooks"]?[0]
        #expect(shown?["state"] == "disabled")
        #expect(shown?["reason"] == "every attempt has failed since 2026-11-20T09:10:00Z")
        #expect(try await ask(.post, "/\(id)/test").json?["code"] == "webhook_disabled")
        let enabled = try await ask(.post, "/\(id)/enable")
        #expect(enabled.status == 200 && enabled.json?["state"] == "active" && enabled.json?["reason"] == nil)
    }

    @Test("what is deleted is told nothing more")
    func deleted() async throws {
        let (id, _) = try await create()
        world.receiver.answers(Receiver.status(500))
        try await world.begin("T-1")
        try await world.courier.turn()
        #expect(try await ask(.delete, "/\(id)").status == 204)
        try await world.begin("T-2")
        try await world.pass(100, step: 10)
        #expect(world.receiver.names == ["T-1 v2"])
        #expect(try await ask(.get).json == ["webhooks": []])
        #expect(try await world.store.items("webhook-lane/\(id)", after: "", limit: 10) == [])
    }

    @Test("nobody sees or touches another's", arguments: [
        (HTTPMethod.delete, ""), (.post, "/secret"), (.post, "/test"), (.get, "/attempts"),
        (.post, "/enable"),
    ])
    func others(method: HTTPMethod, path: String) async throws {
        let (id, _) = try await create("a")
        for (client, webhook) in [("b", id), ("a", "whk_none"), ("a", "a:\(id)")] as [(ClientName, String)] {
            let answer = try await ask(method, "/\(webhook)\(path)", as: client)
            #expect(answer.status == 404 && answer.json?["code"] == "unknown_webhook")
        }
        let answer = try await ask(method, "/\(id)\(path)", as: "a", scope: .pay)
        #expect(answer.status == 403 && answer.json?["code"] == "insufficient_scope")
        #expect(try await ask(.get, as: "b").json == ["webhooks": []])
        #expect(try await ask(.get, as: "a").json?["webhooks"]?.array?.count == 1)
    }

    @Test("a body that is wrong is told how", arguments: [
        ("", 400, "bad_request"), ("[]", 400, "bad_request"), ("{", 400, "bad_request"), ("{}", 400, "bad_request"),
        (#"{"url":"https://a.example/","url":"b"}"#, 400, "bad_request"), (#"{"url":1}"#, 400, "bad_request"),
        (#"{"url":null}"#, 400, "bad_request"), (#"{"url":"https://a.example/","secret":"x"}"#, 400, "bad_request"),
        (#"{"url":"http://a.example/"}"#, 400, "bad_request"), (#"{"url":""}"#, 400, "bad_request"),
        (#"{"url":"https://inside.example/"}"#, 409, "webhook_url"),
    ])
    func refused(body: String, status: Int, code: String) async throws {
        let answer = try await ask(.post, body: body)
        #expect(answer.status == status && answer.json?["code"] == .string(code))
        #expect(try await ask(.get).json == ["webhooks": []])
    }

    @Test("a query that no page gave is refused", arguments: ["?after=", "?after=x", "?limit=1", "?after"])
    func queries(query: String) async throws {
        let (id, _) = try await create()
        let answer = try await ask(.get, "/\(id)/attempts\(query)")
        #expect(answer.status == 400 && answer.json?["code"] == "bad_request")
    }

    @Test("ten webhooks and no more, however many ask at once")
    func limit() async throws {
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...30 {
                group.addTask { _ = try? await ask(.post, body: #"{"url":"\#(WebhookWorld.url)"}"#) }
            }
        }
        let count = try #require(try await ask(.get).json?["webhooks"]?.array?.count)
        #expect(count <= 10)
        for _ in count..<10 { _ = try await create() }
        let answer = try await ask(.post, body: #"{"url":"\#(WebhookWorld.url)"}"#)
        #expect(answer.status == 409 && answer.json?["code"] == "webhook_limit")
    }
}

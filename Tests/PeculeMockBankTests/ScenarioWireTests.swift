import PeculeHTTP
import PeculeMockBank
import Testing

/// The faults of the grammar: which requests they strike, how often, and whether the bank executed.
@Suite struct ScenarioWireTests {
    struct Row: Sendable {
        let words: String
        let status: Int
        let retryAfter: String?
        let delivery: Shape
        let isExecuted: Bool

        init(_ words: String, _ delivery: Shape, executed: Bool, _ status: Int = 201, retryAfter: String? = nil) {
            (self.words, self.status, self.retryAfter) = (words, status, retryAfter)
            (self.delivery, isExecuted) = (delivery, executed)
        }
    }

    enum Shape: Sendable, Equatable {
        case whole, half, unreadable
        case late(Duration)
        case damaged(HTTPDelivery.Damage)
    }

    static let rows = [
        Row("503", .whole, executed: false, 503),
        Row("599 1500ms", .whole, executed: false, 599, retryAfter: "2"),
        Row("429 20s", .whole, executed: false, 429, retryAfter: "20"),
        Row("reset", .damaged(.reset), executed: false, 503),
        Row("hang", .damaged(.silence), executed: false, 503),
        Row("latency 3s", .late(.seconds(3)), executed: true),
        Row("lost", .damaged(.reset), executed: true),
        Row("cut", .damaged(.cut), executed: true),
        Row("length", .damaged(.short), executed: true),
        Row("drip 200ms", .damaged(.drip(.milliseconds(200))), executed: true),
        Row("truncate", .half, executed: true),
        Row("garble", .unreadable, executed: true),
    ]

    @Test(arguments: ["deux-rives", "rhin"], rows)
    func aFaultStrikesOnceAndTheSameRequestAgainIsServed(bank: String, row: Row) async throws {
        let scene = Scene(bank)
        let request = await scene.opening("qa:at open \(row.words)")
        let struck = await scene.world.bank.deliver(request)
        #expect(struck.response.status == row.status)
        #expect(struck.response.fields["Retry-After"] == row.retryAfter)
        #expect(scene.world.bank.payments().count == (row.isExecuted ? 1 : 0))
        let again = await scene.world.bank.deliver(request)
        #expect(again.isPlain && again.response.status == 201)
        #expect(scene.world.bank.payments().count == 1, "no second payment")
        #expect(Self.shape(struck, whole: row.isExecuted ? again.response : struck.response) == row.delivery)
    }

    private static func shape(_ delivery: HTTPDelivery, whole: HTTPResponse) -> Shape {
        if delivery.damage != .none { return .damaged(delivery.damage) }
        if delivery.delay > .zero { return .late(delivery.delay) }
        if delivery.response.body == whole.body { return .whole }
        if whole.body.starts(with: delivery.response.body) { return .half }
        return delivery.response.json == nil ? .unreadable : .whole
    }

    /// Which of these requests about one order are struck, in this sequence.
    static let places: [(words: String, struck: [String])] = [
        ("at open 503", ["open"]),
        ("at status 503", ["status"]),
        ("at status 503 x2", ["status", "status again"]),
        ("at status 503 always", ["status", "status again"]),
        ("at page 503", ["page"]),
        ("at cancel 503", ["cancel"]),
        ("at confirm 503", ["confirm"]),
        ("at any 503", ["open"]),
        ("at status 503; at cancel 503", ["status", "cancel"]),
    ]

    @Test(arguments: places)
    func aFaultStrikesItsPlaceAlone(row: (words: String, struck: [String])) async throws {
        let scene = Scene("phare")
        let opening = await scene.opening("qa:" + row.words)
        var struck: [String] = []
        func send(_ name: String, _ request: HTTPRequest) async -> HTTPResponse {
            let answer = await scene.world.send(request)
            if answer.status == 503 { struck.append(name) }
            return answer
        }
        var answer = await send("open", opening)
        if answer.status == 503 { answer = await scene.world.send(opening) }
        let link = try #require(answer.json?["_links"]?["consentApproval"]?["href"]?.string)
        let id = try #require(answer.fields["Location"]?.split(separator: "/").last.map(String.init))
        _ = await send("page", HTTPRequest(.get, String(link.dropFirst(World.baseURL.count))))
        _ = await send("status", await scene.request(.get, "/" + id))
        _ = await send("status again", await scene.request(.get, "/" + id))
        _ = await send("confirm", await scene.request(.post, "/\(id)/confirmation"))
        _ = await send("cancel", await scene.request(.put, "/" + id))
        #expect(struck == row.struck)
    }

    @Test func aTokenRequestIsStruckByItsHeaderAndByTheWholeBank() async throws {
        let scene = Scene()
        var request = scene.initiator.tokenRequest([("grant_type", "client_credentials"), ("scope", "pisp")])
        request.fields.set("at token 429 20s", for: "X-Mock-Scenario")
        #expect(await scene.world.send(request).fields["Retry-After"] == "20")
        request.fields.set(nil, for: "X-Mock-Scenario")
        #expect(await scene.world.send(request).status == 200)
        try scene.world.bank.play("at token 500 x2", at: "deux-rives")
        let statuses = [await scene.world.send(request).status, await scene.world.send(request).status]
        #expect(statuses + [await scene.world.send(request).status] == [500, 500, 200])
    }

    /// The words of named scenarios that leave the wire alone are played by `ScenarioPlayTests`.
    @Test(arguments: [
        ("reponse-perdue", "open"), ("reponse-illisible", "status"), ("banque-lente", "open"),
        ("banque-en-panne", "status"),
    ])
    func aNamedFaultStrikes(name: String, place: String) async throws {
        let scene = Scene()
        let opened = await scene.world.bank.deliver(await scene.opening("qa:" + name))
        let id = try #require(scene.world.bank.payments().first?.id)
        let status = await scene.world.bank.deliver(await scene.request(.get, "/" + id))
        let struck = place == "open" ? opened : status
        #expect(!struck.isPlain || struck.response.status >= 500 || struck.response.json == nil)
    }

    @Test func aClientInTheSameProcessSeesALostReply() async throws {
        let scene = Scene()
        let request = await scene.opening("qa:at open lost")
        let delivery = await scene.world.bank.deliver(request)
        #expect(throws: HTTPTransportError(.reset, mayHaveBeenReceived: true)) { try delivery.received() }
        #expect(scene.world.bank.payments().count == 1)
    }
}

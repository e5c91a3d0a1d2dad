import Foundation
import Pecule
import PeculeCrypto
import PeculeGatewayAPI
import PeculeHTTP
import PeculeSQLite
import PeculeStoreSamples
import Testing

@Suite("Webhooks on their way")
struct CourierTests {
    @Test("a change is told once, signed, and with nothing personal in it")
    func told() async throws {
        let world = WebhookWorld()
        let (_, secret) = try await world.subscribe()
        try await world.begin("T-1")
        for _ in 1...3 { try await world.courier.turn() }
        let message = try #require(world.receiver.messages.first)
        #expect(world.receiver.messages.count == 1)
        #expect(message.url == WebhookWorld.url && message.request.method == .post)
        #expect(
            String(decoding: message.request.body, as: UTF8.self) == #"{"type":"transfer.changed","timestamp":"#
                + #""2026-11-20T09:00:00.000Z","data":{"id":"T-1","version":2,"state":"initiating"}}"#)
        let now = Int(world.clock.now.timeIntervalSince1970)
        let id = try WebhookVerifier([secret]).verify(message.request.body, at: now) { message.request.fields[$0] }
        #expect(id == "msg_T-1_2" && message.timestamp == now)
        #expect(message.request.fields["Content-Type"] == "application/json")
        #expect(try await world.store.outbox(limit: 10) == [])
    }

    @Test("a client is told only of its own transfers")
    func scoped() async throws {
        let world = WebhookWorld()
        for client in ["a", "b"] as [ClientName] {
            _ = try await world.subscribe(client, url: "https://\(client).example/")
        }
        for (id, client) in [("A-1", "a"), ("B-1", "b"), ("C-1", "ab"), ("D-1", "c")] {
            try await world.begin(id, of: client)
        }
        try await world.store.begin(Sample.draft("E-1", by: "a"))
        try await world.courier.turn()
        let told = world.receiver.messages.map { "\($0.url) \($0.transfer)" }.sorted()
        #expect(told == ["https://a.example/ A-1", "https://b.example/ B-1"])
    }

    /// Seconds from one attempt to the next: what Standard Webhooks recommends.
    private static let schedule = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

    @Test("what is not taken is sent again over three days, with the same id and a new timestamp", arguments: [
        Receiver.status(500), Receiver.status(404), Receiver.status(302, fields: ["Location": "https://inside/"]),
        Receiver.status(307, fields: ["Location": "http://127.0.0.1/"]), Receiver.status(199), Receiver.status(304),
        Receiver.fault(.timeout), Receiver.fault(.connect), Receiver.fault(.tls), Receiver.fault(.reset),
        Receiver.fault(.forbidden), Receiver.fault(.tooLarge), Receiver.fault(.malformedResponse),
    ])
    func retried(answer: @escaping Receiver.Answer) async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        world.receiver.answers(answer)
        try await world.begin("T-1")
        try await world.courier.turn()
        for pause in Self.schedule {
            let before = world.receiver.messages.count
            try await world.pass(pause - 1, step: pause - 1)
            #expect(world.receiver.messages.count == before, "not before its time")
            try await world.pass(1)
            #expect(world.receiver.messages.count == before + 1)
        }
        try await world.pass(2 * 86_400, step: 86_400)
        #expect(world.receiver.messages.count == 10)
        #expect(Set(world.receiver.messages.map(\.id)) == ["msg_T-1_2"])
        #expect(Set(world.receiver.messages.map(\.url)) == [WebhookWorld.url], "redirects are not followed")
        let times = world.receiver.messages.map(\.timestamp)
        #expect(zip(times, times.dropFirst()).map { $1 - $0 } == Self.schedule)
        let log = try await world.log(hook)
        #expect(log.map(\.number) == (1...10).reversed())
        #expect(log.map(\.outcome) == Array(repeating: .failed, count: 10))
        #expect(try await world.desk.list(of: "portal").map(\.state) == [.stopped])
    }

    @Test("one event that is never taken is given up after three days, while others arrive")
    func givenUp() async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        world.receiver.answers { request in
            let isBad = request.fields["webhook-id"] == "msg_bad_2"
            return .success(HTTPResponse(status: isBad ? 500 : 204))
        }
        try await world.begin("bad")
        for day in 1...4 {
            try await world.begin("good-\(day)")
            try await world.pass(86_400, step: 3600)
        }
        let log = try await world.log(hook).filter { $0.event == "msg_bad_2" }
        #expect(log.map(\.outcome) == [.givenUp] + Array(repeating: .failed, count: 9))
        #expect(try await world.desk.list(of: "portal").map(\.state) == [.active])
    }

    @Test("a receiver that takes nothing for three days is disabled, and told everything once it is enabled again")
    func disabled() async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        world.receiver.answers(Receiver.fault(.connect))
        try await world.finish(try await world.begin("T-1"))
        try await world.pass(4 * 86_400, step: 3600)
        let count = world.receiver.messages.count
        let webhook = try #require(try await world.desk.list(of: "portal").first)
        #expect(webhook.state == .stopped)
        #expect(webhook.reason == "every attempt has failed since 2026-11-20T10:00:00Z")
        #expect(world.stops.taken().map(\.id) == [hook], "an operator is told once")
        try await world.begin("T-2")
        try await world.pass(10 * 86_400, step: 86_400)
        #expect(world.receiver.messages.count == count, "nothing is sent meanwhile")
        await #expect(throws: WebhookError.stopped) { try await world.desk.sendTest(hook, of: "portal") }

        world.receiver.answers(Receiver.status(204))
        await #expect(throws: WebhookError.unknown) { try await world.desk.enable(hook, of: "other") }
        #expect(try await world.desk.enable(hook, of: "portal").state == .active)
        try await world.courier.turn()
        #expect(world.receiver.names.dropFirst(count).sorted() == ["T-1 v2", "T-1 v3", "T-1 v4", "T-2 v2"])
    }

    @Test("one that has answered 410 is not enabled again, and one that works stays as it is")
    func enabled() async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        let working = try await world.desk.list(of: "portal")
        #expect(try await [world.desk.enable(hook, of: "portal")] == working)
        world.receiver.answers(Receiver.status(410))
        try await world.begin("T-1")
        try await world.courier.turn()
        await #expect(throws: WebhookError.gone) { try await world.desk.enable(hook, of: "portal") }
    }

    @Test("of one transfer the next version waits until the one before was taken")
    func ordered() async throws {
        let world = WebhookWorld()
        _ = try await world.subscribe()
        world.receiver.answers(Receiver.status(503))
        try await world.finish(try await world.begin("T-1"))
        try await world.begin("T-2")
        try await world.pass(10)
        #expect(Set(world.receiver.names) == ["T-1 v2", "T-2 v2"])
        world.receiver.answers(Receiver.status(200))
        try await world.pass(400, step: 20)
        let taken = world.receiver.messages.filter { $0.transfer == "T-1" }.map(\.version)
        #expect(taken == [2, 2, 2, 3, 4])
        try await world.pass(86_400, step: 3600)
        #expect(world.receiver.messages.filter { $0.transfer == "T-1" }.count == taken.count)
    }

    @Test("a receiver says when it wants to hear of us again, within limits", arguments: [
        (429, "120", 120), (503, "Fri, 20 Nov 2026 09:02:00 GMT", 120), (429, "1", 5), (429, "0", 5),
        (429, "999999999", 86_400), (429, "99999999999999999999999", 86_400), (500, "soon", 5), (429, "-5", 5),
        (503, "Fri, 20 Nov 2026 08:00:00 GMT", 5), (429, "", 5),
    ])
    func retryAfter(status: Int, value: String, pause: Int) async throws {
        let world = WebhookWorld()
        _ = try await world.subscribe()
        world.receiver.answers(Receiver.status(status, fields: ["Retry-After": value]))
        try await world.begin("T-1")
        try await world.courier.turn()
        try await world.pass(pause - 1, step: pause - 1)
        #expect(world.receiver.messages.count == 1)
        try await world.pass(1)
        #expect(world.receiver.messages.count == 2)
    }

    @Test("a receiver that wants to be left alone is, with all its messages; others are not")
    func paused() async throws {
        let world = WebhookWorld()
        _ = try await world.subscribe("a", url: "https://a.example/")
        _ = try await world.subscribe("b", url: "https://b.example/")
        world.receiver.answers { request in
            let isFirst = request.target == "https://a.example/"
            return .success(HTTPResponse(status: isFirst ? 429 : 200, fields: isFirst ? ["Retry-After": "60"] : [:]))
        }
        try await world.begin("A-1", of: "a")
        try await world.courier.turn()
        for id in 2...5 {
            try await world.begin("A-\(id)", of: "a")
            try await world.begin("B-\(id)", of: "b")
        }
        try await world.pass(59)
        #expect(world.receiver.messages.filter { $0.url == "https://a.example/" }.count == 1)
        #expect(world.receiver.messages.filter { $0.url == "https://b.example/" }.count == 4)
    }

    @Test("410 ends a webhook; nothing more is sent, and nothing is left waiting")
    func gone() async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        world.receiver.answers(Receiver.status(410))
        try await world.finish(try await world.begin("T-1"))
        try await world.courier.turn()
        try await world.begin("T-2")
        try await world.pass(7200, step: 600)
        #expect(world.receiver.names == ["T-1 v2"])
        #expect(try await world.desk.list(of: "portal").map(\.state) == [.gone])
        #expect(try await world.log(hook).map(\.outcome) == [.gone])
        #expect(try await world.store.items("webhook-lane/\(hook)", after: "", limit: 10) == [])
        await #expect(throws: WebhookError.gone) { try await world.desk.sendTest(hook, of: "portal") }
    }

    @Test("a receiver that hangs holds up nobody else")
    func hanging() async throws {
        let world = WebhookWorld()
        _ = try await world.subscribe("dead", url: "https://dead.example/")
        _ = try await world.subscribe("well", url: "https://well.example/")
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: String.self)
        world.receiver.answers { request in
            arrived.yield(request.target)
            if request.target == "https://dead.example/" { _ = await gate.first { true } }
            return .success(HTTPResponse(status: 200))
        }
        for id in 1...30 { try await world.begin("D-\(id)", of: "dead") }
        let running = Task { await world.courier.run() }
        var seen: [String: Int] = [:]
        for await url in arrivals {
            seen[url, default: 0] += 1
            if seen["https://dead.example/"] == 8, seen["https://well.example/"] == nil {
                for id in 1...20 { try await world.begin("W-\(id)", of: "well") }
            }
            if seen["https://well.example/"] == 20 { break }
        }
        #expect(seen == ["https://dead.example/": 8, "https://well.example/": 20])
        open.finish()
        running.cancel()
        await running.value
    }

    @Test("a process that dies at any of its writes loses nothing and keeps the order", arguments: 1...24)
    func restarted(writes: Int) async throws {
        let world = WebhookWorld()
        _ = try await world.subscribe()
        try await world.finish(try await world.begin("T-1"))
        try await world.finish(try await world.begin("T-2"))
        let dying = WebhookCourier(
            store: MortalStore(world.store, writes: writes), transport: world.receiver,
            reach: WebhookReach { _ in [] }, environment: world.clock.environment)
        try? await dying.turn()
        let next = world.restarted()
        for _ in 1...70 {
            world.clock.advance(1)
            try await next.turn()
        }
        for transfer in ["T-1", "T-2"] {
            let versions = world.receiver.messages.filter { $0.transfer == transfer }.map(\.version)
            #expect(versions == versions.sorted() && Set(versions) == [2, 3, 4], "\(versions)")
            // A process of which the end is not known may have sent one message for each lane.
            #expect(versions.count <= 4, "\(versions)")
        }
        #expect(try await world.store.outbox(limit: 10) == [])
    }

    @Test("two processes on one store share the work and double nothing")
    func two() async throws {
        let world = WebhookWorld()
        _ = try await world.subscribe()
        for id in 1...40 { try await world.finish(try await world.begin("T-\(id)")) }
        let other = world.restarted()
        for _ in 1...20 {
            async let one: Void = world.courier.turn()
            async let two: Void = other.turn()
            _ = try await (one, two)
            world.clock.advance(1)
        }
        let names = world.receiver.names
        #expect(names.count == 120 && Set(names).count == 120)
        for id in 1...40 {
            #expect(world.receiver.messages.filter { $0.transfer == "T-\(id)" }.map(\.version) == [2, 3, 4])
        }
    }

    @Test("what waits in a file is sent by the next process")
    func durable() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "store.sqlite").path
        let first = WebhookWorld(store: try SQLiteStore(path: path))
        let (_, secret) = try await first.subscribe()
        first.receiver.answers(Receiver.status(500))
        try await first.finish(try await first.begin("T-1"))
        try await first.courier.turn()
        #expect(first.receiver.names == ["T-1 v2"])
        let second = WebhookWorld(store: try SQLiteStore(path: path))
        try await second.pass(60, step: 5)
        #expect(second.receiver.names == ["T-1 v2", "T-1 v3", "T-1 v4"])
        let message = try #require(second.receiver.messages.last)
        let id = try WebhookVerifier([secret]).verify(message.request.body, at: message.timestamp) {
            message.request.fields[$0]
        }
        #expect(id == "msg_T-1_4")
    }

    @Test("a new secret signs at once, the old one for a day beside it")
    func rotated() async throws {
        let world = WebhookWorld()
        let (hook, old) = try await world.subscribe()
        let new = try await world.desk.rotateSecret(hook, of: "portal")
        for (id, seconds) in [("T-1", 86_399), ("T-2", 1)] {
            world.clock.advance(seconds)
            try await world.begin(id)
            try await world.courier.turn()
        }
        let accepted = world.receiver.messages.map { message in
            [old, new].map { secret in
                (try? WebhookVerifier([secret]).verify(message.request.body, at: message.timestamp) {
                    message.request.fields[$0]
                }) != nil
            }
        }
        #expect(accepted == [[true, true], [false, true]])
    }

    @Test("the log is kept for thirty days")
    func forgotten() async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        try await world.begin("T-1")
        try await world.courier.turn()
        try await world.pass(30 * 86_400 - 1, step: 30 * 86_400 - 1)
        #expect(try await world.log(hook).map(\.event) == ["msg_T-1_2"])
        try await world.pass(1)
        #expect(try await world.log(hook) == [])
    }

    @Test("what was told of one transfer is found again, for its own client")
    func explained() async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        world.receiver.answers(Receiver.status(500))
        for id in ["T-1", "T-11"] { try await world.begin(id) }
        try await world.pass(6)
        let told = try await world.desk.attempts(about: Sample.id("T-1"), of: "portal")
        #expect(told.map(\.webhook) == [hook, hook] && told.map(\.attempt.number) == [1, 2])
        #expect(told.allSatisfy { $0.attempt.event == "msg_T-1_2" })
        #expect(try await world.desk.attempts(about: Sample.id("T-1"), of: "other").isEmpty)
    }

    @Test("a message that a stop breaks off costs no attempt and comes again")
    func stopped() async throws {
        let world = WebhookWorld()
        let (hook, _) = try await world.subscribe()
        try await world.begin("T-1")
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        world.receiver.answers { _ in
            arrived.yield()
            let (never, source) = AsyncStream.makeStream(of: Void.self)
            _ = await never.first { true }
            withExtendedLifetime(source) {}
            return .failure(HTTPTransportError(.cancelled, mayHaveBeenReceived: true))
        }
        let running = Task { await world.courier.run() }
        _ = await arrivals.first { true }
        running.cancel()
        await running.value
        world.receiver.answers(Receiver.status(204))
        let next = world.restarted()
        for _ in 1...61 {
            world.clock.advance(1)
            try await next.turn()
        }
        #expect(world.receiver.messages.map(\.answered) == [false, true])
        #expect(try await world.log(hook).map(\.number) == [1])
    }
}

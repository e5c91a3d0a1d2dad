import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Testing

@Suite("Waiting for a transfer", .timeLimit(.minutes(1)))
struct WaitTests {
    @Test("who waits is answered when the transfer changes, at once and without asking the bank")
    func change() async throws {
        let desk = try await Desk(sleeping: .never)
        let id = await desk.create().id
        _ = await desk.chooseBank(id)
        let asked = desk.bank.calls.count
        async let answer = desk.send(.get, "/v1/transfers/\(id)?wait=60&after_version=4")
        _ = await desk.send(.post, "/v1/transfers/\(id)/cancel")
        #expect(await answer.json?["state"]?.string == "failed")
        #expect(desk.bank.calls.count == asked + 1)
    }

    @Test("what changes on the way to the end does not shorten the wait for it")
    func end() async throws {
        let desk = try await Desk(sleeping: .never)
        let id = await desk.create().id
        async let answer = desk.send(.get, "/v1/transfers/\(id)?wait=1")
        _ = await desk.chooseBank(id)
        _ = await desk.send(.post, "/v1/transfers/\(id)/cancel")
        #expect(await answer.json?["state"]?.string == "failed")
    }

    @Test("who waits in vain is told how it stands when the time is over")
    func inVain() async throws {
        let desk = try await Desk()
        let (id, start) = (await desk.create().id, desk.clock.now)
        let answer = await desk.send(.get, "/v1/transfers/\(id)?wait=7")
        #expect(answer.json?["version"]?.integer == 1)
        #expect(desk.clock.now.timeIntervalSince(start) == 7)
        #expect(desk.bank.calls.isEmpty)
    }

    @Test("an older version than is kept is answered at once")
    func old() async throws {
        let desk = try await Desk(sleeping: .never)
        let id = await desk.create().id
        #expect(await desk.send(.get, "/v1/transfers/\(id)?wait=60&after_version=0").json?["version"]?.integer == 1)
    }

    @Test("the stream tells every state until the last, and then ends")
    func stream() async throws {
        let desk = try await Desk(sleeping: .never)
        let id = await desk.create().id
        let delivery = await desk.api.deliver(desk.request(.get, "/v1/transfers/\(id)/events"))
        #expect(delivery.response.fields["Content-Type"] == "text/event-stream")
        let pieces = try #require(delivery.pieces)
        var seen: [String] = []
        for await piece in pieces {
            seen.append(Self.summary(of: piece))
            if seen.count == 1 { _ = await desk.chooseBank(id) }
            if seen.count == 2 { _ = await desk.send(.post, "/v1/transfers/\(id)/cancel") }
        }
        #expect(seen == ["1 drafted", "3 awaitingApproval", "5 failed"])
    }

    @Test("a browser that connects again is told of later versions alone")
    func again() async throws {
        let desk = try await Desk(sleeping: .never)
        let id = await desk.create().id
        _ = await desk.send(.post, "/v1/transfers/\(id)/cancel")
        for (last, told) in [("1", ["2 failed"]), ("2", []), ("x", ["2 failed"])] {
            let request = desk.request(.get, "/v1/transfers/\(id)/events", nil, ["Last-Event-ID": last])
            let pieces = try #require(await desk.api.deliver(request).pieces)
            var seen: [String] = []
            for await piece in pieces { seen.append(Self.summary(of: piece)) }
            #expect(seen == told)
        }
    }

    @Test("a stream without news shows a sign of life, and ends after its time")
    func heartbeat() async throws {
        let desk = try await Desk()
        let id = await desk.create().id
        let pieces = try #require(
            await desk.api.deliver(desk.request(.get, "/v1/transfers/\(id)/events?seconds=30")).pieces)
        var seen: [String] = []
        for await piece in pieces { seen.append(Self.summary(of: piece)) }
        #expect(seen == ["1 drafted", "heartbeat", "heartbeat"])
    }

    private static func summary(of piece: [UInt8]) -> String {
        let text = String(decoding: piece, as: UTF8.self)
        let lines = text.split(separator: "\n")
        guard lines.count == 3, let data = lines.last?.dropFirst("data: ".count),
            let json = try? JSON(parsing: Array(data.utf8))
        else { return piece == ServerSentEvent.heartbeat ? "heartbeat" : text }
        return "\(lines[0].dropFirst("id: ".count)) \(json["state"]?.string ?? "")"
    }
}

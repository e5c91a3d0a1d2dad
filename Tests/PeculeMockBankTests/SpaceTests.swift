import PeculeHTTP
import Testing

@testable import PeculeMockBank

/// `/r/{name}/`: a fresh bank for each test run.
@Suite struct SpaceTests {
    @Test(arguments: ["deux-rives", "rhin"])
    func everyLinkStaysInItsSpace(bank: String) async throws {
        let scene = Scene(bank, space: "nuit-1")
        let opened = try #require(await scene.open(await scene.opening()))
        #expect(opened.link.hasPrefix("\(World.baseURL)/r/nuit-1/\(bank)/"))
        var browser = Browser(scene.world)
        _ = await browser.approve(opened.link)
        #expect(browser.left != nil, "every page, form, cookie and redirection led on")
        #expect(await scene.state(opened.id) == "ACSP")
        #expect(scene.world.bank.payments().isEmpty, "the banks outside know nothing of it")
        let list = await scene.world.send(HTTPRequest(.get, "/r/nuit-1/mock/banks")).json
        let tokens = list?.array?.compactMap { $0["token"]?.string } ?? []
        #expect(tokens.count == MockBankProfile.all.count && tokens.allSatisfy { $0.contains("/r/nuit-1/") })
        let home = await scene.world.send(HTTPRequest(.get, "/r/nuit-1")).text
        #expect(home.contains("href=\"/r/nuit-1/mock/banks\"") && home.contains("href=\"/r/nuit-1/mock/style.css\""))
    }

    @Test func timeScenariosAndResetAreOfOneSpace() async throws {
        let world = World(profiles: MockBankProfile.all)
        func send(_ method: HTTPMethod, _ target: String, _ body: JSON? = nil) async -> JSON? {
            await world.send(HTTPRequest(method, target, body: body?.bytes ?? [])).json
        }
        _ = await send(.post, "/r/a/mock/clock", ["advance": "P1Y"])
        _ = await send(.put, "/r/a/mock/scenario", ["scenario": "rjct"])
        #expect(await send(.get, "/r/a/mock/clock")?["now"]?.string?.hasPrefix("2027") == true)
        _ = await send(.post, "/mock/clock", ["advance": "P2Y"])
        #expect(await send(.get, "/r/a/mock/clock")?["now"]?.string?.hasPrefix("2027") == true)
        #expect(await send(.get, "/r/late/mock/clock")?["now"]?.string?.hasPrefix("2026") == true)
        _ = await send(.post, "/mock/reset")
        for other in ["/r/b", ""] {
            #expect(await send(.get, other + "/mock/clock")?["now"]?.string?.hasPrefix("2026") == true)
            #expect(await send(.get, other + "/mock/scenario")?[0]?["scenario"] == "")
        }
    }

    @Test func theSameNameDrawsTheSameIds() async throws {
        let (one, other) = (Scene(space: "x"), Scene(space: "x"))
        let third = Scene(space: "y")
        let id = try #require(await one.open(await one.opening())?.id)
        let (same, another) = (await other.open(await other.opening())?.id, await third.open(await third.opening())?.id)
        #expect(same == id && another != id)
    }

    @Test func fiftyClientsInFiftySpacesDoNotMeet() async throws {
        let world = World(profiles: MockBankProfile.all)
        let verdicts = await withTaskGroup(of: [String].self) { group in
            for number in 0..<50 {
                group.addTask {
                    let bank = number.isMultiple(of: 2) ? "deux-rives" : "rhin"
                    let scene = Scene(bank, space: "run-\(number)", world: world)
                    let label = number.isMultiple(of: 3) ? "qa:rjct" : "qa:acsc"
                    let id = await scene.pay(label, cents: 1000 + number) ?? ""
                    let ending = await scene.state(id)
                    let expected: JSON = [
                        "transfers": [["amountCents": .integer(1000 + number), "bank": .string(bank)]],
                        "nothingElse": true,
                    ]
                    let path = "/r/run-\(number)/mock/assertions"
                    let answer = await world.send(HTTPRequest(.post, path, body: expected.bytes))
                    let isRight = ending.hasPrefix(number.isMultiple(of: 3) ? "RJCT" : "ACSC")
                    return (answer.json?["differences"]?.array ?? [.null]).map { "\(number): \($0)" }
                        + (isRight ? [] : ["\(number): \(ending)"])
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(verdicts == [])
        #expect(world.bank.payments().isEmpty)
    }

    @Test func theOldestSpaceMakesRoom() async {
        let world = World()
        for number in 0...Spaces.capacity {
            _ = await world.send(HTTPRequest(.put, "/r/s\(number)/mock/snapshots/a"))
            _ = await world.send(HTTPRequest(.get, "/r/s0/health"))
        }
        #expect(await world.send(HTTPRequest(.get, "/r/s0/mock/snapshots")).json == ["a"], "used all the time")
        #expect(await world.send(HTTPRequest(.get, "/r/s1/mock/snapshots")).json == [])
    }

    @Test(arguments: ["/r/", "/r//mock/banks", "/r/a%20b/mock/banks", "/r/a/r/b/mock/banks"])
    func whatIsNoNameIsNotServed(target: String) async {
        #expect([400, 404].contains(await World().send(HTTPRequest(.get, target)).status))
    }
}

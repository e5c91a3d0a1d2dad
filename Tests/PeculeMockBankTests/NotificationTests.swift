import FoundationEssentials
import PeculeCrypto
import PeculeHTTP
import Testing

@testable import PeculeMockBank

/// What a bank tells an initiator of a payment, where the payment asked for it, and what scenarios make of it.
@Suite struct NotificationTests {
    /// At a bank of Berlin Group's standard, or at one of STET's that does the same.
    private static func scene(_ bank: String, _ inbox: Inbox?) -> Scene {
        let profiles = MockBankProfile.all.map { profile in
            var profile = profile
            if profile.id == "phare" { profile.variants.notifies = true }
            return profile
        }
        return Scene(bank, world: World(profiles: profiles, transport: inbox))
    }

    /// Opens a payment with an address, and lets the console's button approve it.
    private static func pay(
        _ scene: Scene, _ label: String = "COMMANDE", to address: String? = Inbox.address, preferring: String? = nil
    ) async throws -> String {
        var request = await scene.opening(label, notifying: address)
        request.fields.set(preferring, for: "TPP-Notification-Content-Preferred")
        let opened = try #require(await scene.open(request))
        let path = "/mock/console/\(scene.profile.id)/\(opened.id)/approve"
        #expect(await scene.world.send(HTTPRequest(.post, path)).status == 303)
        if scene.profile.confirmNow != nil {
            let confirmation = await scene.request(.post, "/\(opened.id)/confirmation")
            #expect(await scene.world.send(confirmation).status == 200)
        }
        return opened.id
    }

    private static func list(_ scene: Scene) async -> [JSON] {
        await scene.world.send(HTTPRequest(.get, "/mock/notifications")).json?.array ?? []
    }

    /// What arrives after so many seconds, each time all of it.
    static let words: [(scenario: String, arrivals: [(seconds: Double, statuses: String)])] = [
        ("pdng 1h > acsc", [(0, "PDNG"), (3600, "PDNG ACSP ACSC")]),
        ("pdng 1h > acsc; notify twice", [(0, "PDNG PDNG"), (3600, "PDNG PDNG ACSP ACSP ACSC ACSC")]),
        ("pdng 1h > acsc; notify late 10m", [(599, ""), (1, "PDNG"), (3000, "PDNG"), (600, "PDNG ACSP ACSC")]),
        ("pdng 1h > acsc; notify reordered", [(0, ""), (3600, "ACSC"), (1, "ACSC ACSP"), (1, "ACSC ACSP PDNG")]),
        ("pdng 1h > acsc; notify never", [(0, ""), (9999, "")]),
        ("pdng 1h > acsc; notify forged", [(0, "ACSC"), (3600, "ACSC ACSC RJCT")]),
        ("pdng 1h > acsc; notify badly-signed", [(0, "PDNG"), (3600, "PDNG ACSP ACSC")]),
        ("rjct AC04; notify reordered", [(0, "RJCT")]),
        ("avis-double; rjct AC04", [(0, "RJCT RJCT")]),
    ]

    @Test(arguments: words)
    func aWord(row: (scenario: String, arrivals: [(seconds: Double, statuses: String)])) async throws {
        let inbox = Inbox()
        let scene = Self.scene("rhin", inbox)
        _ = try await Self.pay(scene, "qa:" + row.scenario)
        for point in row.arrivals {
            scene.world.advance(by: point.seconds)
            await scene.world.bank.sendNotifications()
            #expect(inbox.statuses.joined(separator: " ") == point.statuses)
        }
    }

    @Test(arguments: [("rhin", "paymentId", "ACSP ACSC"), ("phare", "resourceId", "ACTC ACSP ACSC")])
    func aPaymentIsToldToItsAddressInTheNamesOfItsStandard(bank: String, name: String, statuses: String) async throws {
        let inbox = Inbox()
        let scene = Self.scene(bank, inbox)
        let id = try await Self.pay(scene)
        scene.world.advance(by: 1)
        await scene.world.bank.sendNotifications()
        #expect(inbox.statuses.joined(separator: " ") == statuses)
        for request in inbox.received {
            #expect(request.method == .post && request.target == Inbox.address)
            #expect(try JSON(parsing: request.body)[name] == .string(id))
            #expect(request.fields["Signature"] == nil)
        }
        #expect(Set(inbox.received.map { $0.fields["X-Request-ID"] }).count == inbox.received.count)
    }

    @Test func theSameMessageHasTheSameIdentifier() async throws {
        let inbox = Inbox()
        let scene = Self.scene("rhin", inbox)
        _ = try await Self.pay(scene, "qa:acsp > hang; notify twice")
        await scene.world.bank.sendNotifications()
        #expect(inbox.received.count == 2 && inbox.received[0] == inbox.received[1])
    }

    /// What is asked, what the bank promises, and what arrives.
    static let wishes: [(bank: String, address: String?, preferred: String?, promise: String, statuses: String)] = [
        ("rhin", Inbox.address, nil, "true status=PROCESS,LAST", "ACSP ACSC"),
        ("rhin", Inbox.address, "status=SCA, PROCESS", "true status=PROCESS,LAST", "ACSP ACSC"),
        ("rhin", Inbox.address, "status=LAST", "true status=LAST", "ACSC"),
        ("rhin", nil, nil, "", ""),
        ("rhin", "http://elsewhere.example/n", nil, "false", ""),
        ("rhin", "https://user@elsewhere.example/n", nil, "false", ""),
        ("rhin", "file:///etc/passwd", nil, "false", ""),
        ("deux-rives", Inbox.address, nil, "", ""),
    ]

    @Test(arguments: wishes)
    func onlyWhatWasAskedIsTold(
        row: (bank: String, address: String?, preferred: String?, promise: String, statuses: String)
    ) async throws {
        let inbox = Inbox()
        let scene = Self.scene(row.bank, inbox)
        var request = await scene.opening(notifying: row.address)
        request.fields.set(row.preferred, for: "TPP-Notification-Content-Preferred")
        let fields = await scene.world.send(request).fields
        let promise = ["ASPSP-Notification-Support", "ASPSP-Notification-Content"].compactMap { fields[$0] }
        #expect(promise.joined(separator: " ") == row.promise)
        _ = try await Self.pay(scene, to: row.address, preferring: row.preferred)
        scene.world.advance(by: 1)
        await scene.world.bank.sendNotifications()
        #expect(inbox.statuses.joined(separator: " ") == row.statuses)
    }

    // MARK: What is not taken

    /// A redirect is an answer like any other that is not 2xx.
    static let failures: [(answers: [HTTPResponse?], outcomes: [String], stage: String)] = [
        ([], ["204"], "delivered"),
        ([nil], ["connect", "204"], "delivered"),
        (
            [HTTPResponse(status: 302, fields: ["Location": "http://127.0.0.1:9/other"]), HTTPResponse(status: 503)],
            ["302", "503", "204"], "delivered"
        ),
        ([nil, nil, nil, nil], ["connect", "connect", "connect", "connect"], "given up"),
    ]

    @Test(arguments: failures)
    func anAttemptIsRepeatedOnTheBanksClockAndNoted(
        row: (answers: [HTTPResponse?], outcomes: [String], stage: String)
    ) async throws {
        let inbox = Inbox(row.answers)
        let scene = Self.scene("rhin", inbox)
        let id = try await Self.pay(scene, "qa:acsp > hang")
        for wait in [0] + Outbox.waits + [86_400] {
            scene.world.advance(by: wait - 1)
            await scene.world.bank.sendNotifications()
            scene.world.advance(by: 1)
            await scene.world.bank.sendNotifications()
        }
        let told = try #require(await Self.list(scene).first)
        #expect(told["attempts"]?.array?.compactMap { $0["outcome"]?.string } == row.outcomes)
        #expect(told["stage"]?.string == row.stage && told["due"] == .null)
        #expect(inbox.received.allSatisfy { $0.target == Inbox.address } && inbox.received.count == row.outcomes.count)
        var browser = Browser(scene.world)
        await browser.open("/mock/console/rhin/\(id)?lang=en")
        #expect(browser.html.contains("(\(row.outcomes.joined(separator: ", ")))"))
        #expect(browser.html.ranges(of: "notification ACSP</text>").count == row.outcomes.count)
    }

    @Test func withoutATransportTheOutboxIsListedAllTheSame() async throws {
        let scene = Self.scene("rhin", nil)
        let id = try await Self.pay(scene, "qa:acsc; notify never")
        await scene.world.bank.sendNotifications()
        let list = await Self.list(scene)
        #expect(list.map { $0["stage"]?.string } == ["withheld", "withheld"])
        #expect(list.allSatisfy { $0["paymentId"] == .string(id) && $0["attempts"] == [] })
    }

    @Test func aPlaceOfItsOwnSendsItsOwn() async throws {
        let inbox = Inbox()
        let world = World(profiles: MockBankProfile.all, transport: inbox)
        let scene = Scene("rhin", space: "essai", world: world)
        let opened = try #require(await scene.open(await scene.opening(notifying: Inbox.address)))
        let path = "/r/essai/mock/payments/rhin/\(opened.id)"
        let body = JSON.object([("state", "acsc")]).bytes
        #expect(await world.send(HTTPRequest(.put, path, body: body)).status == 200)
        await world.bank.sendNotifications()
        #expect(inbox.statuses == ["ACSP", "ACSC"])
        #expect(await Self.list(scene).isEmpty, "of the outer place")
    }

    @Test func aSessionWithNotificationsIsReplayed() async throws {
        let scene = Self.scene("rhin", Inbox())
        let start = HTTPRequest(.post, "/mock/recording", body: JSON.object([("seed", "lundi")]).bytes)
        #expect(await scene.world.send(start).status == 204)
        _ = try await Self.pay(scene, "qa:notify twice")
        await scene.world.bank.sendNotifications()
        #expect(await Self.list(scene).count == 2)
        let session = try #require(await scene.world.send(HTTPRequest(.get, "/mock/recording")).json)
        let replay = HTTPRequest(.post, "/mock/replay", body: session.bytes)
        #expect(await scene.world.send(replay).json?["identical"] == true)
    }

    @Test func theOldestMakeRoom() async throws {
        let scene = Self.scene("rhin", nil)
        let id = try await Self.pay(scene, "qa:pdng > hang")
        let payment = try #require(scene.world.bank.books.look(at: "rhin") { $0.payments[id] } ?? nil)
        var outbox = Outbox()
        for _ in 0...Outbox.capacity { outbox.tell("PDNG", of: payment, as: nil, at: World.start) }
        #expect(outbox.notifications.count == Outbox.capacity && outbox.notifications.first?.number == 2)
    }

    @Test(.timeLimit(.minutes(1))) func aServerSendsByItself() async throws {
        let inbox = Inbox()
        let scene = Self.scene("rhin", inbox)
        let server = try MockBankServer.start(scene.world.bank)
        _ = try await Self.pay(scene, "qa:acsp > hang")
        await inbox.arrival()
        #expect(inbox.statuses == ["ACSP"])
        await server.stop(within: .seconds(1))
    }

    // MARK: Signatures

    @Test(arguments: [("", true), ("notify badly-signed; ", false), ("notify forged; ", false)])
    func aBankThatSignsItsAnswersSignsWhatItTells(scenario: String, holds: Bool) async throws {
        let papers = try Papers.shared.get()
        let inbox = Inbox()
        let world = World(profiles: MockBankProfile.secured, trust: papers.trust, transport: inbox)
        try world.bank.play(scenario + "acsc", at: "sceau")
        try await Self.openAtSceau(world, papers)
        let payment = try #require(world.bank.payments().first)
        let body = JSON.object([("state", "acsc")]).bytes
        #expect(await world.send(HTTPRequest(.put, "/mock/payments/sceau/\(payment.id)", body: body)).status == 200)
        await world.bank.sendNotifications()
        let seal = try #require(try papers.certificate("bank-qseal"))
        #expect(!inbox.received.isEmpty)
        for request in inbox.received {
            let head = SignedHead(method: nil, target: "", fields: request.fields.all.map { ($0.name, $0.value) })
            let signature = request.fields["Signature"].flatMap(HTTPSignature.init)
            #expect((signature == nil) == scenario.contains("forged"))
            let digest = request.fields["Digest"].map { HTTPDigest.matches($0, request.body) } ?? false
            #expect((digest && signature?.isValid(for: head, by: seal) == true) == holds)
        }
    }

    private static func openAtSceau(_ world: World, _ papers: Papers) async throws {
        let profile = try #require(MockBankProfile.secured.first { $0.id == "sceau" })
        var grant = Initiator(world: world, profile: profile)
            .tokenRequest([("grant_type", "client_credentials"), ("scope", "pisp")])
        grant.clientCertificate = try papers.certificate("tpp-qwac")?.der
        let token = try #require(await world.send(grant).json?["access_token"]?.string)
        let request = HTTPRequest(
            .post, "/sceau/stet/v1/payment-requests",
            fields: [
                "X-Request-ID": "req-1", "Content-Type": "application/json", "Authorization": "Bearer \(token)",
                "TPP-Notification-URI": Inbox.address,
            ],
            body: OrderText().json(profile.version).bytes)
        #expect(await world.send(try Caller.stet.sealed(request, form: .url, papers)).status == 201)
    }
}

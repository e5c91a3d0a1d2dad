import PeculeHTTP
import PeculeMockBank
import Testing

/// Every bank, the whole way, as an initiator and a browser see it.
@Suite struct JourneyTests {
    @Test(arguments: MockBankProfile.fictional)
    func aTransferGoesFromOrderToSettlement(profile: MockBankProfile) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: profile)
        let opened = try #require(await initiator.open())
        #expect(await initiator.status(opened.id) == "RCVD")

        var browser = Browser(world)
        let returned = try #require(await browser.approve(opened.link))
        if initiator.usesCode {
            let query = URLForm(parsing: returned.split(separator: "?")[1])
            #expect(query?["state"] == "etat-1")
            #expect(query?["iss"] == "\(World.baseURL)/\(profile.id)")
            #expect(query?["code"] != nil)
        } else {
            #expect(returned.hasPrefix("http://127.0.0.1:9/retour?issue=oui"))
            #expect(returned.contains("psuAuthenticationFactor=") == (profile.flow == .factorThenConfirm))
        }
        if let confirmNow = profile.confirmNow {
            #expect(await initiator.status(opened.id) == confirmNow)
            #expect(world.debits(of: opened.id).isEmpty)
            let confirmed = await initiator.confirm(opened, returned: returned)
            #expect(confirmed.status == 200)
        }
        if profile.flow == .bankConfirms {
            #expect(await initiator.status(opened.id) == "ACCP")
            world.advance(by: 1)
        }
        #expect(await initiator.status(opened.id) == "ACSP")
        #expect(world.debits(of: opened.id).map(\.amountCents) == [4250])
        #expect(world.balance("camille", at: profile.id) == 150_000 - 4250)

        world.advance(by: 1)
        #expect(await initiator.status(opened.id) == "ACSC")
        let settlement = try #require(world.bank.ledger().last { $0.bank == profile.id })
        #expect(settlement.kind == "settlement" && settlement.credited == "FR7699992000420000009876566")
        #expect(world.imbalance == 0)
    }

    /// How an order ends for each customer: status and reason once all is said and a little time has passed.
    static let endings: [(login: String, status: String, reason: String?, reasonIn16: String?)] = [
        ("camille", "ACSC", nil, nil),
        ("noe", "RJCT", "CUST", "AM04"),
        ("refus", "RJCT", "RR04", "RR04"),
        ("attente", "PDNG", nil, nil),
        ("expire", "RJCT", "NOAS", "NOAS"),
        ("verrou", "RCVD", nil, nil),
    ]

    @Test(arguments: MockBankProfile.fictional, endings)
    func theCustomerDecidesHowItEnds(
        profile: MockBankProfile, ending: (login: String, status: String, reason: String?, reasonIn16: String?)
    ) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: profile)
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        let returned = await browser.approve(opened.link, as: ending.login)
        if let returned, profile.confirmNow != nil { _ = await initiator.confirm(opened, returned: returned) }
        world.advance(by: 5)
        #expect(await initiator.status(opened.id) == ending.status)
        #expect(await initiator.reason(opened.id) == (profile.version == .v16 ? ending.reasonIn16 : ending.reason))
        #expect(world.debits(of: opened.id).count == (ending.status == "ACSC" ? 1 : 0))
        #expect(world.imbalance == 0)
    }

    @Test func lackOfFundsShowsInFundsAvailability() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("deux-rives"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        #expect(await browser.approve(opened.link, as: "noe") == "http://127.0.0.1:9/retour?issue=non")
        let report = await initiator.call(.get, "/\(opened.id)").json?["paymentRequest"]
        #expect(report?["fundsAvailability"] == false)
    }

    @Test func anOrderHeldForReviewIsExecutedAQuarterOfAnHourLater() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("deux-rives"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        _ = await browser.approve(opened.link, as: "attente")
        world.advance(by: 15 * 60 - 1)
        #expect(await initiator.status(opened.id) == "PDNG")
        world.advance(by: 1)
        #expect(await initiator.status(opened.id) == "ACSC")
        #expect(world.debits(of: opened.id).count == 1)
    }

    @Test(arguments: MockBankProfile.fictional)
    func aRefusalLeadsBackAndMovesNothing(profile: MockBankProfile) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: profile)
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        await browser.refuse()
        let left = try #require(browser.left)
        if initiator.usesCode {
            let query = URLForm(parsing: left.split(separator: "?")[1])
            #expect(query?["error"] == "access_denied" && query?["state"] == "etat-1" && query?["code"] == nil)
            #expect(query?["iss"] == "\(World.baseURL)/\(profile.id)")
        } else {
            #expect(left == "http://127.0.0.1:9/retour?issue=non")
        }
        #expect(await initiator.status(opened.id) == "RJCT")
        #expect(await initiator.reason(opened.id) == "CUST")
        #expect(world.debits(of: opened.id).isEmpty)
    }
}

extension MockBankProfile {
    static func named(_ id: String) -> MockBankProfile { fictional.first { $0.id == id } ?? fictional[0] }
}

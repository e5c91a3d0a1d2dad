import PeculeHTTP
import PeculeMockBank
import Testing

/// Who may confirm, where, with what proof; and that a confirmation counts once.
@Suite struct ConfirmationTests {
    @Test(arguments: ["phare", "montagne", "sillage", "atelier"])
    func aConfirmationIsExpectedAfterTheApprovalAlone(bank: String) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named(bank))
        let opened = try #require(await initiator.open())
        #expect(await initiator.call(.post, "/\(opened.id)/\(initiator.confirmationStep)").status == 403)
        #expect(await initiator.status(opened.id) == "RCVD")
    }

    @Test(arguments: ["deux-rives", "oceane", "horizon"])
    func aBankThatWantsNoConfirmationRefusesIt(bank: String) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named(bank))
        let opened = try #require(await initiator.open())
        #expect(await initiator.call(.post, "/\(opened.id)/confirmation", body: [:]).status == 403)
    }

    @Test(arguments: [
        ("deux-rives", 404), ("phare", 403), ("montagne", 404), ("sillage", 404), ("oceane", 404), ("horizon", 403),
    ])
    func theOAuthConfirmationExistsInOneVersionAlone(bank: String, status: Int) async throws {
        let initiator = Initiator(world: World(), profile: .named(bank))
        let opened = try #require(await initiator.open())
        #expect(await initiator.call(.post, "/\(opened.id)/o-confirmation", body: [:]).status == status)
    }

    @Test(arguments: [nil, [:]] as [JSON?])
    func anExplicitConfirmationMayBeEmpty(body: JSON?) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("phare"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        _ = await browser.approve(opened.link)
        let before = await initiator.call(.get, "/\(opened.id)").json
        #expect(before?["_links"]?["confirmation"]?["href"]?.string?.hasSuffix("/confirmation") == true)
        for _ in 1...2 {
            let response = await initiator.call(.post, "/\(opened.id)/confirmation", body: body)
            #expect(response.status == 200)
            #expect(response.json?["paymentRequest"]?["paymentInformationStatus"] == "ACSP")
            #expect(response.json?["_links"]?["confirmation"] == nil)
        }
        #expect(world.debits(of: opened.id).count == 1)
    }

    @Test(arguments: [
        [:], ["psuAuthenticationFactor": "faux"], ["psuAuthenticationFactor": .integer(1)], ["nonce": "x"], [], "x",
    ] as [JSON])
    func aWrongFactorConfirmsNothing(body: JSON) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("montagne"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        let returned = try #require(await browser.approve(opened.link))
        let response = await initiator.call(.post, "/\(opened.id)/confirmation", body: body)
        #expect(response.status == 403 || response.status == 400)
        #expect(await initiator.status(opened.id) == "ACTC")
        #expect(await initiator.confirm(opened, returned: returned).status == 200)
        #expect(await initiator.status(opened.id) == "ACSP")
    }

    @Test(arguments: ["sillage", "atelier"])
    func onlyTheTokenOfThisPaymentsCodeConfirms(bank: String) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named(bank))
        let opened = try #require(await initiator.open())
        let other = try #require(await initiator.open(OrderText(id: "AUTRE")))
        var (browser, otherBrowser) = (Browser(world), Browser(world))
        let returned = try #require(await browser.approve(opened.link))
        let otherReturned = try #require(await otherBrowser.approve(other.link))
        func token(_ address: String) async -> String? {
            let code = URLForm(parsing: address.split(separator: "?")[1])?["code"] ?? ""
            return await initiator.redeem(code).json?["access_token"]?.string
        }
        let (mine, foreign) = (await token(returned), await token(otherReturned))
        let path = "/\(opened.id)/\(initiator.confirmationStep)"
        let nonce = JSON.object(JSONObject([("nonce", try #require(opened.nonce))]))
        #expect(await initiator.call(.post, path, body: nonce).status == 403)
        #expect(await initiator.call(.post, path, body: nonce, token: foreign).status == 403)
        #expect(await initiator.call(.post, path, body: [:], token: mine).status == 403)
        #expect(await initiator.call(.post, path, body: ["nonce": "faux"], token: mine).status == 403)
        #expect(await initiator.call(.get, "/\(opened.id)", token: mine).status == 403)
        #expect(await initiator.post(OrderText(id: "TROIS").json(initiator.profile.version)).status == 201)
        #expect(await initiator.call(.post, "", body: OrderText(id: "QUATRE").json(.v16), token: mine).status == 403)
        #expect(world.debits(of: opened.id).isEmpty)
        #expect(await initiator.call(.post, path, body: nonce, token: mine).status == 200)
        #expect(world.debits(of: opened.id).count == 1)
    }

    @Test func anApprovalThatNobodyConfirmsExpires() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("phare"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        _ = await browser.approve(opened.link)
        world.advance(by: 15 * 60)
        #expect(await initiator.reason(opened.id) == "NOAS")
        #expect(await initiator.call(.post, "/\(opened.id)/confirmation").status == 403)
    }

    @Test func theTimeToConfirmBeginsWithTheApproval() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("phare"))
        let opened = try #require(await initiator.open())
        world.advance(by: 14 * 60)
        var browser = Browser(world)
        _ = await browser.approve(opened.link)
        world.advance(by: 14 * 60)
        #expect(await initiator.status(opened.id) == "ACTC")
        world.advance(by: 60)
        #expect(await initiator.reason(opened.id) == "NOAS")
    }

    @Test func fundsAreLookedAtAgainWhenTheOrderIsExecuted() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("phare"))
        let first = try #require(await initiator.open(OrderText(id: "UN", amount: "1000")))
        let second = try #require(await initiator.open(OrderText(id: "DEUX", amount: "1000")))
        for opened in [first, second] {
            var browser = Browser(world)
            #expect(await browser.approve(opened.link) != nil)
        }
        #expect(await initiator.call(.post, "/\(first.id)/confirmation").status == 200)
        #expect(await initiator.call(.post, "/\(second.id)/confirmation").status == 200)
        #expect(await initiator.reason(second.id) == "CUST")
        #expect(world.balance("camille", at: "phare") == 50_000)
    }
}

import FoundationEssentials
import PeculeHTTP
import PeculeMockBank
import Testing

/// The interface around the payment request: heads, tokens, repetition, cancellation, confirmation.
@Suite struct StetWireTests {
    private func request(_ profile: MockBankProfile, _ token: String?, _ changes: [(String, String?)]) -> HTTPRequest {
        var fields: HTTPFields = [
            "Authorization": "Bearer \(token ?? "")", "X-Request-ID": "req-7", "Content-Type": "application/json",
        ]
        for (name, value) in changes { fields.set(value, for: name) }
        return HTTPRequest(
            .post, "/\(profile.id)/stet/v1/payment-requests", fields: fields,
            body: OrderText().json(profile.version).bytes)
    }

    @Test(arguments: [
        ("Authorization", nil, 401), ("Authorization", "Bearer ", 401), ("Authorization", "Bearer nope", 401),
        ("Authorization", "Basic UFNE", 401), ("X-Request-ID", nil, 400), ("X-Request-ID", "", 400),
        ("X-Request-ID", "a b", 400), ("Content-Type", nil, 415), ("Content-Type", "text/plain", 415),
        ("Content-Type", "application/json; charset=utf-8", 201), ("Accept", "text/html", 406),
        ("Accept", "application/json", 201), ("Accept", "text/html, */*;q=0.1", 201),
    ] as [(String, String?, Int)])
    func theHeadDecidesFirst(name: String, value: String?, status: Int) async throws {
        let world = World()
        let profile = MockBankProfile.named("phare")
        let token = await Initiator(world: world, profile: profile).token()
        let response = await world.send(request(profile, token, [(name, value)]))
        #expect(response.status == status)
        #expect(world.bank.payments().count == (status == 201 ? 1 : 0))
        #expect(response.fields["X-Request-ID"] == (name == "X-Request-ID" ? nil : "req-7"))
        #expect(response.fields.contains("WWW-Authenticate") == (status == 401))
        guard status >= 400 else { return }
        let error = try #require(response.json)
        #expect(error["status"] == .integer(status) && error["path"] == "/phare/stet/v1/payment-requests")
        #expect(error["timestamp"] == "2026-02-12T08:41:07.000Z")
    }

    /// RFC 9110, section 11.4.
    @Test func moreThanOneSpaceMayFollowTheScheme() async throws {
        let world = World()
        let profile = MockBankProfile.named("phare")
        let token = try #require(await Initiator(world: world, profile: profile).token())
        #expect(await world.send(request(profile, token, [("Authorization", "Bearer  \(token)")])).status == 201)
    }

    @Test(arguments: ["", "{", "[]", "null", "{\"a\":1,\"a\":2}", "\u{FEFF}{}"])
    func aBodyThatIsNoObjectIsRefused(text: String) async {
        let world = World()
        let profile = MockBankProfile.named("oceane")
        var post = request(profile, await Initiator(world: world, profile: profile).token(), [])
        post.body = Array(text.utf8)
        #expect(await world.send(post).status == 400)
    }

    @Test func aTokenLivesAnHourAtOneBankAlone() async {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("phare"))
        let token = await initiator.token()
        #expect(await Initiator(world: world, profile: .named("montagne")).call(.get, "/x", token: token).status == 401)
        world.advance(by: 3599)
        #expect(await initiator.call(.get, "/x", token: token).status == 404)
        world.advance(by: 1)
        #expect(await initiator.call(.get, "/x", token: token).status == 401)
    }

    @Test(arguments: MockBankProfile.fictional)
    func theAnswerEchoesTheRequestAndAddsTheBanksMembers(profile: MockBankProfile) async throws {
        let initiator = Initiator(world: World(), profile: profile)
        let order = OrderText().json(profile.version)
            .changing("debtor", to: ["name": "CAMILLE", "extra": [.integer(1)]])
        let created = await initiator.post(order)
        let location = try #require(created.fields["Location"])
        #expect(location.hasPrefix("\(World.baseURL)/\(profile.id)/stet/v1/payment-requests/"))
        let id = String(try #require(location.split(separator: "/").last))
        #expect((1...35).contains(id.utf8.count))
        #expect((created.json?["nonce"] != nil) == (profile.flow == .codeThenConfirm))
        let report = try #require(await initiator.call(.get, "/\(id)").json)
        let resource = try #require(report["paymentRequest"])
        #expect(resource["resourceId"] == .string(id) && resource["paymentInformationStatus"] == "RCVD")
        let stripped = resource
            .changing("resourceId", to: nil).changing("paymentInformationStatus", to: nil).changing("booking", to: nil)
            .changing("creditTransferTransaction.0.transactionStatus", to: nil)
            .changing("creditTransferTransaction.0.paymentId.resourceId", to: nil)
            .changing("supplementaryData.appliedAuthenticationApproach", to: nil)
        #expect(stripped == order)
        let link = report["_links"]?[profile.version == .v140 ? "self" : "request"]?["href"]?.string
        #expect(link?.hasSuffix(id) == true)
        #expect(report["_links"]?["confirmation"] == nil)
    }

    @Test(arguments: [
        ("deux-rives", .number("42.5"), "42.50"), ("deux-rives", "42.5", "42.5"),
        ("phare", "42.5", .number("42.50")), ("sillage", "42", .number("42.00")),
        ("phare", .number("42.5"), .number("42.5")),
    ] as [(String, JSON, JSON)])
    func theAmountIsWrittenAsTheVersionWritesIt(bank: String, posted: JSON, echoed: JSON) async throws {
        let initiator = Initiator(world: World(), profile: .named(bank))
        let path = "creditTransferTransaction.0.instructedAmount.amount"
        let created = await initiator.post(OrderText().json(initiator.profile.version).changing(path, to: posted))
        let id = try #require(created.fields["Location"]?.split(separator: "/").last)
        let report = await initiator.call(.get, "/\(id)").json
        #expect(
            report?["paymentRequest"]?["creditTransferTransaction"]?[0]?["instructedAmount"]?["amount"] == echoed)
    }

    @Test func theSameRequestAgainIsTheSamePayment() async {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("phare"))
        let first = await initiator.post(OrderText().json(.v142))
        let again = await initiator.post(OrderText().json(.v142))
        #expect(first.status == 201 && again == first)
        let other = await initiator.post(OrderText(amount: "43").json(.v142))
        #expect(other.status == 400)
        let sameEndToEnd = OrderText(id: "AUTRE", endToEndID: "EPMT20260212A7F3C09E41D2B8")
        #expect(await initiator.post(sameEndToEnd.json(.v142)).status == 400)
        #expect(world.bank.payments().map(\.amountCents) == [4250])
    }

    @Test func anEndToEndIDIsFreeAgainAfterARefusal() async throws {
        let initiator = Initiator(world: World(), profile: .named("phare"))
        let first = try #require(await initiator.open())
        #expect(await initiator.cancel(first.id, OrderText()).status == 200)
        #expect(await initiator.open(OrderText(id: "AUTRE", endToEndID: "EPMT20260212A7F3C09E41D2B8")) != nil)
    }

    @Test func clientsSeeNothingOfEachOther() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("phare"))
        let other = Initiator(world: world, profile: .named("phare"), id: "PSDFR-ACPR-99998", secret: "autre-bac")
        let opened = try #require(await initiator.open())
        #expect(await other.call(.get, "/\(opened.id)").status == 404)
        #expect(await other.cancel(opened.id, OrderText()).status == 404)
        #expect(await other.call(.post, "/\(opened.id)/confirmation").status == 404)
        let theirs = try #require(await other.open())
        #expect(theirs.id != opened.id)
    }

    @Test(arguments: MockBankProfile.fictional)
    func aCancellationBeforeApprovalEndsThePayment(profile: MockBankProfile) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: profile)
        let opened = try #require(await initiator.open())
        for _ in 1...2 { #expect(await initiator.cancel(opened.id, OrderText()).status == 200) }
        #expect(await initiator.status(opened.id) == (profile.version == .v140 ? "RJCT" : "CANC"))
        #expect(await initiator.reason(opened.id) == "DS02")
        var browser = Browser(world)
        await browser.open(opened.link)
        #expect(browser.page.status == 410)
    }

    @Test(arguments: [
        ("paymentInformationStatus", nil, 403), ("paymentInformationStatus", "RJCT", 403),
        ("statusReasonInformation", "DUPL", 403), ("statusReasonInformation", nil, 403),
        ("creditTransferTransaction.0.instructedAmount.amount", .number("43"), 403),
        ("beneficiary.creditorAccount.iban", "FR1420041010050500013M02606", 403),
        ("beneficiary.creditor.name", "AUTRE", 403), ("creditTransferTransaction", [], 400),
        ("supplementaryData.successfulReportUrl", "https://gateway.example/autre", 200),
    ] as [(String, JSON?, Int)])
    func onlyACancellationMayBePut(path: String, value: JSON?, status: Int) async throws {
        let initiator = Initiator(world: World(), profile: .named("phare"))
        let opened = try #require(await initiator.open())
        let body = OrderText().json(.v142).changing("paymentInformationStatus", to: "CANC")
            .changing("statusReasonInformation", to: "DS02").changing(path, to: value)
        #expect(await initiator.call(.put, "/\(opened.id)", body: body).status == status)
        #expect(await initiator.status(opened.id) == (status == 200 ? "CANC" : "RCVD"))
    }

    @Test func whatIsExecutedCannotBeCancelled() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("deux-rives"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        _ = await browser.approve(opened.link)
        for status in ["ACSP", "ACSC"] {
            #expect(await initiator.cancel(opened.id, OrderText()).status == 403)
            #expect(await initiator.status(opened.id) == status)
            world.advance(by: 1)
        }
    }

    @Test func anApprovedOrderCanBeCancelledUntilItIsConfirmed() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("montagne"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        let returned = try #require(await browser.approve(opened.link))
        #expect(await initiator.cancel(opened.id, OrderText()).status == 200)
        #expect(await initiator.confirm(opened, returned: returned).status == 403)
        #expect(world.debits(of: opened.id).isEmpty)
    }

    @Test(arguments: [
        ("GET", "", 405), ("DELETE", "/1", 405), ("PATCH", "/1", 405), ("GET", "/1/confirmation", 405),
        ("GET", "/1/2/3", 404),
    ])
    func otherMethodsAndPathsAreRefusedInTheFormOfTheStandard(method: String, path: String, status: Int) async throws {
        let initiator = Initiator(world: World(), profile: .named("phare"))
        let response = await initiator.call(try #require(HTTPMethod(rawValue: method)), path)
        #expect(response.status == status && response.json?["status"] == .integer(status))
        #expect(response.fields.contains("Allow") == (status == 405))
        #expect(response.fields["X-Request-ID"] == "req-1")
    }
}

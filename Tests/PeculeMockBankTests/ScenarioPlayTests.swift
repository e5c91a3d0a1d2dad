import FoundationEssentials
import PeculeHTTP
import PeculeMockBank
import Testing

/// The states, payers and callbacks of the grammar, played at banks of both standards.
@Suite struct ScenarioPlayTests {
    static let banks = ["deux-rives", "rhin"]

    /// What the status is so many seconds after the payer's agreement, and how many debits there are in the end.
    static let courses: [(label: String, course: [(seconds: Double, state: String)], debits: Int)] = [
        ("qa:accp 30s > acsc", [(0, "ACCP"), (29, "ACCP"), (1, "ACSC")], 1),
        ("qa:pdng 15m > acsc", [(0, "PDNG"), (899, "PDNG"), (1, "ACSC")], 1),
        ("QA: PDNG 15M THEN ACSC", [(899, "PDNG"), (1, "ACSC")], 1),
        ("facture 12 qa:acsp 2h > acsc", [(0, "ACSP"), (7199, "ACSP"), (1, "ACSC")], 1),
        ("qa:acsc", [(0, "ACSC")], 1),
        ("qa:accp 1s > pdng 1s > acsp 1s > acsc", [(0, "ACCP"), (1, "PDNG"), (1, "ACSP"), (1, "ACSC")], 1),
        ("qa:pdng > hang", [(0, "PDNG"), (90 * 86_400, "PDNG")], 0),
        ("qa:acsp > hang", [(0, "ACSP"), (90 * 86_400, "ACSP")], 1),
        ("qa:accp 1s", [(0, "ACCP"), (1, "ACSP"), (1, "ACSC")], 1),
        ("qa:pdng 3d > rjct FRAD", [(0, "PDNG"), (3 * 86_400, "RJCT FRAD")], 0),
        ("qa:rjct", [(0, "RJCT MS03")], 0),
        ("qa:refus", [(0, "RJCT RR04")], 0),
        ("qa:cancel", [(0, "RJCT CUST")], 0),
        ("qa:expire", [(0, "RJCT NOAS")], 0),
        ("qa:code locked", [(0, "RJCT MS03")], 0),
        ("qa:login locked", [(0, "RCVD")], 0),
        ("without a word", [(0, "ACSP"), (1, "ACSC")], 1),
    ]

    @Test(arguments: banks, courses)
    func theLabelDecides(
        bank: String, row: (label: String, course: [(seconds: Double, state: String)], debits: Int)
    ) async throws {
        let scene = Scene(bank)
        let id = try #require(await scene.pay(row.label))
        for point in row.course {
            scene.world.advance(by: point.seconds)
            let expected = bank == "rhin" ? String(point.state.prefix(4)) : point.state
            #expect(await scene.state(id) == expected)
        }
        #expect(scene.world.debits(of: id).count == row.debits)
        #expect(scene.world.imbalance == 0)
    }

    @Test(arguments: [
        "AC01", "AC04", "AC06", "AG01", "AM18", "CH03", "CUST", "DS02", "FF01", "FRAD", "MS03", "NOAS", "RR01", "RR03",
        "RR04", "RR12",
    ])
    func everyReasonIsGivenAsItWasAsked(code: String) async throws {
        let scene = Scene()
        let id = try #require(await scene.pay("qa:rjct \(code)"))
        #expect(await scene.state(id) == "RJCT \(code)")
    }

    @Test(arguments: [("deux-rives", "RJCT CUST"), ("oceane", "RJCT AM04")])
    func wantOfFundsIsWrittenAsTheVersionDoes(bank: String, state: String) async throws {
        let scene = Scene(bank)
        let opened = try #require(await scene.initiator.open(OrderText(reference: "qa:rjct AM04")))
        var browser = Browser(scene.world)
        _ = await browser.approve(opened.link)
        #expect(await scene.state(opened.id) == state)
    }

    // MARK: Where a scenario is said

    @Test(arguments: banks)
    func theHeaderGoesBeforeTheLabelTheCentsTheLoginAndTheBank(bank: String) async throws {
        let said = ["rjct AC01", "rjct AC04", "rjct AC06", "rjct AG01", "rjct AM18"]
        for silent in 0..<said.count {
            let scene = Scene(bank)
            try scene.world.bank.play(said[4])
            // 0,03 is the third reason of the catalogue.
            scene.world.bank.readCents(silent <= 2)
            let request = await scene.opening(
                silent <= 1 ? "qa:\(said[1])" : "x", amount: "10.03", scenario: silent == 0 ? said[0] : nil)
            let opened = try #require(await scene.open(request))
            var browser = Browser(scene.world)
            _ = await browser.approve(opened.link, as: silent <= 3 ? "camille+\(said[3])" : "camille")
            let reason = try #require(scene.world.bank.payments().first { $0.id == opened.id }?.reason)
            #expect(reason == said[silent].dropFirst(5))
        }
    }

    @Test func aPlainAmountCallsNothingUntilCentsAreRead() async throws {
        let scene = Scene()
        let opened = try #require(await scene.open(await scene.opening(amount: "10.03")))
        var browser = Browser(scene.world)
        _ = await browser.approve(opened.link)
        #expect(await scene.state(opened.id) == "ACSP")
    }

    @Test func aFileAddsNamesThatMayBeCalled() async throws {
        let scene = Scene()
        try scene.world.bank.addScenarios(
            """
            # Ce que joue l’équipe de recette
            lent: pdng 2h > acsc   # deux heures
            lent-perdu: lent; callback lost
            """)
        let id = try #require(await scene.pay("qa:lent-perdu"))
        #expect(await scene.state(id) == "PDNG")
        scene.world.advance(by: 7200)
        #expect(await scene.state(id) == "ACSC")
    }

    @Test(arguments: [
        ("a: acsc\nB = rjct", "line 2: expected a name of a-z, 0-9 and -, then : and a scenario"),
        ("\n\nlent: pdng 2x", "line 3: word 2, \"2x\": expected ; before another part, or the end"),
    ])
    func aWrongFileIsNamedByItsLine(text: String, problem: String) {
        do throws(ScenarioFileError) {
            try World().bank.addScenarios(text)
            Issue.record("taken")
        } catch { #expect(error.description == problem) }
    }

    @Test(arguments: banks)
    func aWrongWordIsRefusedWithItsPlace(bank: String) async {
        let scene = Scene(bank)
        for request in [await scene.opening("qa:acsd"), await scene.opening(scenario: "acsd")] {
            let answer = await scene.world.send(request)
            #expect(answer.status == 400 && answer.text.contains(#"word 1, \"acsd\""#))
        }
        #expect(scene.world.bank.payments().isEmpty)
    }

    // MARK: The payer

    @Test func theLoginPageNamesAWrongWord() async throws {
        let scene = Scene()
        let opened = try #require(await scene.open(await scene.opening()))
        var browser = Browser(scene.world)
        await browser.open(opened.link)
        await browser.logIn("camille+acsd")
        #expect(browser.html.contains("word 1, &quot;acsd&quot;"))
        await browser.logIn("camille+login locked")
        #expect(browser.html.contains("Votre accès est bloqué"))
    }

    @Test func aRightCodeIsTakenForAWrongOneAsOftenAsWritten() async throws {
        let scene = Scene()
        let opened = try #require(await scene.open(await scene.opening("qa:code wrong x2")))
        var browser = Browser(scene.world)
        await browser.reachConfirmation(opened.link)
        for left in ["2 essais", "1 essai"] {
            await browser.confirm()
            #expect(browser.html.contains("Il vous reste \(left)"))
        }
        await browser.confirm()
        #expect(browser.left?.contains("retour") == true)
        #expect(await scene.state(opened.id) == "ACSP")
    }

    @Test func anExpiredCodeNeedsANewOne() async throws {
        let scene = Scene()
        let opened = try #require(await scene.open(await scene.opening("qa:code expired")))
        var browser = Browser(scene.world)
        await browser.reachConfirmation(opened.link)
        for _ in 0..<2 {
            await browser.confirm()
            #expect(browser.html.contains("Ce code n’est plus valable"))
        }
        await browser.submit("code")
        await browser.confirm()
        #expect(await scene.state(opened.id) == "ACSP")
    }

    // MARK: The way back

    static let callbacks: [(scenario: String, refresh: String?, images: Int, links: Int)] = [
        ("callback lost", nil, 0, 0),
        ("callback double", "1;url=http://127.0.0.1:9/retour?state=etat-1", 1, 0),
        ("callback late 90s", "90;url=http://127.0.0.1:9/retour?state=etat-1", 0, 0),
    ]

    @Test(arguments: banks, callbacks)
    func theBrowserStaysAtTheBank(
        bank: String, row: (scenario: String, refresh: String?, images: Int, links: Int)
    ) async throws {
        let scene = Scene(bank)
        let opened = try #require(await scene.open(await scene.opening("qa:" + row.scenario)))
        var browser = Browser(scene.world)
        #expect(await browser.approve(opened.link) == nil)
        #expect(await scene.state(opened.id) == "ACSP", "approved all the same")
        #expect(browser.page.fields["Refresh"] == row.refresh)
        #expect(browser.html.components("<img src=\"http://127.0.0.1:9/retour?state=etat-1\"") == row.images)
        #expect(browser.html.components("class=\"button\"") == row.links)
        let policy = browser.page.fields["Content-Security-Policy"] ?? ""
        #expect(policy.contains("img-src http://127.0.0.1:9;") == (row.images > 0))
    }

    @Test(arguments: [
        ("deux-rives", "state"), ("montagne", "psuAuthenticationFactor"), ("oceane", "code"), ("rhin", "state"),
    ])
    func aForgedCallbackCarriesWrongProofs(bank: String, proof: String) async throws {
        let scene = Scene(bank)
        var link = try #require(await scene.open(await scene.opening("qa:callback forged"))).link
        if scene.initiator.usesCode { link += "&" + scene.initiator.authorization.text }
        var browser = Browser(scene.world)
        let address = try #require(await browser.approve(link))
        let form = try #require(URLForm(parsing: address.split(separator: "?")[1]))
        #expect(form[proof] == "forged")
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}

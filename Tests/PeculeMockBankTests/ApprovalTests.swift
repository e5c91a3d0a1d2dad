import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Testing

/// What a payer, or someone who plays one, can and cannot do on the bank's pages.
@Suite struct ApprovalTests {
    let world = World()
    var initiator: Initiator { Initiator(world: world, profile: .named("deux-rives")) }

    private func wrong(_ code: String) -> String { code == "000000" ? "000001" : "000000" }

    @Test func threeWrongCodesLockTheApproval() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        let code = browser.code
        for left in ["2 essais", "1 essai."] {
            await browser.confirm(code: wrong(code))
            #expect(browser.title.hasPrefix("Erreur") && browser.html.contains(left))
        }
        await browser.confirm(code: wrong(code))
        #expect(browser.heading == "Confirmation bloquée" && browser.left == nil)
        #expect(browser.html.contains("href=\"http://127.0.0.1:9/retour?issue=non\""))
        #expect(await initiator.reason(opened.id) == "MS03")
        #expect(world.debits(of: opened.id).isEmpty)
    }

    @Test func aNewSessionGivesNoNewTries() async throws {
        let opened = try #require(await initiator.open())
        for round in 1...3 {
            var browser = Browser(world)
            await browser.reachConfirmation(opened.link)
            await browser.confirm(code: wrong(browser.code))
            #expect(await initiator.status(opened.id) == (round < 3 ? "RCVD" : "RJCT"))
        }
    }

    @Test func aNewCodeCanBeAskedForTwiceAndReplacesTheOld() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        var codes = [browser.code]
        for _ in 1...2 {
            await browser.submit("code")
            codes.append(browser.code)
        }
        #expect(Set(codes).count == 3)
        await browser.submit("code")
        #expect(browser.html.contains("Vous ne pouvez plus demander de nouveau code"))
        #expect(browser.code == codes[2])
        await browser.confirm(code: codes[0])
        #expect(browser.title.hasPrefix("Erreur"))
        await browser.confirm(code: codes[2])
        #expect(browser.left == "http://127.0.0.1:9/retour?issue=oui")
    }

    @Test func aCodeOfAnotherPaymentOrTooOldIsRefused() async throws {
        let first = try #require(await initiator.open(OrderText(id: "UN")))
        let second = try #require(await initiator.open(OrderText(id: "DEUX")))
        var (one, other) = (Browser(world), Browser(world))
        await one.reachConfirmation(first.link)
        await other.reachConfirmation(second.link)
        #expect(one.code != other.code)
        await one.confirm(code: other.code)
        #expect(one.title.hasPrefix("Erreur"))
        world.advance(by: 299)
        await one.reload()
        world.advance(by: 2)
        await one.confirm()
        #expect(one.html.contains("n’est plus valable"))
        #expect(world.bank.payments().allSatisfy { $0.status == "RCVD" })
    }

    @Test func aCodeMayBeTypedWithSpaces() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        await browser.confirm(code: browser.code.prefix(3) + " " + browser.code.suffix(3))
        #expect(await initiator.status(opened.id) == "ACSP")
    }

    @Test(arguments: ["account", "code", "confirm"])
    func aStepCannotBeSkipped(step: String) async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.open(opened.link)
        let csrf = try #require(Markup.values(ofInputsNamed: "csrf", in: browser.html).first)
        let (path, before) = (browser.path, browser.html)
        let account = world.bank.accounts().first { $0.bank == "deux-rives" }?.iban ?? ""
        await browser.send("\(path)/\(step)", [("csrf", csrf), ("account", account), ("code", "000000")])
        #expect(browser.page.status == 409)
        await browser.open(path)
        #expect(browser.html == before)
        #expect(await initiator.status(opened.id) == "RCVD")
    }

    @Test func aFormOfElsewhereDoesNothing() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        let (path, code) = (browser.path, browser.code)
        for pairs in [[], [("csrf", "")], [("csrf", "0123")], [("csrf", "0"), ("csrf", "0")]] as [[URLForm.Pair]] {
            await browser.send("\(path)/confirm", pairs + [("code", code)])
            #expect(browser.page.status == 403)
        }
        var stranger = Browser(world)
        await stranger.open(path)
        #expect(stranger.page.status == 403)
        #expect(await initiator.status(opened.id) == "RCVD")
    }

    @Test func theSessionChangesAtLoginAndAPlantedOneOpensNothing() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.open(opened.link)
        let planted = try #require(browser.cookie)
        await browser.logIn("camille")
        let (path, cookie) = (browser.path, try #require(browser.cookie))
        #expect(cookie != planted)
        var thief = Browser(world)
        thief.plantCookie(planted, path: path)
        await thief.open(path)
        #expect(thief.page.status == 403)
    }

    @Test(arguments: [(World.baseURL, false), ("https://banque.example", true)])
    func theCookieIsKeptFromScriptsAndOtherSites(baseURL: String, isSecure: Bool) async throws {
        let world = World(baseURL: baseURL)
        let opened = try #require(await Initiator(world: world, profile: .named("phare")).open())
        let response = await world.send(HTTPRequest(.get, String(opened.link.trimmingPrefix(baseURL))))
        let cookie = try #require(response.fields["Set-Cookie"])
        #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"))
        #expect(cookie.contains("; Path=/phare/approval/") && cookie.contains("; Secure") == isSecure)
    }

    @Test(arguments: [(300.0, "Vérifiez et confirmez"), (301.0, "Connectez-vous")])
    func anIdleSessionEndsAfterFiveMinutes(seconds: Double, heading: String) async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        world.advance(by: seconds)
        await browser.reload()
        #expect(browser.heading == heading)
    }

    @Test func whatIsSaidIsSaid() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        let (path, form) = (browser.path, try #require(Markup.forms(in: browser.html).first))
        let code = browser.code
        for _ in 1...2 {
            await browser.send(form.action, form.hidden + [("code", code)])
            #expect(browser.left == "http://127.0.0.1:9/retour?issue=oui")
        }
        await browser.send("\(path)/refuse", form.hidden)
        #expect(browser.left == "http://127.0.0.1:9/retour?issue=oui")
        await browser.open(path)
        #expect(browser.heading == "Ordre confirmé")
        #expect(world.debits(of: opened.id).count == 1)
        var second = Browser(world)
        await second.open(opened.link)
        #expect(second.page.status == 410)
    }

    @Test func aSecondBrowserLearnsNothingOfTheFirstOnesCode() async throws {
        let initiator = Initiator(world: world, profile: .named("sillage"))
        let opened = try #require(await initiator.open())
        var (first, second) = (Browser(world), Browser(world))
        await second.reachConfirmation(opened.link)
        let path = second.path
        #expect(await first.approve(opened.link) != nil)
        await second.confirm()
        #expect(second.left == nil && second.heading == "Ordre confirmé")
        await second.open(path)
        #expect(!second.html.contains("code="))
    }

    @Test func aLateAnswerIsAnExpiredOne() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        for _ in 1...5 {
            world.advance(by: 179)
            await browser.reload()
        }
        world.advance(by: 5)
        await browser.confirm()
        #expect(browser.heading == "Demande expirée" && browser.left == nil)
        #expect(await initiator.reason(opened.id) == "NOAS")
        await browser.open(opened.link)
        #expect(browser.page.status == 410 && browser.html.contains("expiré"))
    }

    @Test func aWrongPasswordSaysNeitherWhichPartNorMoreThanFiveTimes() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.open(opened.link)
        await browser.logIn("camille", password: "faux")
        let known = browser.html
        await browser.logIn("personne")
        #expect(browser.html == known && browser.title.hasPrefix("Erreur"))
        for _ in 3...5 { await browser.logIn("camille", password: "faux") }
        #expect(browser.heading == "Confirmation bloquée")
        #expect(await initiator.reason(opened.id) == "MS03")
    }

    @Test func aSavingsAccountIsShownWithTheReasonAndRefusedWhenForced() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.open(opened.link)
        await browser.logIn("camille")
        let inputs = Markup.tags("input", in: browser.html).filter { $0.contains("name=\"account\"") }
        #expect(inputs.map { $0.contains("disabled") } == [false, false, true])
        #expect(browser.html.contains("un compte d’épargne ne permet pas ce virement"))
        await browser.submit("account")
        #expect(browser.title.hasPrefix("Erreur"))
        await browser.choose(2)
        #expect(browser.left == "http://127.0.0.1:9/retour?issue=non")
        #expect(await initiator.reason(opened.id) == "AG01")
    }

    @Test func theOrderedAccountIsNotAskedFor() async throws {
        let ibans = world.bank.accounts().filter { $0.bank == "deux-rives" && $0.owner == "camille" }.map(\.iban)
        let opened = try #require(await initiator.open(OrderText(debtor: ibans[1])))
        var browser = Browser(world)
        await browser.open(opened.link)
        await browser.logIn("camille")
        await browser.confirm()
        #expect(world.debits(of: opened.id).map(\.debited) == [ibans[1]])
    }

    @Test func anOrderedAccountOfSomeoneElseCannotBeReplaced() async throws {
        let foreign = try #require(world.bank.accounts().first { $0.bank == "deux-rives" && $0.owner == "noe" })
        let opened = try #require(await initiator.open(OrderText(debtor: foreign.iban)))
        var browser = Browser(world)
        await browser.open(opened.link)
        await browser.logIn("camille")
        await browser.choose(0)
        #expect(browser.title.hasPrefix("Erreur"))
    }

    @Test func anAccountOfSomeoneElseCannotBeChosen() async throws {
        let foreign = try #require(world.bank.accounts().first { $0.bank == "deux-rives" && $0.owner == "noe" })
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.open(opened.link)
        await browser.logIn("camille")
        await browser.submit("account", [("account", foreign.iban)])
        #expect(browser.title.hasPrefix("Erreur") && browser.heading == "Choisissez le compte à débiter")
    }

    @Test func oneMayGoBackBeforeLoggingIn() async throws {
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        await browser.open(opened.link)
        await browser.refuse()
        #expect(browser.left == "http://127.0.0.1:9/retour?issue=non")
        #expect(await initiator.reason(opened.id) == "CUST")
    }
}

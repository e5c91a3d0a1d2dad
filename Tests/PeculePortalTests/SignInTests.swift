import Foundation
import PeculeHTTP
import PeculeTestNetwork
import Testing

@Suite("Logging in to the portal")
struct SignInTests {
    @Test(
        "leads back to the page that was asked for, and to no other place",
        arguments: [
            ("/pecule", "/pecule"), ("/virements?apres=1_A", "/virements"), ("//evil.example/x", "/"),
            ("https://evil.example/", "/"), ("/\\evil.example", "/"), ("/connexion", "/"), ("", "/"),
        ])
    func wanted(asked: String, shown: String) async throws {
        let world = try await PortalWorld()
        var browser = world.browser
        try await browser.open("\(PortalWorld.origin)/connexion?\(URLForm([("suite", asked)]).text)")
        let answer = try await world.answer(try #require(browser.left), as: "camille")
        try await browser.open("\(PortalWorld.origin)/connexion/retour?\(answer)")
        #expect(PortalWorld.path(browser) == shown)
        #expect(browser.html.contains("Se déconnecter"))
    }

    @Test("gives the browser a new session: who knew the cookie before is not logged in")
    func fixation() async throws {
        let world = try await PortalWorld()
        var (browser, thief) = (world.browser, world.browser)
        try await browser.open(PortalWorld.origin + "/connexion")
        thief.steal(from: browser)
        let answer = try await world.answer(try #require(browser.left), as: "camille")
        try await browser.open("\(PortalWorld.origin)/connexion/retour?\(answer)")
        try await thief.open(PortalWorld.origin + "/mes-donnees")
        #expect(thief.left != nil, "the thief has to log in")
        #expect(!thief.html.contains("MARTEL"))
    }

    @Test("takes each return once, and only from the browser that began")
    func replay() async throws {
        let world = try await PortalWorld()
        var (browser, other) = (world.browser, world.browser)
        try await browser.open(PortalWorld.origin + "/connexion")
        let answer = try await world.answer(try #require(browser.left), as: "camille")
        try await other.open("\(PortalWorld.origin)/connexion/retour?\(answer)")
        #expect(other.page.status == 403)
        try await browser.open("\(PortalWorld.origin)/connexion/retour?\(answer)")
        #expect(browser.html.contains("Bonjour Camille"))
        try await browser.open("\(PortalWorld.origin)/connexion/retour?\(answer)")
        #expect(browser.html.contains("Bonjour Camille"), "gone back to: nothing happens")
    }

    @Test("tells who cancels what happened, and offers the button again")
    func cancelled() async throws {
        let world = try await PortalWorld()
        var (browser, away) = (world.browser, PageBrowser(PortalWorld.provider, over: world.network))
        try await browser.open(PortalWorld.origin + "/connexion")
        try await away.open(try #require(browser.left))
        try await away.submit("back")
        let left = try #require(away.left)
        try await browser.open(left)
        #expect(browser.html.contains("Vous avez annulé la connexion."))
        #expect(browser.html.contains("S’identifier avec FranceConnect"))
    }

    @Test("lasts half an hour after the last page", arguments: [(29, true), (31, false)])
    func lifetime(minutes: Int, isLoggedIn: Bool) async throws {
        let world = try await PortalWorld()
        var browser = try await world.logIn()
        for _ in 1...2 {
            world.clock.advance(TimeInterval(minutes * 60))
            try await browser.open(PortalWorld.origin + "/mes-donnees")
            #expect((browser.heading == "Mes données") == isLoggedIn)
        }
    }

    @Test("ends with « Se déconnecter », here and at FranceConnect")
    func signOut() async throws {
        let world = try await PortalWorld()
        var browser = try await world.logIn()
        var thief = world.browser
        thief.steal(from: browser)
        try await browser.submit("deconnexion")
        #expect(browser.left?.contains("/session/end?id_token_hint=") == true)
        for var one in [browser, thief] {
            try await one.open(PortalWorld.origin + "/mes-donnees")
            #expect(one.left != nil)
        }
    }

    @Test("is needed for every page of the personal space", arguments: [
        "/permis", "/permis/ajouter", "/pecule", "/virements", "/virements.csv", "/virements/PEC1", "/mes-donnees",
        "/virements/PEC1/banque", "/virements/PEC1/recu", "/pecule/x/montant",
    ])
    func needed(path: String) async throws {
        var browser = try await PortalWorld().browser
        try await browser.open(PortalWorld.origin + path)
        #expect(browser.left?.hasPrefix(PortalWorld.provider) == true)
    }
}

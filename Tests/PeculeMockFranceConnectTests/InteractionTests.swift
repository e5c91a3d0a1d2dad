import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

/// What a person sees and does between two services.
@Suite("Pages of the simulated FranceConnect")
struct InteractionTests {
    @Test("choice of a provider, of a person, then what is handed over, then the service")
    func journey() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        try await world.authorize(&browser)
        #expect(browser.heading == "Connexion en cours sur Portail des proches")
        #expect(browser.html.contains("Choisissez un compte pour vous connecter\u{A0}:"))
        #expect(browser.html.contains("Revenir sur Portail des proches"))
        try await browser.submit("provider", [("provider", "fournisseur-beta")])
        #expect(browser.html.contains("Nom d’usage différent") && browser.html.contains("Faux nonce"))
        try await browser.submit("identity", [("identity", "nom-d-usage")])
        #expect(browser.html.contains("Vous allez vous connecter en tant que\u{A0}:"))
        #expect(browser.html.contains("Jeanne Odile TOURNIER"))
        #expect(browser.html.contains("<summary>Données transmises</summary>"))
        #expect(browser.html.contains("<ul><li>Prénoms</li><li>Adresse électronique</li></ul>"))
        #expect(browser.html.contains("Continuer sur Portail des proches"))
        #expect(!browser.html.contains("checkbox"))
        try await browser.submit("continue")
        #expect(browser.left?.hasPrefix("\(ProviderWorld.back)?code=") == true)
        #expect(browser.answer("state") == "etat")
        #expect(browser.answer("iss") == ProviderWorld.issuer)
    }

    @Test("every page is French, runs nothing, and says that it is a simulation")
    func everyPage() async throws {
        for page in try await pages() {
            let html = page.html
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr\">"), "\(page.heading)")
            #expect(html.contains("<p class=\"simulation\">Simulation — ce n’est pas FranceConnect</p>"))
            #expect(!html.contains("<script") && !html.contains("<style") && !html.contains(" style="))
            #expect(html.firstMatch(of: #/\son[a-z]+="/#) == nil)
            #expect(html.ranges(of: "<h1>").count == 1 && html.ranges(of: "<title>").count == 1)
            let fields = page.page.fields
            #expect(fields["Content-Security-Policy"]?.hasPrefix("default-src 'none'; style-src 'self';") == true)
            #expect(fields["Cache-Control"] == "no-store" && fields["X-Content-Type-Options"] == "nosniff")
            #expect(!html.contains("<i>") && !html.contains(#"name="<"#), "a service's name is escaped")
        }
    }

    /// One browser before each page, at a service whose name is hostile.
    private func pages() async throws -> [PageBrowser] {
        let world = ProviderWorld()
        var service = ProviderWorld.service
        service.name = #"<i>&"'</i>"#
        service.isPublic = false
        world.provider.register(service)
        var (browser, pages) = (world.browser, [PageBrowser]())
        try await world.authorize(&browser)
        pages.append(browser)
        try await browser.submit("provider", [])
        pages.append(browser)
        try await browser.submit("provider", [("provider", "fournisseur-alpha")])
        pages.append(browser)
        try await browser.submit("identity", [("identity", "sans-email")])
        pages.append(browser)
        browser = pages[2]
        try await browser.submit("identity", [("identity", "<i>")])
        pages.append(browser)
        try await browser.submit("identity", [("identity", "accents")])
        pages.append(browser)
        try await browser.submit("continue")
        pages.append(browser)
        try await world.authorize(&browser, ProviderWorld.request(["<i>": "x"]))
        pages.append(browser)
        try await browser.open("\(ProviderWorld.issuer)/interaction/x")
        pages.append(browser)
        try await browser.open("\(ProviderWorld.origin)/franceconnect")
        return pages + [browser]
    }

    @Test("a person without e-mail is refused")
    func noEmail() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        #expect(try await world.code("sans-email", in: &browser) == "")
        #expect(browser.left == nil)
        try await world.authorize(&browser)
        try await browser.submit("provider", [("provider", "fournisseur-alpha")])
        try await browser.submit("identity", [("identity", "sans-email")])
        #expect(browser.html.contains("<strong>Y600006</strong>"))
    }

    @Test("a private service has the consent asked for, and gets nothing without it")
    func consent() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        try await world.authorize(
            &browser, ProviderWorld.request(["scope": "openid given_name"], of: ProviderWorld.other))
        try await browser.submit("provider", [("provider", "fournisseur-alpha")])
        try await browser.submit("identity", [("identity", "camille")])
        #expect(browser.html.contains("J’accepte que FranceConnect transmette mes données"))
        try await browser.submit("continue")
        #expect(browser.left == nil && browser.html.contains("Cochez la case pour continuer."))
        try await browser.submit("continue", [("consent", "on")])
        #expect(browser.answer("code") != nil)
    }

    static let ways: [(steps: [(String, [URLForm.Pair])], error: String)] = [
        ([], "access_denied"), ([("provider", [("provider", "fournisseur-alpha")])], "access_denied"),
        (
            [("provider", [("provider", "fournisseur-alpha")]), ("identity", [("identity", "camille")])],
            "access_denied"
        ),
    ]

    @Test("« Revenir sur » leads back from every page", arguments: ways.indices)
    func back(index: Int) async throws {
        let row = Self.ways[index]
        let world = ProviderWorld()
        var browser = world.browser
        try await world.authorize(&browser)
        for (action, pairs) in row.steps { try await browser.submit(action, pairs) }
        try await browser.submit("back")
        #expect(browser.answer("error") == row.error)
        #expect(browser.answer("error_description") == "User auth aborted")
        #expect(browser.answer("state") == "etat" && browser.answer("iss") == ProviderWorld.issuer)
    }

    @Test("within the session a second login shows only what is handed over; after half an hour it begins anew")
    func session() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        _ = try await world.code("corse", in: &browser)
        world.advance(1799)
        try await world.authorize(&browser)
        #expect(browser.html.contains("Vous allez vous connecter en tant que\u{A0}:"))
        try await browser.submit("continue")
        #expect(browser.answer("code") != nil)
        world.advance(1)
        try await world.authorize(&browser)
        #expect(browser.heading == "Connexion en cours sur Portail des proches")
    }

    @Test("an interaction belongs to one browser, its forms to it, and its end is an end")
    func foreign() async throws {
        let world = ProviderWorld()
        var (browser, other) = (world.browser, world.browser)
        try await world.authorize(&browser)
        let page = browser
        try await other.open(page.address)
        #expect(other.heading == "Cette connexion n’est plus valable")
        try await world.authorize(&other)
        let path = String(page.address.dropFirst(ProviderWorld.origin.count))
        try await browser.send(path + "/provider", [("provider", "fournisseur-alpha"), ("csrf", "x")])
        #expect(browser.page.status == 400)
        browser = page
        let before = browser
        try await browser.submit("provider", [("provider", "fournisseur-alpha")])
        try await browser.submit("identity", [("identity", "camille")])
        // Whoever knew the session from before the login does not get into it.
        other.steal(from: before)
        try await other.open(page.address)
        #expect(other.page.status == 400)
        try await browser.submit("continue")
        try await browser.open(page.address)
        #expect(browser.heading == "Cette connexion n’est plus valable")
    }

    @Test("nobody gets a code without having chosen a person")
    func shortcut() async throws {
        let world = ProviderWorld()
        var browser = world.browser
        try await world.authorize(&browser)
        let form = try #require(Markup.forms(in: browser.html).first)
        try await browser.send(form.action.replacing("/provider", with: "/continue"), form.hidden)
        #expect(browser.left == nil && browser.page.status == 400)
    }
}

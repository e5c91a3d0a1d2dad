import Foundation
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("Forms of the portal")
struct FormTests {
    @Test(
        "are taken from this session's pages alone",
        arguments: [nil, "", "x", "another's"], ["/permis/ajouter", "/deconnexion"])
    func forged(token: String?, path: String) async throws {
        let world = try await PortalWorld()
        var (browser, other) = (try await world.logIn(), try await world.logIn("nom-d-usage"))
        try await other.open(PortalWorld.origin + "/permis/ajouter")
        let foreign = try #require(Markup.values(ofInputsNamed: "jeton", in: other.html).first)
        let sent = token.map { $0 == "another's" ? foreign : $0 }
        try await browser.send(path, Sample.permit() + (sent.map { [("jeton", $0)] } ?? []))
        #expect(browser.page.status == 403)
        try await browser.open(PortalWorld.origin + "/pecule")
        #expect(browser.html.contains("enregistrez d’abord"), "logged in as before, and no permit was registered")
    }

    @Test("say which field is wrong and keep what was typed")
    func wrong() async throws {
        var browser = try await PortalWorld().logIn()
        try await browser.open(PortalWorld.origin + "/permis/ajouter")
        try await browser.submit("ajouter", [("permis", "9 & 4"), ("etablissement", ""), ("ecrou", "042137")])
        #expect(browser.html.contains("<title>Erreur – "))
        let links = ["permis", "etablissement", "ecrou"].map { browser.html.contains("<a href=\"#\($0)\">") }
        #expect(links == [true, true, false])
        #expect(browser.html.contains(#"value="9 &amp; 4""#) && browser.html.contains(#"value="042137""#))
    }

    @Test("show what was typed as text, never as markup")
    func escaped() async throws {
        var browser = try await PortalWorld().atBanks()
        try await browser.open(browser.address + "?" + URLForm([("recherche", "\"><script>1</script>")]).text)
        #expect(browser.html.contains("&quot;&gt;&lt;script&gt;"))
        #expect(!browser.html.contains("<script"))
    }
}

@Suite("Messages to the support")
struct ContactTests {
    @Test("are acknowledged by mail to the account's own address, and on the page alone for whoever has no account")
    func acknowledged() async throws {
        let world = try await PortalWorld()
        for (var browser, mails) in [(world.browser, 0), (try await world.logIn(), 1)] {
            try await browser.open(PortalWorld.origin + "/contact")
            try await browser.submit(
                "contact", [("sujet", "Question"), ("message", "Bonjour"), ("courriel", "autre@exemple.example")])
            let reference = try #require(Markup.between("Référence&nbsp;: ", ".", in: browser.html))
            #expect(world.mailed.notices == Array(repeating: .messageReceived(reference: reference), count: mails))
        }
    }

    @Test("and requests for erasure are acknowledged as well")
    func erasure() async throws {
        let world = try await PortalWorld()
        var browser = try await world.logIn()
        try await browser.open(PortalWorld.origin + "/mes-donnees")
        try await browser.submit("effacement")
        #expect(world.mailed.notices.count == 1)
    }
}

@Suite("Registering a permit")
struct RegistrationTests {
    @Test(
        "takes the holder's own, by name; to others it says the same as of a number that does not exist",
        arguments: [
            ("camille", Sample.permit(), "enregistré sur votre espace"),
            ("camille", Sample.permit("900417", at: "valmont", "042.137"), "enregistré sur votre espace"),
            ("camille", Sample.permit("900418", at: "valmont", "042138"), "Ce permis est suspendu"),
            ("camille", Sample.permit("123456"), "Aucun permis à votre nom"),
            ("camille", Sample.permit("900420"), "Aucun permis à votre nom"),
            ("camille", Sample.permit("900417", at: "estran"), "Aucun permis à votre nom"),
            ("camille", Sample.permit("900417", at: "valmont", "042138"), "Aucun permis à votre nom"),
            ("nom-d-usage", Sample.permit("900420"), "enregistré sur votre espace"),
            ("nom-d-usage", Sample.permit("900418", at: "valmont", "042138"), "Aucun permis à votre nom"),
        ] as [(String, [URLForm.Pair], String)])
    func register(login: String, typed: [URLForm.Pair], says: String) async throws {
        var browser = try await PortalWorld().logIn(login)
        try await browser.open(PortalWorld.origin + "/permis/ajouter")
        try await browser.submit("ajouter", typed)
        #expect(browser.html.contains(says), "\(browser.heading)")
    }

    @Test("twice changes nothing, and taking it off the space makes it free again")
    func removal() async throws {
        var browser = try await PortalWorld().withPermit()
        try await browser.open(PortalWorld.origin + "/permis/ajouter")
        try await browser.submit("ajouter", Sample.permit())
        #expect(browser.html.contains("déjà enregistré"))
        try await browser.open(PortalWorld.origin + "/permis")
        try await browser.submit("retirer")
        #expect(browser.html.contains("retiré de votre espace"))
        try await browser.open(PortalWorld.origin + "/permis/ajouter")
        try await browser.submit("ajouter", Sample.permit())
        #expect(browser.html.contains("enregistré sur votre espace"))
    }

    @Test("is no search engine: after ten wrong numbers in an hour the right one is not looked at")
    func limit() async throws {
        let world = try await PortalWorld()
        var browser = try await world.logIn()
        for number in 0..<10 {
            try await browser.open(PortalWorld.origin + "/permis/ajouter")
            try await browser.submit("ajouter", Sample.permit("\(100_000 + number)"))
        }
        try await browser.open(PortalWorld.origin + "/permis/ajouter")
        try await browser.submit("ajouter", Sample.permit())
        #expect(browser.page.status == 429 && browser.html.contains("Trop d’essais"))
        for _ in 1...3 {
            world.clock.advance(21 * 60)
            try await browser.open(PortalWorld.origin + "/permis/ajouter")
        }
        try await browser.submit("ajouter", Sample.permit())
        #expect(browser.html.contains("enregistré sur votre espace"))
    }
}

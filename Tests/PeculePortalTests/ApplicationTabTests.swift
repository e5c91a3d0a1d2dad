import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("An application in several tabs, and after a pause")
struct ApplicationTabTests {
    @Test("is sent as it was read, not as another tab has changed it since")
    func twoTabs() async throws {
        let world = try await PortalWorld()
        var (one, id) = try await world.atReview()
        let place = "/permis/demandes/\(id)"
        world.clock.advance(1)
        var other = one
        try await other.open(PortalWorld.origin + "\(place)/commentaire")
        try await other.submit("commentaire", [("commentaire", "Autre chose")])
        try await one.submit("envoi")
        #expect(one.html.contains("Votre demande a changé depuis") && one.html.contains("Autre chose"))
        try await one.submit("envoi")
        #expect(PortalWorld.path(one) == place && one.html.contains("Transmise"))
    }

    @Test("leads to what is missing when another tab has chosen another visitor")
    func otherVisitor() async throws {
        let world = try await PortalWorld()
        var (one, id) = try await world.atReview()
        let place = "/permis/demandes/\(id)"
        world.clock.advance(1)
        var other = one
        try await other.open(PortalWorld.origin + "\(place)/beneficiaire?pour=tiers")
        try await other.submit(
            "beneficiaire", [("nom", "Songe"), ("prenom", "Mia"), ("naissance", "03/04/2015"), ("lien", "child")])
        #expect(PortalWorld.path(other) == "\(place)/relation")
        try await one.submit("envoi")
        #expect(PortalWorld.path(one) == "\(place)/relation")
    }

    /// Where an act was sent to, there is nothing to see: a draft leads to the step that it has come to.
    @Test(
        "is found again, as it was left, after a session that ended midway",
        arguments: [
            ("/relation", "/relation"), ("/annuler", "/envoi"), ("/photo/retirer", "/photo"), ("/complement", "/envoi"),
            ("/envoi", "/envoi"),
        ])
    func lostSession(_ sent: String, found: String) async throws {
        let world = try await PortalWorld()
        let (browser, id) = try await world.atReview()
        let place = "/permis/demandes/\(id)"
        var lost = world.browser
        try await lost.open(PortalWorld.origin + "/contact")
        try await lost.send(place + sent, [("relation", "friend")])
        #expect(lost.page.status == 403 && !lost.html.contains("Songe"))
        let account = try world.account(browser)
        #expect(try await world.applications.application(id, of: account).status == .draft)
        var back = try await world.logIn()
        try await back.open(PortalWorld.origin + place + sent)
        #expect(back.page.status == 200 && PortalWorld.path(back) == place + found)
    }

    @Test("gives no file of another application, whoever's it is")
    func files() async throws {
        let world = try await PortalWorld()
        let (first, one) = try await world.atReview()
        let account = try world.account(first)
        let photo = try #require(try await world.applications.application(one, of: account).pieces.first)
        var browser = first
        try await browser.open(PortalWorld.origin + "/permis/demandes")
        try await browser.submit("demandes")
        let other = try #require(browser.applicationPlace)
        try await browser.open(PortalWorld.origin + "\(other)/fichiers/\(photo.id)")
        #expect(browser.page.status == 404)
        try await browser.open(PortalWorld.origin + other)
        let token = try #require(Markup.values(ofInputsNamed: "jeton", in: browser.html).first)
        try await browser.send("\(other)/photo/retirer", [("jeton", token), ("fichier", photo.id.text)])
        #expect(try await world.applications.application(one, of: account).pieces.contains(photo))
    }

    @Test("is cancelled by a relative once, decided by staff no more, and its files are gone for both")
    func cancelled() async throws {
        let world = try await PortalWorld()
        var (browser, id) = try await world.withSentApplication()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)")
        try await browser.submit("annuler")
        #expect(browser.html.contains("Annulée"))
        try await staff.submit("instruire")
        #expect(staff.html.contains("la demande est «\u{A0}Annulée\u{A0}»") && staff.html.contains("role=\"alert\""))
        while try await world.applications.sweep() > 0 {}
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        #expect(staff.html.contains("Les documents sont effacés"))
    }
}

import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

extension PageBrowser {
    /// `/permis/demandes/DP…` of the application that is shown.
    var applicationPlace: String? {
        let path = PortalWorld.path(self)
        let parts = path.split(separator: "/")
        return parts.count < 3 ? nil : "/" + parts.prefix(3).joined(separator: "/")
    }
}

extension PortalWorld {
    /// At the first step of an application by `camille`.
    func withApplication() async throws -> PageBrowser {
        var browser = try await logIn()
        try await browser.open(Self.origin + "/permis/demandes")
        try await browser.submit("demandes")
        return browser
    }

    /// The account that is logged in: the only one so far.
    func account(_ browser: PageBrowser) throws -> AccountID {
        let account = store.items("portal-account", after: "", limit: 10).first { $0.text.contains("Camille") }
        return try #require(account.flatMap { AccountID($0.id) })
    }

    /// At the last step of an application by `camille` for herself, with all it needs.
    func atReview() async throws -> (PageBrowser, ApplicationID) {
        var browser = try await withApplication()
        let place = try #require(browser.applicationPlace)
        let id = try #require(place.split(separator: "/").last.flatMap { ApplicationID(String($0)) })
        try await browser.submit("personne", [("etablissement", "valmont"), ("ecrou", "050111")])
        try await browser.submit("personne", [("nom", "Songe"), ("prenom", "Lou")])
        try await browser.submit("documents")
        try await browser.submit("beneficiaire", [("pour", "moi")])
        try await browser.submit("relation", [("relation", "sibling")])
        try await browser.upload("photo", [], file: SampleFile.jpeg(), named: "moi.jpg")
        try await browser.upload("identite", [("type", "passport")], file: SampleFile.png(), named: "p.png")
        try await browser.upload("domicile", [], file: SampleFile.pdf(), named: "edf.pdf")
        try await browser.submit("commentaire", [("commentaire", "Bonjour")])
        #expect(browser.heading == "Vérifiez votre demande, puis envoyez-la")
        return (browser, id)
    }

    func withSentApplication() async throws -> (PageBrowser, ApplicationID) {
        var (browser, id) = try await atReview()
        try await browser.submit("envoi")
        #expect(browser.heading == "Confirmation de l’envoi de votre demande de permis de visite")
        return (browser, id)
    }

    /// A browser in which staff of that establishment has logged in.
    func staffed(_ name: String, at place: String) async throws -> PageBrowser {
        let member = StaffMember(id: Sample.make(StaffID(name)), establishment: Sample.make(EstablishmentID(place)))
        try await staff.keep(member, code: "code-\(place)")
        var browser = browser
        try await browser.open(Self.origin + "/etablissement/connexion")
        try await browser.submit("connexion", [("identifiant", name), ("code", "code-\(place)")])
        return browser
    }
}

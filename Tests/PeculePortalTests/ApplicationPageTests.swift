import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("Permit applications on the portal")
struct ApplicationPageTests {
    @Test("go through their steps in order: a later one leads back to the first that is not done")
    func order() async throws {
        let world = try await PortalWorld()
        var browser = try await world.withApplication()
        let place = try #require(browser.applicationPlace)
        for step in ["documents", "beneficiaire", "relation", "photo", "identite", "domicile", "commentaire", "envoi"] {
            try await browser.open(PortalWorld.origin + "\(place)/\(step)")
            #expect(PortalWorld.path(browser) == "\(place)/personne", "\(step)")
            let token = try #require(Markup.values(ofInputsNamed: "jeton", in: browser.html).first)
            try await browser.send("\(place)/\(step)", [("jeton", token), ("relation", "sibling")])
            #expect(PortalWorld.path(browser) == "\(place)/personne", "\(step)")
        }
    }

    @Test("take a name only once number and establishment are found, and never give one")
    func name() async throws {
        let world = try await PortalWorld()
        var browser = try await world.withApplication()
        let place = try #require(browser.applicationPlace)
        #expect(Markup.tags("input", in: browser.html).allSatisfy { !$0.contains("name=\"nom\"") })
        try await browser.submit("personne", [("nom", "Songe"), ("prenom", "Lou")])
        #expect(browser.html.contains("ne correspondent à aucune personne détenue condamnée"))
        try await browser.submit("personne", [("etablissement", "valmont"), ("ecrou", "050111")])
        #expect(browser.heading == "Quel est son nom\u{A0}?" && !browser.html.contains("Songe"))
        try await browser.submit("personne", [("nom", "songe"), ("prenom", "LOU")])
        #expect(PortalWorld.path(browser) == "\(place)/documents")
    }

    private static let corrections: [(step: String, typed: [URLForm.Pair], leads: String)] = [
        ("personne?champ=ecrou", [("etablissement", "valmont"), ("ecrou", "050111")], "envoi"),
        ("personne?champ=ecrou", [("etablissement", "valmont"), ("ecrou", "042137")], "personne"),
        ("personne", [("nom", "Songe"), ("prenom", "lou")], "envoi"), ("documents", [], "envoi"),
        ("beneficiaire", [("pour", "moi")], "envoi"), ("relation", [("relation", "friend")], "envoi"),
        ("photo", [("suite", "suivant")], "envoi"), ("identite", [("type", "passport")], "envoi"),
        ("identite", [("type", "nationalIdentityCard")], "identite"), ("domicile", [("suite", "suivant")], "envoi"),
        ("commentaire", [("commentaire", "Autre")], "envoi"),
    ]

    @Test("lead from a correction straight back to the review, unless it asks for more", arguments: corrections)
    func corrected(_ row: (step: String, typed: [URLForm.Pair], leads: String)) async throws {
        var (browser, id) = try await PortalWorld().atReview()
        try await browser.open("\(PortalWorld.origin)/permis/demandes/\(id)/\(row.step)")
        try await browser.submit(String(row.step.prefix { $0 != "?" }), row.typed)
        #expect(PortalWorld.path(browser) == "/permis/demandes/\(id)/\(row.leads)")
    }

    @Test("say the same of who is on remand, of who is somewhere else and of nobody")
    func search() async throws {
        let world = try await PortalWorld()
        var browser = try await world.withApplication()
        var said: Set<String> = []
        for typed in [("valmont", "050222"), ("estran", "050111"), ("valmont", "999999")] {
            try await browser.submit("personne", [("etablissement", typed.0), ("ecrou", typed.1)])
            said.insert(Markup.between("role=\"alert\">", "</div>", in: browser.html) ?? "")
        }
        #expect(said.count == 1 && !said.contains(""))
    }

    @Test("of others are not found, whatever is asked of them")
    func authority() async throws {
        let world = try await PortalWorld()
        let (browser, id) = try await world.withSentApplication()
        let place = "/permis/demandes/\(id)"
        let file = try #require(try await world.applications.application(id, of: world.account(browser)).pieces.first)
        var other = try await world.logIn("nom-d-usage")
        for path in [place, "\(place)/complement", "\(place)/fichiers/\(file.id)", "\(place)/photo"] {
            try await other.open(PortalWorld.origin + path)
            #expect(other.page.status == 404, "\(path)")
        }
        try await other.open(PortalWorld.origin + "/permis/demandes")
        let token = try #require(Markup.values(ofInputsNamed: "jeton", in: other.html).first)
        for act in ["annuler", "complement", "photo/retirer", "enregistrer"] {
            try await other.send("\(place)/\(act)", [("jeton", token), ("fichier", file.id.text)])
            #expect(other.page.status == 404, "\(act)")
        }
        var stranger = try await world.staffed("agent-estran", at: "estran")
        for path in ["\(id)", "\(id)/fichiers/\(file.id)"] {
            try await stranger.open(PortalWorld.origin + "/etablissement/demandes/" + path)
            #expect(stranger.page.status == 404)
        }
        try await stranger.open(PortalWorld.origin + "/etablissement")
        #expect(stranger.html.contains("Aucune demande n’attend"))
        try await other.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        #expect(other.heading == "Espace des établissements", "a relative's cookie is no staff's")
    }

    @Test("show in answer to a complement what was asked, and keep the rest to be read")
    func complement() async throws {
        let world = try await PortalWorld()
        var (browser, id) = try await world.withSentApplication()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        try await staff.submit("completer", [("document", "identityPhoto"), ("message", "Trop sombre.")])
        world.clock.advance(60)
        try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)/complement")
        #expect(!browser.html.contains(">Retirer<"), "what was judged is not taken out")
        #expect(["moi.jpg", "p.png", "edf.pdf"].allSatisfy(browser.html.contains))
        try await browser.upload("complement", [("suite", "ajouter")], file: SampleFile.jpeg(), named: "neuve.jpg")
        #expect(browser.html.components(separatedBy: ">Retirer<").count == 2)
        #expect(browser.html.contains("<span class=\"unseen\"> neuve.jpg</span>"))
        try await browser.submit("complement")
        let sent = try await world.applications.application(id, of: world.account(browser))
        #expect(sent.pieces(of: .identityPhoto).map(\.label) == ["neuve.jpg"])
    }

    @Test("name the establishment to whoever reads them")
    func establishment() async throws {
        let world = try await PortalWorld()
        var (browser, id) = try await world.atReview()
        let fact = "<dt>Établissement</dt><dd>Centre de valmont</dd>"
        #expect(browser.html.contains(fact))
        try await browser.submit("envoi")
        #expect(browser.html.contains(fact))
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        #expect(staff.html.contains(fact))
    }

    @Test("lead to themselves from their last step once they are sent, whatever the browser remembers")
    func goingBack() async throws {
        let world = try await PortalWorld()
        var (browser, id) = try await world.withSentApplication()
        for path in ["envoi", "photo", "personne"] {
            try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)/\(path)")
            #expect(PortalWorld.path(browser) == "/permis/demandes/\(id)")
        }
        let token = try #require(Markup.values(ofInputsNamed: "jeton", in: browser.html).first)
        for _ in 1...2 { try await browser.send("/permis/demandes/\(id)/envoi", [("jeton", token)]) }
        #expect(PortalWorld.path(browser) == "/permis/demandes/\(id)" && browser.page.status == 200)
        let redirect = await world.portal.respond(to: HTTPRequest(.get, "/permis/demandes"))
        #expect(redirect.status == 303 && redirect.fields["Cache-Control"] == "no-store")
    }

    @Test("say when silence counts as a decision, and what one can do then")
    func silence() async throws {
        let world = try await PortalWorld()
        var (browser, id) = try await world.withSentApplication()
        try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)")
        #expect(browser.html.contains("Sans réponse de l’établissement le 12 avril 2026"))
        #expect(browser.html.contains("considérée comme refusée") && browser.html.contains("tribunal administratif"))
    }

    @Test("are given back as downloads that no browser shows or runs")
    func download() async throws {
        let world = try await PortalWorld()
        var (browser, id) = try await world.withSentApplication()
        let application = try await world.applications.application(id, of: world.account(browser))
        for piece in application.pieces {
            try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)/fichiers/\(piece.id)")
            #expect(browser.page.fields["Content-Disposition"]?.hasPrefix("attachment") == true)
            #expect(browser.page.fields["X-Content-Type-Options"] == "nosniff")
            #expect(browser.page.fields["Content-Security-Policy"]?.contains("sandbox") == true)
        }
    }

    @Test("are asked about, answered, accepted, and registered in one step")
    func decided() async throws {
        let world = try await PortalWorld()
        var (browser, id) = try await world.withSentApplication()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        #expect(staff.html.contains("Camille"))
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        try await staff.submit("instruire")
        try await staff.submit("refuser", [("explication", "Parce que.")])
        #expect(staff.html.contains("role=\"alert\""), "no refusal without a ground")
        #expect(staff.html.contains("Parce que."), "and nothing typed is lost")
        try await staff.submit("completer", [("document", "identityPhoto"), ("message", "Trop sombre.")])
        try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)")
        #expect(browser.html.contains("Trop sombre.") && browser.html.contains("Complément demandé"))
        world.clock.advance(60)
        let account = try world.account(browser)
        _ = try await world.applications.addPiece(
            .identityPhoto, SampleFile.jpeg(), filename: "a.jpg", to: id, of: account)
        try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)/complement")
        try await browser.submit("complement")
        #expect(browser.html.contains("En cours d’instruction"))
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        try await staff.submit("accepter")
        try await browser.open(PortalWorld.origin + "/permis/demandes/\(id)")
        try await browser.submit("enregistrer")
        #expect(browser.html.contains("Le permis est enregistré") && browser.html.contains("Lou Songe"))
        while try await world.applications.sweep() > 0 {}
        #expect(world.mailed.all == [.submitted, .complementRequested(.identityPhoto), .accepted])
    }
}

import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("The establishments' side")
struct StaffPageTests {
    @Test("opens to a name and its code alone, and to them however many wrong ones came before")
    func login() async throws {
        let world = try await PortalWorld()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        #expect(staff.heading == "Demandes à traiter")
        try await staff.submit("deconnexion")
        #expect(staff.heading == "Espace des établissements")
        for (name, code, isIn) in [
            ("agent-valmont", "faux", false), ("agent-valmont", "", false), ("personne", "code-valmont", false),
            ("agent-valmont", "code-valmont", true),
        ] {
            try await staff.submit("connexion", [("identifiant", name), ("code", code)])
            #expect((staff.heading == "Demandes à traiter") == isIn)
        }
    }

    @Test("takes ten wrong codes in a minute for a name, known or not, and looks at none after them")
    func limit() async throws {
        let world = try await PortalWorld()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        try await staff.submit("deconnexion")
        for name in ["agent-valmont", "personne"] {
            for _ in 1...10 { try await staff.submit("connexion", [("identifiant", name), ("code", "faux")]) }
            #expect(staff.page.status == 200 && staff.html.contains("Identifiant ou code inconnu"))
            try await staff.submit("connexion", [("identifiant", name), ("code", "code-valmont")])
            #expect(staff.page.status == 429 && staff.html.contains("Trop d’essais"))
        }
        world.clock.advance(60)
        try await staff.submit("connexion", [("identifiant", "agent-valmont"), ("code", "code-valmont")])
        #expect(staff.heading == "Demandes à traiter")
    }

    @Test("keeps no code, and shows none while it is typed")
    func codes() async throws {
        let world = try await PortalWorld()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        _ = try await world.staffed("agent-estran", at: "valmont")
        let kept = world.store.items("staff", after: "", limit: 10).map(\.text)
        #expect(kept.count == 2 && Set(kept).count == 2, "one code, two salts")
        #expect(kept.allSatisfy { $0.contains("scrypt") && !$0.contains("code-valmont") })
        try await staff.submit("deconnexion")
        let field = try #require(Markup.tags("input", in: staff.html).first { $0.contains("name=\"code\"") })
        #expect(field.contains("type=\"password\"") && field.contains("autocomplete=\"current-password\""))
        try await staff.submit("connexion", [("identifiant", "agent-valmont"), ("code", "un-code-faux")])
        #expect(!staff.html.contains("un-code-faux"))
    }

    @Test("checks codes one by one, and sends away whoever comes when many wait")
    func flood() async throws {
        let (codes, code) = (StaffCodeDesk(), StaffCode("juste") { [UInt8](repeating: 1, count: $0) })
        let answers = await withTaskGroup(of: Bool?.self) { group in
            for number in 0..<40 {
                group.addTask { await codes.opens(number == 0 ? code : .nobody, to: "juste") }
            }
            return await group.reduce(into: [Bool?]()) { $0.append($1) }
        }
        #expect(answers.contains(nil) && answers.contains(where: { $0 != nil }))
        #expect(await codes.opens(code, to: "juste") == true)
        #expect(await codes.opens(code, to: "faux") == false)
    }

    @Test("logs who did what and when, and shows to its own what was done to an application")
    func log() async throws {
        let world = try await PortalWorld()
        let (browser, id) = try await world.withSentApplication()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        try await staff.submit("deconnexion")
        try await staff.submit("connexion", [("identifiant", "agent-valmont"), ("code", "faux")])
        try await staff.submit("connexion", [("identifiant", "agent-valmont"), ("code", "code-valmont")])
        let photo = try #require(try await world.applications.application(id, of: world.account(browser)).pieces.first)
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)/fichiers/\(photo.id)")
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        try await staff.submit("instruire")
        let journal = try #require(Markup.between("<h2>Journal</h2>", "</ul>", in: staff.html))
        for act in ["document téléchargé (photo d’identité), par agent-valmont", "instruction commencée, par"] {
            #expect(journal.contains("12 février 2026 à 9\u{A0}h\u{A0}41") && journal.contains(act))
        }
        var other = try await world.staffed("agent-estran", at: "estran")
        for path in ["\(id)/fichiers/\(photo.id)", "\(id)"] {
            try await other.open(PortalWorld.origin + "/etablissement/demandes/" + path)
            #expect(other.page.status == 404)
        }
        let kept = world.store.items("staff-act", after: "", limit: 100)
        let acts = kept.compactMap { StaffLog.Entry(text: $0.text)?.act.code }
        #expect(acts.count == kept.count && acts.sorted() == [
            "document identityPhoto", "logged-in", "logged-in", "logged-in", "logged-out", "refused-login", "review",
        ])
        for secret in ["Camille", "Songe", "050111", "@"] {
            #expect(kept.allSatisfy { !$0.text.contains(secret) && !$0.id.contains(secret) })
        }
        world.clock.advance(366 * 86_400)
        try await world.portal.sweep()
        #expect(world.store.items("staff-act", after: "", limit: 1).isEmpty)
    }

    @Test(
        "tells of each application how long it has waited, for what, and until when it may",
        arguments: [
            (0, "à traiter", ["aujourd’hui", "À décider avant le 12 avril 2026 (sans réponse&nbsp;: refus)"]),
            (1, "à traiter", ["Reçue le 12 février 2026, hier"]), (45, "à traiter", ["Plus que 14 jours"]),
            (58, "à traiter", ["Plus qu’un jour"]), (59, "à traiter", ["il y a 59 jours", "Délai dépassé"]),
        ])
    func delays(_ days: Int, _ pile: String, says: [String]) async throws {
        let world = try await PortalWorld()
        _ = try await world.withSentApplication()
        world.clock.advance(TimeInterval(days) * 86_400)
        let staff = try await world.staffed("agent-valmont", at: "valmont")
        #expect(staff.heading == "Demandes \(pile)" && staff.html.contains("Pour Lou Songe (frère ou sœur)"))
        for sentence in says { #expect(staff.html.contains(sentence), "\(sentence)") }
    }

    @Test("sorts by who has to act")
    func piles() async throws {
        let world = try await PortalWorld()
        let (_, id) = try await world.withSentApplication()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        func piles() async throws -> [Bool] {
            var found: [Bool] = []
            for word in ["a-traiter", "en-attente", "decidees"] {
                try await staff.open(PortalWorld.origin + "/etablissement?liste=\(word)")
                found.append(staff.html.contains(id.text))
                #expect(staff.html.contains("?liste=\(word)\" aria-current=\"page\""))
            }
            try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
            return found
        }
        #expect(try await piles() == [true, false, false])
        try await staff.submit("instruire")
        try await staff.submit("completer", [("document", "additional"), ("message", "Un acte de naissance.")])
        #expect(try await piles() == [false, true, false])
        #expect(staff.html.contains("Attendu du demandeur&nbsp;: document complémentaire, demandé aujourd’hui"))
        try await staff.submit("refuser", [("motif-incompleteFile", "oui"), ("explication", "Rien n’est venu.")])
        while try await world.applications.sweep() > 0 {}
        #expect(try await piles() == [false, false, true])
    }

    @Test("sets the caps of its own transfers, at once")
    func caps() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atAmount()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        try await staff.open(PortalWorld.origin + "/etablissement/plafonds")
        try await staff.submit("plafonds", [("virement", "x"), ("mois", "")])
        #expect(staff.html.contains("<a href=\"#virement\">Par virement\u{A0}: saisissez un montant"))
        try await staff.submit("plafonds", [("virement", "20,00"), ("mois", "50")])
        try await browser.submit("montant", [("montant", "20,01")])
        #expect(browser.html.contains("au plus 20,00\u{A0}€"))
    }

    @Test("suspends its own permits and no other's")
    func suspends() async throws {
        let world = try await PortalWorld()
        var browser = try await world.withPermit()
        for (name, place, isIts) in [("agent-estran", "estran", false), ("agent-valmont", "valmont", true)] {
            var staff = try await world.staffed(name, at: place)
            try await staff.open(PortalWorld.origin + "/etablissement/permis?numero=900417")
            #expect(staff.html.contains("Martel") == isIts)
            let token = try #require(Markup.values(ofInputsNamed: "jeton", in: staff.html).first)
            try await staff.send(
                "/etablissement/permis", [("jeton", token), ("numero", "900417"), ("etat", "suspended")])
            #expect((staff.page.status == 404) == !isIts)
        }
        try await browser.open(PortalWorld.origin + "/pecule")
        #expect(browser.html.contains("suspendu"))
    }
}

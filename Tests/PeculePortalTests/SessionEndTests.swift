import Foundation
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("What is typed when the session is over")
struct SessionEndTests {
    /// What a browser sends of a form, once the session is over; gives the cookie that the answer brings.
    private func send(
        _ world: PortalWorld, _ path: String, _ pairs: [URLForm.Pair], from site: String
    ) async throws -> (page: String, cookie: String?) {
        let answer = try await world.network.send(
            HTTPRequest(
                .post, PortalWorld.origin + path,
                fields: ["Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": site],
                body: Array(URLForm(pairs + [("jeton", "old")]).text.utf8)), within: HTTPLimits())
        let cookie = answer.fields["Set-Cookie"]?.prefix { $0 != ";" }
        return (String(decoding: answer.body, as: UTF8.self), cookie.map(String.init))
    }

    private func open(_ world: PortalWorld, _ target: String, _ cookie: String) async throws -> HTTPResponse {
        let address = target.hasPrefix("/") ? PortalWorld.origin + target : target
        let request = HTTPRequest(.get, address, fields: ["Cookie": cookie])
        return try await world.network.send(request, within: HTTPLimits())
    }

    private func cookie(_ answer: HTTPResponse) throws -> String {
        String(try #require(answer.fields["Set-Cookie"]).prefix { $0 != ";" })
    }

    /// What the page shows when it is opened twice after the login that the end of a session asks for.
    private func shownAfterLogin(
        _ world: PortalWorld, _ path: String, _ pairs: [URLForm.Pair]
    ) async throws -> [String] {
        let sent = try await send(world, path, pairs, from: "same-origin")
        #expect(sent.page.contains("ce que vous avez saisi vous attend"))
        let begun = try await open(world, "/connexion?suite=\(path)", try #require(sent.cookie))
        let answer = try await world.answer(try #require(begun.fields["Location"]), as: "camille")
        let entered = try await open(world, "/connexion/retour?\(answer)", try cookie(begun))
        #expect(entered.fields["Location"] == path)
        var shown: [String] = []
        for _ in 1...2 {
            shown.append(String(decoding: try await open(world, path, try cookie(entered)).body, as: UTF8.self))
        }
        return shown
    }

    @Test("waits for the login, on the page where it was typed, once")
    func kept() async throws {
        let pages = try await shownAfterLogin(
            try await PortalWorld(), "/permis/ajouter", Sample.permit("900417", at: "valmont", "04 21"))
        for (page, isThere) in zip(pages, [true, false]) {
            #expect(page.contains(#"value="04 21""#) == isThere && page.contains(#"value="900417""#) == isThere)
            #expect(!page.contains("old"), "the token of the session that is over is not kept")
        }
    }

    private static let steps: [(step: String, typed: [URLForm.Pair], shown: [String])] = [
        ("personne", [("etablissement", "estran"), ("ecrou", "05-01")],
            [#"value="estran" selected"#, #"value="05-01""#]),
        ("personne", [("nom", "Songes"), ("prenom", "Loup")], [#"value="Songes""#, #"value="Loup""#]),
        ("beneficiaire", [("pour", "tiers")], [#"value="tiers" required checked"#]),
        ("beneficiaire",
            [("pour", "tiers"), ("nom", "Petit"), ("prenom", "Ana"), ("naissance", "17/05"), ("lien", "child")],
            [#"value="Petit""#, #"value="Ana""#, #"value="17/05""#]),
        ("relation", [("relation", "friend")], [#"value="friend" selected"#]),
        ("relation", [("relation", "other"), ("precision", "ancien voisin")], [#"value="ancien voisin""#]),
        ("commentaire", [("commentaire", "Merci d’avance.")], ["Merci d’avance.</textarea>"]),
    ]

    @Test("on a screen of a permit application waits there, whichever of the screens at that address it was",
        arguments: steps)
    func application(_ row: (step: String, typed: [URLForm.Pair], shown: [String])) async throws {
        let world = try await PortalWorld()
        let (_, id) = try await world.atReview()
        let pages = try await shownAfterLogin(world, "/permis/demandes/\(id)/\(row.step)", row.typed)
        for text in row.shown {
            #expect(pages[0].contains(text), "\(text)")
            #expect(!pages[1].contains(text), "\(text), given back once")
        }
    }

    @Test("to the support keeps the address that was typed, not the account's")
    func contact() async throws {
        let typed = [("sujet", "Une question"), ("message", "Bonjour"), ("courriel", "autre@exemple.fr")]
        let pages = try await shownAfterLogin(try await PortalWorld(), "/contact", typed)
        #expect(pages[0].contains("autre@exemple.fr") && !pages[1].contains("autre@exemple.fr"))
    }

    @Test("is kept of this site's own pages alone: another site neither fills in a form nor takes a session's place",
        arguments: ["cross-site", "same-site", "none", ""])
    func foreign(site: String) async throws {
        let world = try await PortalWorld()
        let sent = try await send(world, "/permis/ajouter", Sample.permit(), from: site)
        #expect(sent.cookie == nil && sent.page.contains("puis recommencez"))
    }

    @Test("is announced before: the page says how long the session lasts")
    func announced() async throws {
        let world = try await PortalWorld()
        let browser = try await world.atAmount()
        // 09:41 in Paris, and half an hour.
        #expect(browser.html.contains("Votre session dure jusqu’à 10\u{A0}h\u{A0}11"))
    }
}

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

    @Test("waits for the login, on the page where it was typed, once")
    func kept() async throws {
        let world = try await PortalWorld()
        let sent = try await send(
            world, "/permis/ajouter", Sample.permit("900417", at: "valmont", "04 21"), from: "same-origin")
        #expect(sent.page.contains("ce que vous avez saisi vous attend"))
        let begun = try await open(world, "/connexion?suite=/permis/ajouter", try #require(sent.cookie))
        let answer = try await world.answer(try #require(begun.fields["Location"]), as: "camille")
        let entered = try await open(world, "/connexion/retour?\(answer)", try cookie(begun))
        #expect(entered.fields["Location"] == "/permis/ajouter")
        for isThere in [true, false] {
            let page = try await open(world, "/permis/ajouter", try cookie(entered))
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(text.contains(#"value="04 21""#) == isThere && text.contains(#"value="900417""#) == isThere)
            #expect(!text.contains("old"), "the token of the session that is over is not kept")
        }
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
        #expect(browser.html.contains("Votre session dure jusqu’à 10:11"))
    }
}

import FoundationEssentials
import PeculeFranceConnect
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

/// What a browser brings back, rightly or not.
@Suite("The return from FranceConnect")
struct CallbackTests {
    /// What is made of an honest query.
    static let queries: [(what: String, change: @Sendable (inout [URLForm.Pair]) -> Void, code: String)] = [
        ("nothing", { $0 = [] }, "not_trusted.wrong_state"),
        ("no state", { $0.removeAll { $0.name == "state" } }, "not_trusted.wrong_state"),
        ("another state", { set("state", "x", &$0) }, "not_trusted.wrong_state"),
        ("the state of a missing one", { set("state", "undefined", &$0) }, "not_trusted.wrong_state"),
        ("two states", { $0.append(("state", "x")) }, "not_trusted.unreadable_callback"),
        ("no issuer", { $0.removeAll { $0.name == "iss" } }, "not_trusted.wrong_callback_issuer"),
        ("another issuer", { set("iss", "https://autre.example", &$0) }, "not_trusted.wrong_callback_issuer"),
        ("no code", { $0.removeAll { $0.name == "code" } }, "not_trusted.unreadable_callback"),
        ("an empty code", { set("code", "", &$0) }, "not_trusted.unreadable_callback"),
        ("another code", { set("code", "x", &$0) }, "outdated"),
        ("an error beside the code", { $0.append(("error", "access_denied")) }, "cancelled"),
        ("a technical error", { $0.append(("error", "server_error")) }, "unavailable"),
        ("a bad request", { $0.append(("error", "invalid_request")) }, "misconfigured"),
        ("a bad scope", { $0.append(("error", "invalid_scope")) }, "misconfigured"),
        ("a bad level", { $0.append(("error", "invalid_acr")) }, "misconfigured"),
        ("a forged error without state", { $0 = [("error", "access_denied")] }, "not_trusted.wrong_state"),
    ]

    private static func set(_ name: String, _ value: String, _ pairs: inout [URLForm.Pair]) {
        pairs = pairs.map { $0.name == name ? (name, value) : $0 }
    }

    @Test("is believed only as far as it can be", arguments: queries.indices)
    func changed(index: Int) async throws {
        let row = Self.queries[index]
        let world = try LoginWorld()
        let party = try world.relyingParty()
        var browser = world.browser
        let (attempt, url) = try await party.start()
        var pairs = try #require(URLForm(parsing: try await world.callback(url, as: "camille", in: &browser))).pairs
        row.change(&pairs)
        do {
            _ = try await party.finish(URLForm(pairs).text, of: attempt)
            Issue.record("\(row.what) logged somebody in")
        } catch {
            #expect(error.code == row.code, "\(row.what)")
        }
        let asked = row.code == "outdated" ? 1 : 0
        #expect(world.network.count("/token") == asked, "\(row.what): nobody is asked about what cannot be right")
    }

    @Test("« Revenir sur » cancels, without a question to FranceConnect")
    func cancelled() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        var browser = world.browser
        let (attempt, url) = try await party.start()
        try await browser.open(url)
        try await browser.submit("back")
        let query = String(try #require(browser.left).drop { $0 != "?" }.dropFirst())
        await #expect(throws: FranceConnectError.cancelled) { try await party.finish(query, of: attempt) }
        #expect(FranceConnectError.cancelled.message == "Vous avez annulé la connexion.")
        #expect(world.network.count("/token") == 0)
    }

    @Test("the same return logs in once")
    func replay() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        var browser = world.browser
        let (attempt, url) = try await party.start()
        let query = try await world.callback(url, as: "camille", in: &browser)
        _ = try await party.finish(query, of: attempt)
        await #expect(throws: FranceConnectError.outdated) { try await party.finish(query, of: attempt) }
    }

    @Test("another browser's attempt is refused, and so is another's code under one's own state")
    func otherBrowser() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        var (victim, thief) = (world.browser, world.browser)
        let (mine, url) = try await party.start()
        let (theirs, theirURL) = try await party.start()
        let query = try await world.callback(url, as: "camille", in: &victim)
        _ = try await world.callback(theirURL, as: "corse", in: &thief)
        await #expect(throws: FranceConnectError.notTrusted(.wrongState)) {
            try await party.finish(query, of: theirs)
        }
        let code = try #require(thief.answer("code"))
        let state = try #require(victim.answer("state"))
        let mixed = URLForm([("code", code), ("state", state), ("iss", world.provider.issuer)]).text
        await #expect(throws: FranceConnectError.notTrusted(.wrongNonce)) { try await party.finish(mixed, of: mine) }
    }

    static let times: [(before: TimeInterval, after: TimeInterval, code: String?)] = [
        (0, 29, nil), (0, 31, "outdated"), (1750, 0, nil), (1790, 20, "outdated"),
    ]

    @Test("comes within half an hour, and its code within half a minute", arguments: times.indices)
    func late(index: Int) async throws {
        let row = Self.times[index]
        let world = try LoginWorld()
        let party = try world.relyingParty()
        var browser = world.browser
        let (attempt, url) = try await party.start()
        try await browser.open(url)
        world.advance(row.before)
        let query = try await world.callback(url, as: "camille", in: &browser)
        world.advance(row.after)
        do {
            _ = try await party.finish(query, of: attempt)
            #expect(row.code == nil)
        } catch {
            #expect(error.code == row.code)
        }
    }

    @Test("a wrong secret or address of return is this service's own fault")
    func misconfigured() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty(secret: "un-autre")
        do {
            _ = try await world.logIn("camille", at: party)
            Issue.record("a wrong secret logged somebody in")
        } catch let error as FranceConnectError {
            #expect(error.description == "misconfigured: token endpoint: HTTP 401: invalid_client")
        }
        var browser = world.browser
        try await browser.open(try await world.relyingParty(redirectURI: "http://127.0.0.1:9/ailleurs").start().url)
        #expect(browser.html.contains("Y04C013C"))
        #expect(browser.left == nil)
    }
}

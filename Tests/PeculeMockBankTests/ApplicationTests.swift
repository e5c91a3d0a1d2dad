import PeculeHTTP
import PeculeMockBank
import Testing

/// From application to application, at a bank that has one.
@Suite struct ApplicationTests {
    /// Who orders, and where the link leads.
    @Test(arguments: [
        ("lagune", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac", "/lagune/app/"),
        ("lagune", "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebK", "/lagune/app/"),
        ("lagune", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20", "/lagune/consent/"),
        ("phare", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac", "/phare/consent?"),
    ])
    func theLinkSuitsTheBrowser(bank: String, agent: String, link: String) async throws {
        let world = World(profiles: MockBankProfile.all)
        let opened = try #require(await Self.link(world, bank, agent))
        #expect(opened.hasPrefix(World.baseURL + link))
    }

    /// A telephone without the application sees the pages, and the payer approves there.
    @Test func withoutTheApplicationThereAreThePages() async throws {
        let world = World(profiles: MockBankProfile.all)
        var browser = Browser(world)
        let link = try #require(await Self.link(world, "lagune", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac"))
        #expect(await browser.approve(link)?.contains("psuAuthenticationFactor=") == true)
    }

    @Test func bothFilesNameTheBankAlone() async throws {
        let world = World(profiles: MockBankProfile.all)
        let apple = await world.send(HTTPRequest(.get, "/.well-known/apple-app-site-association"))
        #expect(apple.fields["Content-Type"] == "application/json")
        let details = try #require(apple.json?["applinks"]?["details"]?.array)
        #expect(details.map { $0["components"]?[0]?["/"]?.string } == ["*/lagune/app/*"])
        let android = await world.send(HTTPRequest(.get, "/.well-known/assetlinks.json")).json?.array ?? []
        #expect(android.map { $0["target"]?["package_name"]?.string } == ["example.lagune"])
    }

    private static func link(_ world: World, _ bank: String, _ agent: String) async -> String? {
        guard let profile = MockBankProfile.all.first(where: { $0.id == bank }) else { return nil }
        let answer = await Initiator(world: world, profile: profile).call(
            .post, "", body: OrderText().json(profile.version),
            payer: ["PSU-IP-Address": "192.0.2.1", "PSU-User-Agent": agent])
        return answer.json?["_links"]?["consentApproval"]?["href"]?.string
    }
}

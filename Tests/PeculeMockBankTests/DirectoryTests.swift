import FoundationEssentials
import PeculeHTTP
import PeculeMockBank
import Testing

/// What a gateway loads before anything is paid.
@Suite struct DirectoryTests {
    @Test func theDirectoryDescribesEveryBank() async throws {
        let response = await World().send(HTTPRequest(.get, "/mock/banks"))
        let banks = try #require(response.json?.array)
        #expect(Set(banks.compactMap { $0["id"]?.string }) == Set(MockBankProfile.fictional.map(\.id)))
        let bank = try #require(banks.first { $0["id"] == "atelier" })
        #expect(
            bank == [
                "id": "atelier", "name": "Banque de l’Atelier", "bic": "ZZATFRPP", "bankCodes": ["99905"],
                "country": "FR", "api": "http://127.0.0.1:8080/atelier/stet/v1",
                "token": "http://127.0.0.1:8080/atelier/oauth/token",
                "client": ["id": "PSDFR-ACPR-99999", "authentication": "basic", "secret": "bac-a-sable"],
                "dialect": ["standard": "stet", "version": "1.4.2"], "redirectFlow": "codeThenConfirm",
                "pkce": .bool(true), "scope": "pisp", "confirmNow": ["ACCP"],
                "limits": ["minimumCents": .integer(100), "maximumCents": .integer(300_000)],
                "consentLifetimeSeconds": .integer(900), "issuer": "http://127.0.0.1:8080/atelier",
            ])
    }

    @Test func linksAreMadeOfTheKnownAddressNeverOfTheHost() async throws {
        let world = World()
        world.bank.move(to: "http://127.0.0.1:4321")
        let response = await world.send(HTTPRequest(.get, "/mock/banks", fields: ["Host": "voleur.example"]))
        #expect(!response.text.contains("voleur") && response.text.contains("http://127.0.0.1:4321/phare/stet/v1"))
        let opened = try #require(await Initiator(world: world, profile: .named("phare")).open())
        #expect(opened.link.hasPrefix("http://127.0.0.1:4321/phare/consent?context="))
    }

    @Test(arguments: ["/", "/health", "/mock/banks", "/mock/books", "/mock/style.css"])
    func thePublicAddressesAnswer(path: String) async {
        #expect(await World().send(HTTPRequest(.get, path)).status == 200)
    }

    @Test(arguments: ["/nulle-part/style.css", "/nulle-part/consent", "/nulle-part/approval/x", "/favicon.ico"])
    func nothingElseDoes(path: String) async {
        #expect(await World().send(HTTPRequest(.get, path)).status == 404)
    }

    @Test func everyBankHasItsOwnValidAccounts() {
        let accounts = World().bank.accounts()
        #expect(Set(accounts.map(\.iban)).count == accounts.count)
        for profile in MockBankProfile.fictional {
            let own = accounts.filter { $0.bank == profile.id }
            #expect(own.allSatisfy { $0.iban.hasPrefix("FR76" + profile.bankCode) })
            #expect(own.filter { $0.owner == "camille" }.map(\.balanceCents) == [150_000, 8_000, 500_000])
        }
    }
}

import PeculeHTTP
import PeculeMockBank
import Testing

@testable import PeculeCLI

@Suite("`pecule banks check`")
struct BankCheckTests {
    @Test("takes every bank that the mock bank plays")
    func mockBanks() async {
        let bank = MockBank(baseURL: "http://127.0.0.1:1", profiles: MockBankProfile.all)
        let document = await bank.respond(to: HTTPRequest(.get, "/mock/banks"))
        let check = BankCheck(document.body)
        #expect(check.isSound, "\(check.findings)")
        #expect(check.findings.count == MockBankProfile.all.count)
        let escaut = check.findings.first { $0.text.hasPrefix("escaut") }
        let meaning = "redirect flow decoupled, asks the payer for debtor_iban, psu_id"
        #expect(escaut?.text == "escaut: Banque de l’Escaut, Berlin Group 1.3, \(meaning)")
    }

    private static let sound = """
        {"id": "a", "name": "A", "bic": "EXMPFRPP", "api": "https://a.example/v1", "token": "https://a.example/token",
         "client": {"id": "c", "secret": "s", "authentication": "basic"},
         "dialect": {"standard": "stet", "version": "1.4.2"}, "redirectFlow": "simple"}
        """

    private static func signed(_ members: String) -> String {
        sound.replacing("\"redirectFlow\"", with: "\"signature\": {\(members)}, \"redirectFlow\"")
    }

    @Test("tells what a bank believes")
    func trust() {
        let lists = #""headers": ["date"], "headersIfPresent": ["digest"]"#
        let document = Self.signed(#""algorithm": "rsa-sha256", "keyID": "serial", "# + lists)
        let start = "{\"id\": \"a\""
        let check = BankCheck(Array(document.replacing(start, with: start + ", \"mutualTLS\": true").utf8))
        let meaning = "redirect flow simple, mutual TLS, signed with rsa-sha256 over date [digest]"
        #expect(check.findings.map(\.text) == ["a: A, STET 1.4.2, \(meaning)"])
    }

    @Test("names what is wrong, and where", arguments: [
        ("{", "not a JSON document"), ("[]", "no profile in the document"), ("7", "profile 1: not an object"),
        (sound.replacing("simple", with: "direct"), "a: redirectFlow: not one of"),
        (sound.replacing("https://a.example/v1", with: "http://a.example"), "a: api: not an https address"),
        (sound.replacing("\"bic\"", with: "\"bci\""), "a: bci: no setting of this name"),
        ("[\(sound), {\"id\": \"b\"}]", "b: redirectFlow: missing"),
        (sound.replacing("basic", with: "tls"), "a: client.secret: not a setting of the authentication tls"),
        (sound.replacing("}, \"redirectFlow", with: "}, \"mutualTLS\": 1, \"redirectFlow"), "a: mutualTLS: neither"),
        (signed(#""algorithm": "rsa-sha1", "headers": ["date"], "keyID": "serial""#), "a: signature.algorithm: not"),
        (signed(#""algorithm": "rsa-sha256", "headers": ["date"], "keyID": "url""#), "a: signature.keyURL: missing"),
        ("[\(sound), {}]", "profile 2: redirectFlow: missing"),
        ("[\(sound), \(sound)]", "banks: two banks have the id a"),
    ])
    func wrong(_ document: String, _ start: String) {
        let check = BankCheck(Array(document.utf8))
        #expect(!check.isSound)
        #expect(check.findings.filter { !$0.isGood }.map(\.text).first?.hasPrefix(start) == true, "\(check.findings)")
    }

    @Test("never shows a client's secret")
    func secret() {
        let check = BankCheck(Array(Self.sound.replacing("\"s\"", with: "\"topsecret\"").utf8))
        #expect(check.isSound)
        #expect(!"\(check.findings)".contains("topsecret"))
    }

    @Test("its command line", arguments: [
        ("check a.json", BanksOptions.Action.check(path: "a.json")), ("", .help), ("check --help", .help),
        ("check", nil), ("check a b", nil), ("check --all", nil), ("list", nil),
    ])
    func options(_ line: String, _ action: BanksOptions.Action?) {
        let words = line.split(separator: " ").map(String.init)
        #expect((try? BanksOptions(words).action) == action)
    }
}

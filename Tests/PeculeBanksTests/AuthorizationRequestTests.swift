import Pecule
import PeculeBanks
import PeculeCrypto
import PeculeHTTP
import Testing

@Suite("Completing the bank's authorization request")
struct AuthorizationRequestTests {
    private static let given = "https://oauth.bank.example/authorize?response_type=code&scope=a%20b&context=8c41"

    private func stage(_ link: String, pkce: Bool = true) throws -> Stage {
        var document = Sample.document(.codeThenConfirm, .v1_6)
        document["pkce"] = .bool(pkce)
        return try Stage(
            document,
            [
                ScriptedBank.open: [.answer(Answer.opened(link: .string(link)))],
                ScriptedBank.confirm: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
            ])
    }

    private func address(_ payment: BankPayment) -> String {
        switch payment.approval {
        case .redirect(let address, _): address
        case .decoupled: ""
        }
    }

    @Test("what the bank gave stays as it was, ours comes once after it")
    func completion() async throws {
        let address = address(try await stage(Self.given).initiate())
        #expect(address.hasPrefix(Self.given + "&client_id=PSDFR-ACPR-99999&redirect_uri="))
        let form = try #require(URLForm(parsing: address.drop { $0 != "?" }.dropFirst()))
        #expect(form.repeated.isEmpty)
        #expect(form.pairs.map(\.name) == [
            "response_type", "scope", "context", "client_id", "redirect_uri", "state", "code_challenge",
            "code_challenge_method",
        ])
        #expect(form["redirect_uri"] == Sample.returnURL)
        #expect(form["state"] == Sample.state)
        #expect(form["code_challenge_method"] == "S256")
    }

    @Test("without PKCE there is no challenge, and no verifier at the exchange")
    func withoutPKCE() async throws {
        let stage = try stage(Self.given, pkce: false)
        let payment = try await stage.initiate()
        #expect(!address(payment).contains("code_challenge"))
        _ = try await stage.confirm(payment, .authorizationCode("c"))
        let exchange = String(decoding: stage.bank.requests(ScriptedBank.token)[1].body, as: UTF8.self)
        #expect(exchange == "grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Fportal.example%2Fretour")
    }

    @Test("the verifier of the exchange fits the challenge that was sent, and is another for every payment")
    func verifier() async throws {
        let stage = try stage(Self.given)
        var challenges: Set<String> = []
        for code in ["c1", "c2"] {
            stage.bank.rewrite(
                ScriptedBank.open,
                .answer(Answer.opened("/payment-requests/\(code)", link: .string(Self.given))))
            stage.bank.rewrite(
                "POST /payment-requests/\(code)/confirmation", .answer(Answer.payment(stage.order, "ACSP") {
                    $0["resourceId"] = .string(code)
                }))
            let payment = try await stage.initiate()
            _ = try await stage.confirm(payment, .authorizationCode(code))
            let sent = try #require(URLForm(parsing: address(payment).drop { $0 != "?" }.dropFirst()))
            let exchange = try #require(stage.bank.requests(ScriptedBank.token).last)
            let form = try #require(URLForm(body: exchange.body))
            let challenge = try #require(sent["code_challenge"])
            #expect(PKCE.matches(verifier: try #require(form["code_verifier"]), challenge: challenge))
            #expect(form["redirect_uri"] == sent["redirect_uri"])
            challenges.insert(challenge)
        }
        #expect(challenges.count == 2)
    }

    @Test("where the parameters join", arguments: [
        ("https://a.example/authorize", "https://a.example/authorize?client_id="),
        ("https://a.example/authorize?", "https://a.example/authorize?client_id="),
        ("https://a.example", "https://a.example?client_id="),
        ("https://a.example/authorize?x", "https://a.example/authorize?x&client_id="),
        ("https://a.example/authorize?x=a+b%20c", "https://a.example/authorize?x=a+b%20c&client_id="),
        ("https://a.example/authorize?client_ide=1", "https://a.example/authorize?client_ide=1&client_id="),
    ])
    func joint(link: String, beginning: String) async throws {
        #expect(address(try await stage(link).initiate()).hasPrefix(beginning))
    }

    @Test("a link that already holds one of our parameters, or cannot be read, is refused", arguments: [
        "client_id=x", "client%5Fid=x", "redirect_uri=https%3A%2F%2Fevil.example", "redirect_uri", "state=", "state=a",
        "code_challenge=x", "code_challenge_method=plain", "x=%zz", "x=%00", "=1", "a&&b", "a&",
    ])
    func conflicts(query: String) async throws {
        let link = "https://oauth.bank.example/authorize?response_type=code&" + query
        let stage = try stage(link)
        #expect(await fault(of: stage.initiate) == .outcomeUnknown(.init(.malformedAnswer, status: 201)))
    }

    @Test("flows without a code leave the bank's address alone", arguments: [
        RedirectFlow.simple, .simpleThenConfirm, .factorThenConfirm, .bankConfirms,
    ])
    func untouched(flow: RedirectFlow) async throws {
        let answer = Answer.opened(link: "https://www.bank.example/c?state=theirs&client_id=x")
        let stage = try Stage(Sample.document(flow), [ScriptedBank.open: [.answer(answer)]])
        #expect(address(try await stage.initiate()) == "https://www.bank.example/c?state=theirs&client_id=x")
    }
}

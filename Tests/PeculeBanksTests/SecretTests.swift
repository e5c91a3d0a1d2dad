import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("Nothing prints a secret")
struct SecretTests {
    private static let canaries = ["canary-secret", "canary-token", "canary-code", "canary-nonce"]

    private func used(
        _ confirmation: HTTPResponse
    ) async throws -> (stage: Stage, payment: BankPayment, fault: BankFault?) {
        var document = Sample.document(.codeThenConfirm, .v1_6)
        document["client"] = ["id": "us", "secret": "canary-secret", "authentication": "body"]
        let link: JSON = "https://oauth.bank.example/authorize?response_type=code"
        let stage = try Stage(
            document,
            [
                ScriptedBank.token: [.answer(Answer.token("canary-token"))],
                ScriptedBank.open: [.answer(Answer.opened(link: link) { $0["nonce"] = "canary-nonce" })],
                ScriptedBank.confirm: [.answer(confirmation)],
            ])
        let payment = try await stage.initiate()
        let fault = await fault(of: { try await stage.confirm(payment, .authorizationCode("canary-code")) })
        return (stage, payment, fault)
    }

    private func texts(of value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(reflecting: value), dumped]
    }

    private func expectNoCanary(in value: some Any) {
        for text in texts(of: value) {
            for canary in Self.canaries where text.contains(canary) { Issue.record("\(canary) in: \(text)") }
        }
    }

    @Test("neither the bank, nor its profile, nor a payment, in any way of printing them")
    func values() async throws {
        let (stage, payment, _) = try await used(Answer.payment(try Sample.order(), "ACSP"))
        expectNoCanary(in: stage.provider)
        expectNoCanary(in: payment)
        expectNoCanary(in: stage.choice)
    }

    @Test("nor the profile and its faults")
    func profile() throws {
        var document = Sample.document()
        document["client"] = ["id": "us", "secret": "canary-secret", "authentication": "body"]
        let profile = try BankProfile(.object(document))
        #expect("\(profile)".contains("us"))
        expectNoCanary(in: profile)
        expectNoCanary(in: profile.client)
        document["client"] = ["id": "us", "secret": ["canary-secret"], "authentication": "canary-secret"]
        #expect(throws: BankProfileError.self) { try BankProfile(.object(document)) }
        do { _ = try BankProfile(.object(document)) } catch { expectNoCanary(in: error) }
    }

    @Test("nor a fault, whatever the bank writes into its answer", arguments: [
        HTTPResponse(status: 401, body: Array("canary-token".utf8)),
        HTTPResponse(status: 400, body: Array(#"{"message":"token canary-token, code canary-code"}"#.utf8)),
        HTTPResponse(status: 500, fields: ["X-Request-ID": "canary-token\u{1B}[2J"]),
        HTTPResponse(status: 500, fields: ["X-Request-ID": "forged line\u{2028}canary-token"]),
    ])
    func faults(answer: HTTPResponse) async throws {
        let fault = try #require(try await used(answer).fault)
        expectNoCanary(in: fault)
    }

    @Test("the trace of a fault is the bank's, when it is a plain word", arguments: [
        ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"), ("T1-ask", "T1-ask"),
        ("a b", nil), ("", nil), ("<script>", nil), ("é", nil), (String(repeating: "a", count: 65), nil),
    ])
    func trace(header: String, trace: String?) async throws {
        let answer = HTTPResponse(status: 500, fields: ["X-Request-ID": header])
        let stage = try Stage(script: [ScriptedBank.ask: [.answer(answer)]])
        #expect(await fault(of: { try await stage.ask() })?.detail.traceID == trace)
    }
}

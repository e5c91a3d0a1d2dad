import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("Exchanging an authorization code")
struct CodeExchangeTests {
    private static let proof = ApprovalProof.authorizationCode("SplxlOBe")
    /// The bank's payment in flows with a code.
    private static func payment(_ id: String = "8c41") -> BankPayment {
        BankPayment(
            id: id, approval: .redirect(to: Sample.consent, expires: nil), expects: .authorizationCode,
            memo: ProviderMemo("verifier=v"))
    }

    private func stage(_ replies: ScriptedBank.Reply...) throws -> Stage {
        try Stage(
            Sample.document(.codeThenConfirm, .v1_6),
            [
                ScriptedBank.token: replies,
                ScriptedBank.confirm: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
            ])
    }

    private func confirm(_ stage: Stage) async -> BankFault? {
        await fault(of: { try await stage.confirm(Self.payment(), Self.proof) })
    }

    @Test("happens once, however often the confirmation is repeated, even when its token is old")
    func once() async throws {
        let stage = try stage(.answer(Answer.token("code-token") { $0["expires_in"] = .integer(60) }))
        for _ in 1...3 {
            #expect(await confirm(stage) == nil)
            stage.clock.advance(3600)
        }
        #expect(stage.bank.lines == [ScriptedBank.token] + Array(repeating: ScriptedBank.confirm, count: 3))
        #expect(
            String(decoding: stage.bank.requests[0].body, as: UTF8.self)
                == "grant_type=authorization_code&code=SplxlOBe"
                + "&redirect_uri=https%3A%2F%2Fportal.example%2Fretour&code_verifier=v")
    }

    @Test("happens once when two confirmations cross")
    func concurrent() async throws {
        let gate = Gate()
        let stage = try stage(.after(gate, .answer(Answer.token("code-token"))))
        let stepper = Stepper()
        let calls = stepper.start(2) { _ in
            await fault(of: { try await stage.confirm(Self.payment(), Self.proof) })
        }
        stepper.runUntilAllWait()
        gate.open()
        stepper.runUntilAllWait()
        for call in calls { #expect(await call.value == nil) }
        #expect(stage.bank.requests(ScriptedBank.token).count == 1)
    }

    @Test("happens once for each of many payments that are being confirmed at one time")
    func many() async throws {
        let stage = try stage(.answer(Answer.token("code-token")))
        for _ in 1...2 {
            for index in 0..<500 {
                stage.bank.rewrite(
                    "POST /payment-requests/p\(index)/confirmation",
                    .answer(Answer.payment(stage.order, "ACSP") { $0["resourceId"] = .string("p\(index)") }))
                _ = try await stage.confirm(Self.payment("p\(index)"), .authorizationCode("code-\(index)"))
            }
        }
        #expect(stage.bank.requests(ScriptedBank.token).count == 500)
    }

    @Test("is made for each code, though the bank gives two payments one id")
    func sameID() async throws {
        let stage = try stage(.answer(Answer.token("one")), .answer(Answer.token("two")))
        _ = try await stage.confirm(Self.payment(), .authorizationCode("c1"))
        _ = try await stage.confirm(Self.payment(), .authorizationCode("c2"))
        let bearers = stage.bank.requests(ScriptedBank.confirm).map { $0.fields["Authorization"] }
        #expect(bearers == ["Bearer one", "Bearer two"])
    }

    @Test("is made again for another payment: a code slipped into its return meets that payment's verifier")
    func injectedCode() async throws {
        let stage = try stage(.answer(Answer.token("theirs")), .answer(HTTPResponse(status: 400)))
        #expect(await confirm(stage) == nil)
        let other = BankPayment(
            id: "8c41", approval: Self.payment().approval, expects: .authorizationCode,
            memo: ProviderMemo("verifier=other"))
        let fault = await fault(of: { try await stage.confirm(other, Self.proof) })
        #expect(fault == .notSent(.init(.unauthorised, status: 400)))
        let exchange = try #require(stage.bank.requests(ScriptedBank.token).last)
        #expect(URLForm(body: exchange.body)?["code_verifier"] == "other")
        #expect(stage.bank.requests(ScriptedBank.confirm).count == 1)
    }

    @Test("that fails confirms nothing and is tried again with the next confirmation", arguments: [
        (.answer(HTTPResponse(status: 503)), .notSent(.init(.serverError, status: 503))),
        (.answer(HTTPResponse(status: 400)), .notSent(.init(.unauthorised, status: 400))),
        (.failure(HTTPTransportError(.timeout, mayHaveBeenReceived: true)), .notSent(.init(.timeout))),
    ] as [(ScriptedBank.Reply, BankFault)])
    func failing(reply: ScriptedBank.Reply, expected: BankFault) async throws {
        let stage = try stage(reply, .answer(Answer.token("code-token")))
        #expect(await confirm(stage) == expected)
        #expect(stage.bank.lines == [ScriptedBank.token])
        #expect(await confirm(stage) == nil)
        #expect(stage.bank.lines == [ScriptedBank.token, ScriptedBank.token, ScriptedBank.confirm])
    }

    @Test("gives a token that nothing replaces: refused, it is not asked for again", arguments: [401, 403])
    func refused(status: Int) async throws {
        let stage = try stage(.answer(Answer.token("code-token")))
        stage.bank.rewrite(ScriptedBank.confirm, .answer(HTTPResponse(status: status)))
        #expect(await confirm(stage) == .notSent(.init(.unauthorised, status: status)))
        #expect(stage.bank.lines == [ScriptedBank.token, ScriptedBank.confirm])
    }
}

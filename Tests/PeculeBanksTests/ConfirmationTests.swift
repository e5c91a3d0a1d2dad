import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("Confirming and cancelling")
struct ConfirmationTests {
    private static let link: JSON = "https://oauth.bank.example/authorize?response_type=code&context=8c41"

    @Test("where and with what each flow of each version confirms", arguments: [
        (RedirectFlow.simpleThenConfirm, STETVersion.v1_4_0, nil, nil, ScriptedBank.confirm, "{}", "token-1"),
        (.simpleThenConfirm, .v1_4_2, nil, nil, ScriptedBank.confirm, "{}", "token-1"),
        (.simpleThenConfirm, .v1_6, "b2e7", nil, ScriptedBank.confirm, #"{"nonce":"b2e7"}"#, "token-1"),
        (
            .factorThenConfirm, .v1_4_0, nil, .authenticationFactor("JJ7K2M"), ScriptedBank.confirm,
            #"{"psuAuthenticationFactor":"JJ7K2M"}"#, "token-1"
        ),
        (
            .factorThenConfirm, .v1_4_2, "b2e7", .authenticationFactor("a\"b&é"), ScriptedBank.confirm,
            #"{"nonce":"b2e7","psuAuthenticationFactor":"a\"b&é"}"#, "token-1"
        ),
        (.codeThenConfirm, .v1_4_0, nil, .authorizationCode("c"), ScriptedBank.confirm, "{}", "code-token"),
        (
            .codeThenConfirm, .v1_4_2, "n&=%+ n", .authorizationCode("c"), ScriptedBank.confirmByToken,
            #"{"nonce":"n&=%+ n"}"#, "code-token"
        ),
        (.codeThenConfirm, .v1_6, nil, .authorizationCode("c"), ScriptedBank.confirm, "{}", "code-token"),
    ] as [(RedirectFlow, STETVersion, String?, ApprovalProof?, String, String, String)])
    func confirmation(
        flow: RedirectFlow, version: STETVersion, nonce: String?, proof: ApprovalProof?, line: String, body: String,
        token: String
    ) async throws {
        let stage = try Stage(
            Sample.document(flow, version),
            [
                ScriptedBank.open: [
                    .answer(Answer.opened(link: Self.link) { $0["nonce"] = nonce.map { .string($0) } })
                ],
                ScriptedBank.token: [.answer(Answer.token()), .answer(Answer.token("code-token"))],
                line: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
            ])
        let payment = try await stage.initiate()
        #expect(payment.expects == proof?.kind)
        #expect(try await stage.confirm(payment, proof).status == .executing)
        let sent = try #require(stage.bank.requests(line).first)
        #expect(String(decoding: sent.body, as: UTF8.self) == body)
        #expect(sent.fields["Authorization"] == "Bearer \(token)")
        #expect(sent.fields["X-Request-ID"] == "T1-confirm")
        #expect(sent.fields["Content-Type"] == "application/json")
        #expect(sent.fields.all.count == 4)
    }

    @Test("a code alone is exchanged and nothing is confirmed")
    func codeOnly() async throws {
        let stage = try Stage(
            Sample.document(.codeOnly),
            [
                ScriptedBank.open: [.answer(Answer.opened(link: Self.link))],
                ScriptedBank.ask: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
            ])
        let payment = try await stage.initiate()
        #expect(try await stage.confirm(payment, .authorizationCode("c")).status == .executing)
        #expect(stage.bank.lines == [
            ScriptedBank.token, ScriptedBank.open, ScriptedBank.token, ScriptedBank.ask,
        ])
    }

    @Test("an answer to the confirmation that does not show the whole payment is not believed: the bank is asked",
        arguments: [
            Answer.empty, HTTPResponse(status: 204), Answer.html, .json([:]),
            .json(["paymentRequest": ["paymentInformationStatus": "ACSC"]]),
            .json(["paymentRequest": ["resourceId": "other", "paymentInformationStatus": "RJCT"]]),
        ])
    func thinAnswer(response: HTTPResponse) async throws {
        let stage = try Stage(
            Sample.document(.simpleThenConfirm),
            [
                ScriptedBank.confirm: [.answer(response)],
                ScriptedBank.ask: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
            ])
        let report = try await stage.confirm(Stage.payment)
        #expect(report.status == .executing)
        #expect(stage.bank.lines == [ScriptedBank.token, ScriptedBank.confirm, ScriptedBank.ask])
    }

    @Test("the whole request again with the status of a cancellation", arguments: [
        (STETVersion.v1_4_0, "RJCT"), (.v1_4_2, "CANC"), (.v1_6, "CANC"),
    ])
    func cancellation(version: STETVersion, status: String) async throws {
        let rejected = Answer.payment(try Sample.order(), .string(status)) { $0["statusReasonInformation"] = "DS02" }
        let stage = try Stage(
            Sample.document(.simple, version),
            [
                ScriptedBank.open: [.answer(Answer.opened())], ScriptedBank.cancel: [.answer(Answer.opened())],
                ScriptedBank.ask: [.answer(rejected)],
            ])
        let payment = try await stage.initiate()
        #expect(try await stage.cancel(payment).status == .cancelled)
        #expect(stage.bank.lines == [ScriptedBank.token, ScriptedBank.open, ScriptedBank.cancel, ScriptedBank.ask])

        let opened = try #require(JSON(parsing: stage.bank.requests[1].body).object)
        var cancelled = try #require(JSON(parsing: stage.bank.requests[2].body).object)
        #expect(cancelled["paymentInformationStatus"]?.string == status)
        #expect(cancelled["statusReasonInformation"] == "DS02")
        cancelled["paymentInformationStatus"] = nil
        cancelled["statusReasonInformation"] = nil
        #expect(cancelled == opened)
        #expect(stage.bank.requests[2].fields["X-Request-ID"] == "T1-cancel")
    }

    @Test("a bank that takes the cancellation and executes all the same is believed", arguments: [
        ("ACSP", BankReport.Status.executing), ("ACSC", .settled), ("ACTC", .pending),
    ] as [(String, BankReport.Status)])
    func cancelledTooLate(status: String, expected: BankReport.Status) async throws {
        let stage = try Stage(script: [
            ScriptedBank.cancel: [.answer(HTTPResponse(status: 204))],
            ScriptedBank.ask: [.answer(Answer.payment(try Sample.order(), .string(status)))],
        ])
        #expect(try await stage.cancel().status == expected)
    }
}

import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("A hostile bank")
struct HostileBankTests {
    private static let answers: [HTTPResponse] = {
        let bodies: [[UInt8]] = [
            [], Array("<html><form action=https://evil.example>".utf8), Array("null".utf8), Array("[]".utf8),
            Array("{}".utf8), Array("\"ACSC\"".utf8), [0xEF, 0xBB, 0xBF] + Array("{}".utf8), [0xFF, 0xFE, 0x00],
            Array(repeating: UInt8(ascii: "["), count: 100_000), Array(repeating: 0, count: 4096),
            Array(#"{"paymentRequest":"ACSC"}"#.utf8), Array(#"{"paymentRequest":[{}]}"#.utf8),
            Array(#"{"paymentRequest":{"paymentInformationStatus":"ACSC","paymentInformationStatus":"ACSC"}}"#.utf8),
            Array(#"{"paymentRequest":{"resourceId":"other","paymentInformationStatus":"ACSC"}}"#.utf8),
            Array(#"{"paymentRequest":{"paymentInformationStatus":"PAID"}}"#.utf8),
        ]
        return bodies.flatMap { body in
            [200, 202, 302, 307, 999, 0, -1].map { status in
                HTTPResponse(
                    status: status,
                    fields: [
                        "Location": "http://evil.example/steal", "Refresh": "0;url=http://evil.example",
                        "Set-Cookie": "a=b", "Retry-After": "1000000000",
                    ], body: body)
            }
        }
    }()

    @Test("is never reported as a success, and learns nothing that is not for it", arguments: Step.allCases)
    func anyAnswer(step: Step) async throws {
        for answer in Self.answers {
            let (fault, lines) = try await step.fault(.answer(answer), then: .answer(answer))
            #expect(fault != nil, "\(answer)")
            #expect(Set(lines).isSubset(of: [ScriptedBank.token, step.line, ScriptedBank.ask]))
            if case .refused = fault { Issue.record("refused by \(answer)") }
        }
    }

    @Test("at its token endpoint gets nothing sent")
    func tokenEndpoint() async throws {
        for answer in Self.answers {
            let stage = try Stage(script: [ScriptedBank.token: [.answer(answer)]])
            let fault = await fault(of: stage.initiate)
            guard case .notSent = fault else {
                Issue.record("\(fault.map { "\($0)" } ?? "success") for \(answer)")
                continue
            }
            #expect(stage.bank.lines == [ScriptedBank.token])
        }
    }

    @Test("cannot draw calls or tokens elsewhere by its links")
    func links() async throws {
        let stage = try Stage(
            Sample.document(.simpleThenConfirm),
            [
                ScriptedBank.open: [
                    .answer(Answer.opened("https://evil.example/steal/8c41") { body in
                        body["_links"] = [
                            "consentApproval": ["href": .string(Sample.consent)],
                            "confirmation": ["href": "https://evil.example/confirmation"],
                            "request": ["href": "https://evil.example/request"],
                        ]
                    })
                ],
                ScriptedBank.ask: [.answer(Answer.payment(try Sample.order(), "ACTC"))],
                ScriptedBank.confirm: [.answer(Answer.empty)],
                ScriptedBank.cancel: [.answer(HTTPResponse(status: 204))],
            ])
        let payment = try await stage.initiate()
        _ = try await stage.ask(payment)
        _ = try await stage.confirm(payment)
        _ = try await stage.cancel(payment)
        for request in stage.bank.requests {
            #expect(request.target == Sample.tokenURL || request.target.hasPrefix(Sample.api + "/payment-requests"))
        }
    }

    @Test("the client's secret goes to the token endpoint alone, the token to the api alone")
    func places() async throws {
        let stage = try Stage(script: [
            ScriptedBank.token: [.answer(Answer.token("canary-token"))],
            ScriptedBank.ask: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
        ])
        _ = try await stage.ask()
        let (token, ask) = (stage.bank.requests[0], stage.bank.requests[1])
        #expect(!"\(token)".contains("canary-token"))
        #expect(ask.fields["Authorization"] == "Bearer canary-token")
        #expect(ask.body.isEmpty)
    }
}

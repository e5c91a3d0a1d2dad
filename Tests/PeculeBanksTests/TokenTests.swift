import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("The client's token")
struct TokenTests {
    private func stage(_ token: ScriptedBank.Reply..., document: JSONObject = Sample.document()) throws -> Stage {
        try Stage(
            document,
            [
                ScriptedBank.token: token,
                ScriptedBank.ask: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
            ])
    }

    @Test("is fetched once, however many calls wait for it")
    func single() async throws {
        let gate = Gate()
        let stage = try stage(.after(gate, .answer(Answer.token())))
        let stepper = Stepper()
        let calls = stepper.start(100) { _ in await fault(of: { try await stage.ask() }) }
        stepper.runUntilAllWait()
        #expect(stage.bank.lines == [ScriptedBank.token])
        gate.open()
        stepper.runUntilAllWait()
        for call in calls { #expect(await call.value == nil) }
        #expect(stage.bank.requests(ScriptedBank.token).count == 1)
        #expect(stage.bank.requests(ScriptedBank.ask).count == 100)
    }

    @Test("a failure is shared by those who waited, and the next call tries again")
    func failure() async throws {
        let gate = Gate()
        let stage = try stage(.after(gate, .answer(HTTPResponse(status: 503))), .answer(Answer.token()))
        let stepper = Stepper()
        let calls = stepper.start(100) { _ in await fault(of: { try await stage.ask() }) }
        stepper.runUntilAllWait()
        gate.open()
        stepper.runUntilAllWait()
        for call in calls { #expect(await call.value == .notSent(.init(.serverError, status: 503))) }
        #expect(stage.bank.lines == [ScriptedBank.token])
        #expect(try await stage.ask().status == .executing)
    }

    @Test("a caller who leaves while it is fetched takes nobody else along")
    func cancelledLeader() async throws {
        let gate = Gate()
        let cancelled = HTTPTransportError(.cancelled, mayHaveBeenReceived: true)
        let stage = try stage(.after(gate, .failure(cancelled)), .answer(Answer.token()))
        let stepper = Stepper()
        let calls = stepper.start(5) { _ in await fault(of: { try await stage.ask() }) }
        stepper.runUntilAllWait()
        calls[0].cancel()
        gate.open()
        stepper.runUntilAllWait()
        #expect(await calls[0].value == .notSent(.init(.cancelled)))
        for call in calls.dropFirst() { #expect(await call.value == nil) }
        #expect(stage.bank.requests(ScriptedBank.token).count == 2)
    }

    @Test("is renewed before it expires", arguments: [
        (.integer(3600), 3569, 3570), (.integer(100), 89, 90), (nil, 53, 54), (.null, 53, 54), ("100", 89, 90),
        (.integer(1_000_000_000_000), 86_369, 86_370), (.number("1e400"), 53, 54), ("soon", 53, 54),
        (.integer(0), -1, 0), (.integer(-3600), -1, 0),
    ] as [(JSON?, Int, Int)])
    func renewal(lifetime: JSON?, kept: Int, renewed: Int) async throws {
        let stage = try stage(.answer(Answer.token { $0["expires_in"] = lifetime }))
        _ = try await stage.ask()
        if kept > 0 {
            stage.clock.advance(Double(kept))
            _ = try await stage.ask()
            #expect(stage.bank.requests(ScriptedBank.token).count == 1)
            stage.clock.advance(Double(renewed - kept))
        }
        _ = try await stage.ask()
        #expect(stage.bank.requests(ScriptedBank.token).count == 2)
    }

    @Test("refused by the bank, it is replaced once and the call made again, never more", arguments: [401, 403])
    func refused(status: Int) async throws {
        let stage = try stage(.answer(Answer.token("token-1")), .answer(Answer.token("token-2")))
        let good = Answer.payment(stage.order, "ACSP")
        stage.bank.rewrite(ScriptedBank.ask, .when { request in
            request.fields["Authorization"] == "Bearer token-1" ? HTTPResponse(status: status) : good
        })
        #expect(try await stage.ask().status == .executing)
        let round = [ScriptedBank.token, ScriptedBank.ask]
        #expect(stage.bank.lines == round + round)

        stage.bank.rewrite(ScriptedBank.ask, .answer(HTTPResponse(status: status)))
        #expect(await fault(of: { try await stage.ask() }) == .outcomeUnknown(.init(.unauthorised, status: status)))
        #expect(stage.bank.lines == round + round + [ScriptedBank.ask] + round)
    }

    @Test("refused to many at once, it is replaced once")
    func refusedToMany() async throws {
        let stage = try stage(.answer(Answer.token("token-1")), .answer(Answer.token("token-2")))
        let good = Answer.payment(stage.order, "ACSP")
        stage.bank.rewrite(ScriptedBank.ask, .when { request in
            request.fields["Authorization"] == "Bearer token-1" ? HTTPResponse(status: 401) : good
        })
        let stepper = Stepper()
        let calls = stepper.start(20) { _ in await fault(of: { try await stage.ask() }) }
        stepper.runUntilAllWait()
        for call in calls { #expect(await call.value == nil) }
        #expect(stage.bank.requests(ScriptedBank.token).count == 2)
    }

    @Test("refused late, after others replaced it, it does not take the new one along")
    func refusedLate() async throws {
        let gate = Gate()
        let stage = try stage(.answer(Answer.token("token-1")), .answer(Answer.token("token-2")))
        let refusal = ScriptedBank.Reply.answer(HTTPResponse(status: 401))
        stage.bank.rewrite(
            ScriptedBank.ask, .after(gate, refusal), refusal, .answer(Answer.payment(stage.order, "ACSP")))
        let stepper = Stepper()
        let calls = stepper.start(2) { _ in await fault(of: { try await stage.ask() }) }
        stepper.runUntilAllWait()
        #expect(stage.bank.requests(ScriptedBank.token).count == 2)
        gate.open()
        stepper.runUntilAllWait()
        for call in calls { #expect(await call.value == nil) }
        #expect(stage.bank.requests(ScriptedBank.token).count == 2)
    }

    @Test("how the client proves itself, to the byte", arguments: [
        (
            "basic", "PSDFR-ACPR-99999", "s3cret", "Basic UFNERlItQUNQUi05OTk5OTpzM2NyZXQ=",
            "grant_type=client_credentials&scope=pisp"
        ),
        (
            // RFC 6749, appendix B: what the form encoding leaves of « %&+£€ », and a colon that separates nothing.
            "basic", "a:b", "%&+£€", "Basic YSUzQWI6JTI1JTI2JTJCJUMyJUEzJUUyJTgyJUFD",
            "grant_type=client_credentials&scope=pisp"
        ),
        (
            "body", "PSDFR-ACPR-99999", "%&+£€", nil,
            "grant_type=client_credentials&scope=pisp&client_id=PSDFR-ACPR-99999"
                + "&client_secret=%25%26%2B%C2%A3%E2%82%AC"
        ),
    ] as [(JSON, JSON, JSON, String?, String)])
    func authentication(method: JSON, id: JSON, secret: JSON, header: String?, body: String) async throws {
        var document = Sample.document()
        document["client"] = ["id": id, "secret": secret, "authentication": method]
        let stage = try stage(.answer(Answer.token()), document: document)
        _ = try await stage.ask()
        let sent = try #require(stage.bank.requests.first)
        #expect(sent.fields["Authorization"] == header)
        #expect(String(decoding: sent.body, as: UTF8.self) == body)
        #expect(sent.fields["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(sent.fields["Accept"] == "application/json")
        #expect(sent.fields.all.count == (header == nil ? 2 : 3))
    }

    @Test("what is no token is never sent, and the call certainly was not either", arguments: [
        (200, #"{"access_token":"t","token_type":"Bearer"}"#, nil),
        (200, #"{"access_token":"t","token_type":"bearer"}"#, nil),
        (200, #"{"access_token":"t"}"#, .malformedAnswer),
        (200, #"{"access_token":"t","token_type":"mac"}"#, .malformedAnswer),
        (200, #"{"token_type":"Bearer"}"#, .malformedAnswer),
        (200, #"{"access_token":"","token_type":"Bearer"}"#, .malformedAnswer),
        (200, #"{"access_token":7,"token_type":"Bearer"}"#, .malformedAnswer),
        (200, #"{"access_token":"a b","token_type":"Bearer"}"#, .malformedAnswer),
        (200, #"{"access_token":"a\r\nX: y","token_type":"Bearer"}"#, .malformedAnswer),
        (200, #"{"access_token":"é","token_type":"Bearer"}"#, .malformedAnswer),
        (200, #"{"token_type":"Bearer","access_token":"\#(String(repeating: "a", count: 8193))"}"#, .malformedAnswer),
        (200, "<html>maintenance</html>", .malformedAnswer),
        (200, "", .malformedAnswer),
        (204, "", .malformedAnswer),
        (302, "", .malformedAnswer),
        (400, #"{"error":"invalid_client"}"#, .unauthorised),
        (401, #"{"access_token":"t","token_type":"Bearer"}"#, .unauthorised),
        (403, "", .unauthorised),
        (404, "", .misconfigured),
        (405, "", .misconfigured),
        (429, "", .tooManyRequests),
        (500, "", .serverError),
        (503, #"{"access_token":"t","token_type":"Bearer"}"#, .serverError),
    ] as [(Int, String, BankFault.Cause?)])
    func answers(status: Int, body: String, cause: BankFault.Cause?) async throws {
        let stage = try stage(.answer(HTTPResponse(status: status, body: Array(body.utf8))))
        let found = await fault(of: { try await stage.ask() })
        #expect(found == cause.map { .notSent(.init($0, status: status)) })
        #expect(stage.bank.requests(ScriptedBank.ask).count == (cause == nil ? 1 : 0))
    }

    @Test("no answer to the token request means that nothing was sent", arguments: [true, false])
    func noAnswer(mayHaveBeenReceived: Bool) async throws {
        let stage = try stage(.failure(HTTPTransportError(.timeout, mayHaveBeenReceived: mayHaveBeenReceived)))
        #expect(await fault(of: stage.initiate) == .notSent(.init(.timeout)))
        #expect(stage.bank.lines == [ScriptedBank.token])
    }

    @Test("a token endpoint that asks for time is given it", arguments: [429, 503])
    func retryAfter(status: Int) async throws {
        let stage = try stage(.answer(HTTPResponse(status: status, fields: ["Retry-After": "7"])))
        #expect(await fault(of: stage.initiate)?.detail.retryAfter == .seconds(7))
    }
}

import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

/// One of the four calls, alone, after the payment was opened.
enum Step: String, CaseIterable, Sendable {
    case initiate, confirm, ask, cancel

    var line: String {
        switch self {
        case .initiate: ScriptedBank.open
        case .confirm: ScriptedBank.confirm
        case .ask: ScriptedBank.ask
        case .cancel: ScriptedBank.cancel
        }
    }

    var changes: Bool { self != .ask }
    var requestID: String { self == .initiate ? "T1-open" : "T1-\(rawValue)" }

    /// The fault that the call ends with when the bank replies like this to it.
    func fault(
        _ reply: ScriptedBank.Reply, then ask: ScriptedBank.Reply? = nil
    ) async throws -> (BankFault?, [String]) {
        var script = [line: [reply]]
        if let ask { script[ScriptedBank.ask] = [ask] }
        let stage = try Stage(Sample.document(.simpleThenConfirm), script)
        let fault =
            switch self {
            case .initiate: await PeculeBanksTests.fault(of: stage.initiate)
            case .confirm: await PeculeBanksTests.fault(of: { try await stage.confirm(Stage.payment) })
            case .ask: await PeculeBanksTests.fault(of: { try await stage.ask() })
            case .cancel: await PeculeBanksTests.fault(of: { try await stage.cancel() })
            }
        return (fault, stage.bank.lines)
    }
}

@Suite("What a failed call leaves open")
struct FaultTests {
    private static let transport: [(HTTPTransportError.Reason, BankFault.Cause)] = [
        (.badRequest, .misconfigured), (.resolve, .unreachable), (.connect, .unreachable), (.tls, .unreachable),
        (.timeout, .timeout), (.reset, .connectionLost), (.tooLarge, .malformedAnswer),
        (.malformedResponse, .malformedAnswer), (.cancelled, .cancelled), (.stopped, .unreachable),
        (.forbidden, .misconfigured),
    ]

    @Test("no answer: whether the bank may have acted is the transport's word, and nothing is repeated",
        arguments: Step.allCases, transport)
    func noAnswer(step: Step, row: (reason: HTTPTransportError.Reason, cause: BankFault.Cause)) async throws {
        for isReceived in [true, false] {
            let (fault, lines) = try await step.fault(
                .failure(HTTPTransportError(row.reason, mayHaveBeenReceived: isReceived, detail: "10.0.0.1")))
            let detail = BankFault.Detail(row.cause, traceID: step.requestID)
            #expect(fault == (isReceived ? .outcomeUnknown(detail) : .notSent(detail)))
            #expect(lines == [ScriptedBank.token, step.line])
        }
    }

    enum Verdict: Sendable { case notSent, refused, unknown }

    private static let statuses: [(Int, (Verdict, BankFault.Cause), (Verdict, BankFault.Cause))] = [
        (101, (.unknown, .malformedAnswer), (.unknown, .malformedAnswer)),
        (300, (.unknown, .malformedAnswer), (.unknown, .malformedAnswer)),
        (301, (.unknown, .malformedAnswer), (.unknown, .malformedAnswer)),
        (302, (.unknown, .malformedAnswer), (.unknown, .malformedAnswer)),
        (303, (.unknown, .malformedAnswer), (.unknown, .malformedAnswer)),
        (304, (.unknown, .malformedAnswer), (.unknown, .malformedAnswer)),
        (307, (.unknown, .malformedAnswer), (.unknown, .malformedAnswer)),
        (400, (.refused, .misconfigured), (.unknown, .malformedAnswer)),
        (401, (.notSent, .unauthorised), (.unknown, .unauthorised)),
        (403, (.notSent, .unauthorised), (.unknown, .unauthorised)),
        (404, (.refused, .unknownPayment), (.unknown, .unknownPayment)),
        (405, (.refused, .unsupported), (.unknown, .malformedAnswer)),
        (406, (.refused, .misconfigured), (.unknown, .malformedAnswer)),
        (408, (.unknown, .timeout), (.unknown, .malformedAnswer)),
        (409, (.refused, .misconfigured), (.unknown, .malformedAnswer)),
        (422, (.refused, .misconfigured), (.unknown, .malformedAnswer)),
        (429, (.notSent, .tooManyRequests), (.notSent, .tooManyRequests)),
        (500, (.unknown, .serverError), (.unknown, .serverError)),
        (501, (.refused, .unsupported), (.unknown, .serverError)),
        (502, (.unknown, .serverError), (.unknown, .serverError)),
        (503, (.unknown, .serverError), (.unknown, .serverError)),
        (504, (.unknown, .serverError), (.unknown, .serverError)),
    ]

    @Test("an answer without success, by status", arguments: Step.allCases, statuses)
    func status(
        step: Step, row: (status: Int, change: (Verdict, BankFault.Cause), ask: (Verdict, BankFault.Cause))
    ) async throws {
        let response = HTTPResponse(
            status: row.status, fields: ["Location": "https://evil.example/x"], body: Array("<html>".utf8))
        let (fault, lines) = try await step.fault(.answer(response))
        let (verdict, cause) = step.changes ? row.change : row.ask
        let detail = BankFault.Detail(cause, status: row.status)
        let expected: BankFault =
            switch verdict {
            case .notSent: .notSent(detail)
            case .refused: .refused(RejectionReason("FF01"), detail)
            case .unknown: .outcomeUnknown(detail)
            }
        #expect(fault == expected)
        let round = [ScriptedBank.token, step.line]
        #expect(lines == (cause == .unauthorised ? round + round : round))
    }

    @Test("a change that the bank took stays taken, whatever hinders asking for its result", arguments: [
        (.answer(HTTPResponse(status: 429, fields: ["Retry-After": "5"])), .tooManyRequests, 429),
        (.failure(HTTPTransportError(.connect, mayHaveBeenReceived: false)), .unreachable, nil),
        (.failure(HTTPTransportError(.timeout, mayHaveBeenReceived: true)), .timeout, nil),
        (.answer(HTTPResponse(status: 404)), .unknownPayment, 404),
        (.answer(HTTPResponse(status: 503)), .serverError, 503),
        (.answer(Answer.html), .malformedAnswer, 200),
    ] as [(ScriptedBank.Reply, BankFault.Cause, Int?)])
    func taken(ask: ScriptedBank.Reply, cause: BankFault.Cause, status: Int?) async throws {
        for step in [Step.confirm, .cancel] {
            let (fault, lines) = try await step.fault(.answer(HTTPResponse(status: 204)), then: ask)
            guard case .outcomeUnknown(let detail) = fault else {
                Issue.record("\(step): \(fault.map { "\($0)" } ?? "success")")
                continue
            }
            #expect(detail.cause == cause)
            #expect(detail.status == status)
            #expect(lines == [ScriptedBank.token, step.line, ScriptedBank.ask])
        }
    }

    @Test("Retry-After is heard within a day, as seconds or as a date by the bank's clock", arguments: [
        ("5", .seconds(5)), ("0", .seconds(0)), ("3600", .seconds(3600)), ("10000000000", .seconds(86_400)),
        ("99999999999999999999999", .seconds(86_400)), ("-1", nil), ("+5", nil), ("5.5", nil), ("٥", nil), ("", nil),
        ("Wed, 21 Oct 2015 07:28:00 GMT", .seconds(90)), ("Wed, 21 Oct 2015 07:26:30 GMT", .seconds(0)),
        ("Tue, 20 Oct 2015 07:28:00 GMT", .seconds(0)), ("Fri, 21 Oct 2016 07:28:00 GMT", .seconds(86_400)),
        ("Thu, 21 Oct 2015 07:28:00 GMT", nil), ("Wed, 21 Oct 2015 07:28:00 CET", nil),
        ("Wednesday, 21-Oct-15 07:28:00 GMT", nil), ("Wed, 31 Feb 2015 07:28:00 GMT", nil),
    ] as [(String, Duration?)])
    func retryAfter(header: String, expected: Duration?) async throws {
        for step in Step.allCases {
            let now = "Wed, 21 Oct 2015 07:26:30 GMT"
            let response = HTTPResponse(status: 429, fields: ["Retry-After": header, "Date": now])
            let (fault, _) = try await step.fault(.answer(response))
            #expect(fault == .notSent(.init(.tooManyRequests, status: 429, retryAfter: expected)))
        }
    }

    @Test("the reason of a refusal is the first member that holds a code", arguments: [
        (#"{"code":"AM04"}"#, "AM04"), (#"{"errorCode":"RR04"}"#, "RR04"),
        (#"{"error":"invalid_request"}"#, "invalid_request"),
        (#"{"status":400,"error":"Bad Request","message":"AC01"}"#, "AC01"),
        (#"{"error":"Bad Request","message":"creditorAccount.iban is not a valid IBAN"}"#, "FF01"),
        (#"{"code":"no code","errorCode":"AG01"}"#, "AG01"), (#"{"code":null,"error":"AG01"}"#, "AG01"),
        (#"{"code":7}"#, "FF01"), (#"{"code":""}"#, "FF01"), ("<html>", "FF01"), ("", "FF01"), ("[]", "FF01"),
        (#"{"code":"A\nB"}"#, "FF01"), (#"{"code":"\#(String(repeating: "A", count: 36))"}"#, "FF01"),
    ])
    func reason(body: String, code: String) async throws {
        let (fault, _) = try await Step.initiate.fault(.answer(HTTPResponse(status: 400, body: Array(body.utf8))))
        #expect(fault == .refused(RejectionReason(code), .init(.misconfigured, status: 400)))
    }
}

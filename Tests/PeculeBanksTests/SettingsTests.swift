import Foundation
import Pecule
import PeculeHTTP
import Testing

@testable import PeculeBanks

/// What a setting of the profile makes of a request or of an answer.
@Suite("Settings") struct SettingsTests {
    private static func document(_ changes: [(String, JSON?)]) -> JSONObject {
        var document = Sample.document(.simpleThenConfirm)
        for (path, value) in changes { document.set(path.split(separator: ".").map(String.init), to: value) }
        return document
    }

    @Test("every setting stands in the description of the profile")
    func described() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../openapi.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.range(of: "    BankConfiguration:\n"))
        let end = try #require(text.range(of: "    TokenRequest:\n"))
        let schema = text[start.upperBound..<end.lowerBound]
        for (path, names) in BankProfile.members {
            for name in names.sorted() {
                #expect([" ", "\n"].contains { schema.contains(" \(name):\($0)") }, "\(path).\(name)")
            }
        }
    }

    @Test("a text of the bank's own is a refusal with its code, at any status that says no", arguments: [
        (400, "message", "ESPACE_BLOQUE", "AG01"), (403, "message", "Virement refusé", "MS03"),
        (401, "error_description", "Virement refusé", "MS03"), (422, "code", "ESPACE_BLOQUE", "AG01"),
    ])
    func refusals(status: Int, member: String, text: String, code: String) async throws {
        let stage = try Stage(
            Self.document([("refusals", ["ESPACE_BLOQUE": "AG01", "Virement refusé": "MS03"])]),
            [ScriptedBank.open: [.answer(HTTPResponse.json([member: .string(text)], status: status))]])
        let fault = await fault(of: stage.initiate)
        guard case .refused(let reason, _) = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(reason.code == code)
    }

    @Test("an unknown text at 403 leaves it open whether it was our token")
    func unknownText() async throws {
        let answer = HTTPResponse.json(["message": "Autre"], status: 403)
        let stage = try Stage(
            Self.document([("refusals", ["Virement refusé": "MS03"])]),
            [ScriptedBank.open: [.answer(answer), .answer(answer)]])
        guard case .notSent = await fault(of: stage.initiate) else {
            Issue.record("said to be refused")
            return
        }
    }

    @Test("a bank that withdraws nothing is not asked to")
    func noCancellation() async throws {
        let stage = try Stage(Self.document([("cancellation", ["way": "none"])]))
        guard case .refused(_, let detail) = await fault(of: { try await stage.cancel() }) else {
            Issue.record("no refusal")
            return
        }
        #expect(detail.cause == .unsupported && stage.bank.requests.isEmpty)
    }

    @Test("a new payment may not be found, an older one may not be missing", arguments: [(0.0, true), (11.0, false)])
    func notFound(age: Double, isPending: Bool) async throws {
        let stage = try Stage(
            Self.document([("notFoundSeconds", .integer(10))]),
            [
                ScriptedBank.open: [.answer(Answer.opened("https://api.bank.example/8c41"))],
                ScriptedBank.ask: [.answer(HTTPResponse(status: 404))],
            ])
        let payment = try await stage.initiate()
        stage.clock.advance(age)
        #expect((try? await stage.ask(payment))?.status == (isPending ? .pending : nil))
    }

    @Test("what goes as instant by itself, and what is left to the bank", arguments: [
        ([("minimumCents", .integer(4251))], false), ([("maximumCents", .integer(4249))], false),
        ([("insideBank", false)], false), ([("minimumCents", .integer(4250))], true), ([], true),
    ] as [([(String, JSON)], Bool)])
    func instant(rules: [(String, JSON)], isInstant: Bool) throws {
        var document = Self.document([("bankCodes", ["99992"])])
        document["instant"] = .object(rules + [("fallsBack", true)])
        #expect(try BankProfile(.object(document)).isInstant(try Sample.order()) == isInstant)
    }

    @Test("where nothing falls back, the limits of instant transfers are the bank's")
    func limits() throws {
        let profile = try BankProfile(.object(Self.document([("instant", ["maximumCents": .integer(500)])])))
        #expect(profile.bank.limits.upperBound.cents == 500 && profile.bank.limits.lowerBound.cents == 100)
    }

    @Test("an execution date is a minute ahead, never midnight, and today for an instant transfer", arguments: [
        ("2026-02-12T08:41:07Z", STETSettings.Zone.utc, false, "2026-02-12T08:42:07.000Z"),
        ("2026-02-12T08:41:07Z", .paris, false, "2026-02-12T09:42:07.000+01:00"),
        ("2026-07-12T08:41:07Z", .paris, false, "2026-07-12T10:42:07.000+02:00"),
        ("2026-02-12T23:59:30Z", .utc, false, "2026-02-13T00:01:30.000Z"),
        ("2026-02-12T22:59:30Z", .paris, false, "2026-02-13T00:01:30.000+01:00"),
        ("2026-02-12T22:59:30Z", .paris, true, "2026-02-12T23:59:30.000+01:00"),
    ])
    func executionDate(now: String, zone: STETSettings.Zone, isInstant: Bool, text: String) throws {
        let now = try Date(now, strategy: .iso8601)
        #expect(STETDate.text(STETDate.execution(now, zone, isInstant: isInstant), zone) == text)
    }

    @Test("what failed where, by the state of the authorisation", arguments: [
        (#"{"scaStatus": "received"}"#, .expired), (#"{"scaStatus": "unconfirmed"}"#, .expired),
        (#"{"scaStatus": "failed"}"#, .denied), (#"{"scaStatus": "finalised"}"#, .rejected(RejectionReason(nil))),
        (#"{"scaStatus": "failed", "tppMessage": [{"code": "SCA_INVALID"}]}"#,
            .rejected(RejectionReason("SCA_INVALID"))),
        ("{}", .rejected(RejectionReason(nil))), ("no JSON", .rejected(RejectionReason(nil))),
    ] as [(String, BankReport.Status)])
    func scaStatus(body: String, status: BankReport.Status) throws {
        let report = BankReport(.rejected(RejectionReason(nil)), echo: PaymentEcho(of: try Sample.order()))
        var document = Sample.document()
        document["dialect"] = ["standard": "berlin-group", "start": "implicit", "address": "192.0.2.7"]
        let profile = try BankProfile(.object(document))
        let dialect = HTTPBank(profile, initiatingParty: Sample.party, transport: ScriptedBank([:])).dialect
        let answer = HTTPResponse(status: 200, body: Array(body.utf8))
        #expect(dialect.report(report, explainedBy: answer).status == status)
    }
}

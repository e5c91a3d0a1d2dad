import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculeCLI
@testable import PeculeGatewayAPI

@Suite("pecule transfers explain")
struct ExplanationTests {
    private static func explanation(of events: TransferEvent...) -> Explanation {
        var (transfer, records) = (Sample.draft().begun(), [TransferRecord]())
        records.append(
            TransferRecord(transfer, because: .bankChosen(Sample.choice(of: transfer.id)), in: Sample.correlation))
        for event in events {
            transfer = transfer.after(event)
            records.append(TransferRecord(transfer, because: event, in: Sample.correlation))
        }
        return Explanation(transfer: transfer, records: records, told: told(of: transfer.id))
    }

    /// Each ending of an attempt, at a receiver whose address nobody is told.
    private static func told(of id: TransferID) -> [(webhook: String, attempt: WebhookAttempt)] {
        let endings: [(WebhookAttempt.Outcome, status: Int?, fault: String?)] = [
            (.failed, 503, nil), (.failed, nil, "timedOut"), (.delivered, 204, nil), (.givenUp, 500, nil),
            (.gone, 410, nil),
        ]
        return endings.enumerated().map { index, ending in
            let attempt = WebhookAttempt(
                event: "msg_\(id)_2", at: Sample.morning + TimeInterval(index), number: index + 1,
                outcome: ending.0, status: ending.status, fault: ending.fault,
                next: ending.0 == .failed ? Sample.morning + 300 : nil)
            return ("whk_1", attempt)
        }
    }

    private static let whole = explanation(
        of: .initiated(Sample.payment()), .bankSilent(sent: true), .payerReturned(.authorizationCode("the-proof")),
        .reported(BankReport(.settled, echo: Sample.draft().echo)))

    @Test("every step comes with its version, its state and the rule that fired")
    func steps() {
        let text = Self.whole.lines.joined(separator: "\n")
        for words in [
            "v2  bankChosen (deux-rives) -> initiating", "the intent is durable before the bank hears of it",
            "bankSilent", "nothing is assumed, the bank is asked again", "payerReturned",
            "only the bank's word moves a transfer", "now: settled, final", "correlation request-1",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(!text.contains("unknown to this release"))
    }

    @Test("every attempt to tell a webhook stands among the changes, by time")
    func told() {
        let text = Self.whole.lines.joined(separator: "\n")
        for words in [
            "#1  whk_1 told msg_\(Self.whole.transfer.id)_2 -> failed (503)", "-> failed (timedOut)",
            "tried again 2026-", "-> delivered (204)", "-> given_up (500)", "-> gone (410)",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(Self.whole.steps.map(\.at) == Self.whole.steps.map(\.at).sorted())
        #expect(Self.whole.svg.components(separatedBy: "whk_1 told").count == 6)
    }

    @Test("nothing personal and no secret stands in it", arguments: ["text", "drawing"])
    func masked(form: String) {
        let text = form == "text" ? Self.whole.lines.joined(separator: "\n") : Self.whole.svg
        for personal in [
            "Petit", "Jeanne", "account-jeanne", "012345", "240001", "FR76", "the-proof", "bank.example", "browser-of",
        ] { #expect(!text.contains(personal), "\(personal)") }
    }

    @Test("the drawing is XML with a row for each step")
    func drawing() {
        let records = Self.whole.steps.compactMap { step -> TransferRecord? in
            guard case .change(let record) = step else { return nil }
            return TransferRecord(
                version: record.version, event: record.event, detail: "a<b & c", state: record.state, at: record.at,
                correlation: record.correlation)
        }
        let svg = Explanation(transfer: Self.whole.transfer, records: records).svg
        #expect(svg.components(separatedBy: "a&lt;b &amp; c").count == records.count + 1)
        #expect(!svg.contains("a<b"))
    }

    private static let creation = [
        "create", "--gateway", "http://127.0.0.1:1", "--user", "camille", "--birth-name", "Exemple", "--given-names",
        "Camille", "--permit", "900417", "--amount", "25,50",
    ]

    @Test("each way to say it", arguments: [
        (["show", "T-1"], true), (["explain", "T-1", "--svg"], true), (["watch", "T-1"], true),
        (["list", "portail:jeanne"], true), (["show"], false), (["show", "a b"], false), (["list"], false),
        (["show", "T-1", "--svg"], false),
        (["force", "T-1", "acsc", "--mock-bank", "http://127.0.0.1:1"], true), (["force", "T-1", "acsc"], false),
        (["force", "T-1", "--mock-bank=http://127.0.0.1:1"], false), (["create"], false), (creation, true),
        (creation.dropLast(2) + ["--amount", "25,505"], false), (creation + ["--bank", "deux-rives"], false),
        (creation + ["--store", "x"], false), (["show", "T-1", "--store"], false), (["show", "T-1", "--store=x"], true),
        (["explain", "T-1", "T-2"], false),
    ])
    func options(words: [String], isUnderstood: Bool) {
        #expect(((try? TransfersOptions(words)) != nil) == isUnderstood)
    }
}

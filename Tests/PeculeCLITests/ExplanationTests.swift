import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculeCLI

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
        return Explanation(transfer: transfer, records: records)
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

    @Test("nothing personal and no secret stands in it", arguments: ["text", "drawing"])
    func masked(form: String) {
        let text = form == "text" ? Self.whole.lines.joined(separator: "\n") : Self.whole.svg
        for personal in [
            "Petit", "Jeanne", "account-jeanne", "012345", "240001", "FR76", "the-proof", "bank.example", "browser-of",
        ] { #expect(!text.contains(personal), "\(personal)") }
    }

    @Test("the drawing is XML with a row for each step")
    func drawing() throws {
        let svg = Explanation(transfer: Self.whole.transfer, records: Self.whole.records.map { record in
            TransferRecord(
                version: record.version, event: record.event, detail: "a<b & c", state: record.state, at: record.at,
                correlation: record.correlation)
        }).svg
        #expect(svg.components(separatedBy: "a&lt;b &amp; c").count == Self.whole.records.count + 1)
        #expect(!svg.contains("a<b"))
    }

    @Test("each way to say it", arguments: [
        (["show", "T-1"], true), (["explain", "T-1", "--svg"], true), (["watch", "T-1"], true),
        (["list", "portail:jeanne"], true), (["show"], false), (["show", "a b"], false), (["list"], false),
        (["show", "T-1", "--svg"], false), (["explain", "T-1", "T-2"], false),
    ])
    func options(words: [String], isUnderstood: Bool) {
        #expect(((try? TransfersOptions(words)) != nil) == isUnderstood)
    }
}

import Foundation
import Pecule
import PeculeHTTP
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// Each way in which real banks differ: a bank that has it, a transfer that is settled there, and what shows on the
/// wire that it was so.
@Suite struct VariantTests {
    typealias Calls = [Recorder.Call]

    struct Row: Sendable, CustomTestStringConvertible {
        let variant: String
        let bank: String
        let amount: String
        /// The verdict.
        let shows: @Sendable (Calls) -> Bool

        init(
            _ variant: String, _ bank: String, _ amount: String = "25,50", _ shows: @escaping @Sendable (Calls) -> Bool
        ) {
            (self.variant, self.bank, self.amount, self.shows) = (variant, bank, amount, shows)
        }

        var testDescription: String { "\(bank): \(variant)" }
    }

    @Test(arguments: flows + wire + orders + answers + berlinGroup)
    func isPlayedAndMastered(row: Row) async throws {
        let recorder = Recorder()
        let world = try await World(.handedOver) { recorder.listening(to: $0) }
        let begun = try await world.begin(at: row.bank, amount: row.amount, answering: world.answers(row.bank))
        _ = try await world.gateway.refresh(begun.id, by: world.data.payer.account)
        world.clock.skip(2)
        _ = try await world.gateway.refresh(begun.id, by: world.data.payer.account)
        try await world.answer(TransferSummary(try #require(world.store.transfer(begun.id))))
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == .settled)
        #expect(world.debits(of: transfer.id) == [transfer.order.amount.cents])
        #expect(row.shows(recorder.calls), "\(recorder.calls.map { "\($0.request.target) \($0.response.status)" })")
    }
}

// What is looked at.
extension [Recorder.Call] {
    var tokens: Self { filter { $0.request.path.hasSuffix("/oauth/token") } }
    var openings: Self {
        filter { call in
            let path = call.request.path
            return call.request.method == .post && (path.hasSuffix("-requests") || path.hasSuffix("-transfers"))
        }
    }
    var opening: Recorder.Call? { openings.last }
    var confirmations: Self {
        filter { $0.request.path.hasSuffix("confirmation") || $0.request.method == .put }
    }
    var questions: Self { filter { $0.request.method == .get && !$0.request.target.hasSuffix("/mock/banks") } }
    var payment: JSON? { questions.last?.answered["paymentRequest"] }

    func saw(_ status: String) -> Bool {
        contains {
            ($0.answered["paymentRequest"]?["paymentInformationStatus"] ?? $0.answered["transactionStatus"])
                == .string(status)
        }
    }

    func form(_ grant: String) -> URLForm? {
        tokens.compactMap { URLForm(body: $0.request.body) }.first { $0["grant_type"] == grant }
    }
}

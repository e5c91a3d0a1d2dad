import Foundation
import Pecule
import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Testing

@testable import PeculeCLI

/// The bank did it and the answer was lost, or never heard of it: one debit at most, and nothing is shown as failed
/// while it is not known.
@Suite struct LostMessageTests {
    /// Which message is lost.
    enum Step: String, CaseIterable, Sendable {
        case opening, start, metadata, code, confirmation

        func isTaken(at bank: MockBankProfile) -> Bool {
            let usesCode = bank.flow == .codeThenConfirm || bank.flow == .codeOnly
            return switch self {
            case .opening: true
            case .start: bank.berlinGroup?.isExplicit == true
            case .metadata: bank.berlinGroup != nil && usesCode
            case .code: usesCode
            case .confirmation: bank.confirmNow != nil
            }
        }

        func isMeant(_ request: HTTPRequest) -> Bool {
            let (path, method) = (request.path, request.method)
            return switch self {
            case .opening: method == .post && (path.hasSuffix("/payment-requests") || path.hasSuffix("-transfers"))
            case .start: method == .post && path.hasSuffix("/authorisations")
            case .metadata: path.hasSuffix("/oauth-authorization-server")
            case .code: String(decoding: request.body, as: UTF8.self).contains("authorization_code")
            case .confirmation: path.hasSuffix("confirmation") || method == .put
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let bank: String
        let loss: LossyTransport.Loss
        let step: Step
        /// The verdict; one debit or none follows from it.
        let state: TransferState

        var testDescription: String { "\(bank): \(loss.rawValue) of \(step.rawValue) lost → \(state)" }
    }

    static let rows: [Row] = MockBankProfile.all.flatMap { bank in
        Step.allCases.filter { $0.isTaken(at: bank) }.flatMap { step in
            LossyTransport.Loss.allCases.map { loss in
                Row(bank: bank.id, loss: loss, step: step, state: verdict(bank, loss, step))
            }
        }
    }

    private static func verdict(
        _ bank: MockBankProfile, _ loss: LossyTransport.Loss, _ step: Step
    ) -> TransferState {
        // A code is exchanged once: without an answer nothing can confirm any more, and nothing is debited.
        if step == .code, bank.flow == .codeThenConfirm { return .failed(.expired) }
        // The telephone never rang, and there is no authorisation that could tell why nothing came of it.
        if step == .start, loss == .request, bank.flow == .decoupled {
            return .failed(.rejected(RejectionReason("MS03")))
        }
        return .settled
    }

    @Test(arguments: rows)
    func endsWithOneDebitAtMost(row: Row) async throws {
        let world = try await World(.handedOver)
        world.faults.lose(row.loss) { row.step.isMeant($0) }
        let begun = try await world.open(at: row.bank)
        try await world.answer(begun)
        #expect(world.faults.isSpent)
        #expect(world.store.transfer(begun.id)?.state.isFinal == false, "not known yet")

        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == row.state)
        #expect(world.debits(of: transfer.id) == (row.state == .settled ? [2550] : []))
        #expect(world.bank.payments().count == 1)
    }
}

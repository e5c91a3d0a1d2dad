import Pecule
import PeculeHTTP
import Testing

@testable import PeculeCLI

// What does not end well, in each bank's own way.
extension VariantTests {
    struct Ending: Sendable, CustomTestStringConvertible {
        enum Cause: Sendable {
            /// The portal withdraws what nobody has approved.
            case cancelled
            case refusedByPayer
            /// An account that the bank does not hold is to be debited.
            case foreignAccount(String)
        }

        let variant: String
        let bank: String
        let cause: Cause
        /// The verdicts.
        let state: TransferState
        let shows: @Sendable (Calls, _ returns: [String]) -> Bool

        init(
            _ variant: String, _ bank: String, _ cause: Cause, _ state: TransferState,
            _ shows: @escaping @Sendable (Calls, _ returns: [String]) -> Bool
        ) {
            (self.variant, self.bank, self.cause, self.state, self.shows) = (variant, bank, cause, state, shows)
        }

        var testDescription: String { "\(bank): \(variant)" }
    }

    static let cancellations = [
        Ending("cancelled by PUT with RJCT", "deux-rives", .cancelled, .failed(.cancelled)) { calls, _ in
            withdrawal(calls)?["paymentInformationStatus"] == "RJCT"
        },
        Ending("cancelled by PUT with CANC", "phare", .cancelled, .failed(.cancelled)) { calls, _ in
            withdrawal(calls)?["paymentInformationStatus"] == "CANC"
        },
        Ending("… on the instruction too, the approach given back", "colline", .cancelled, .failed(.cancelled)) {
            calls, _ in
            withdrawal(calls)?["creditTransferTransaction"]?[0]?["transactionStatus"] == "CANC"
                && withdrawal(calls)?["supplementaryData"]?["appliedAuthenticationApproach"] == "REDIRECT"
        },
        Ending("cancelled by DELETE (204)", "rhin", .cancelled, .failed(.cancelled)) { calls, _ in
            calls.contains { $0.request.method == .delete && $0.response.status == 204 }
        },
        Ending("cancelled by DELETE, the payer has to agree (202)", "escaut", .cancelled, .awaitingApproval) {
            calls, _ in
            calls.contains { $0.request.method == .delete && $0.response.status == 202 }
                && calls.contains { $0.request.path.hasSuffix("/cancellation-authorisations") }
        },
        Ending("nothing is cancelled (STET)", "estuaire", .cancelled, .awaitingApproval) { calls, _ in
            calls.allSatisfy { $0.request.method != .put }
        },
        Ending("nothing is cancelled (Berlin Group)", "meuse", .cancelled, .awaitingApproval) { calls, _ in
            calls.allSatisfy { $0.request.method != .delete }
        },
    ]

    static let refusals = [
        refusal("a sentence with 400", "colline", "FR7699921000990000000000737", "FF01") { $0.response.status == 400 },
        refusal("a sentence in French with 403", "estuaire", "FR7699923000990000000000753", "AC01") {
            $0.response.status == 403 && $0.answered["message"]?.string?.hasPrefix("Le compte à débiter") == true
        },
        refusal("tppMessages", "lemanique", "FR7699912000990000000000762", "FORMAT_ERROR") {
            $0.answered["tppMessages"]?[0]?["code"] == "FORMAT_ERROR"
        },
        refusal("problem details", "rhin", "FR7699911000990000000000754", "FORMAT_ERROR") {
            $0.response.fields["Content-Type"] == "application/problem+json"
                && $0.answered["detail"] == "debtorAccount.iban is no account of this bank"
        },
    ]

    /// - Parameter iban: well-formed, of that bank, and of nobody.
    private static func refusal(
        _ form: String, _ bank: String, _ iban: String, _ code: String,
        _ shows: @escaping @Sendable (Recorder.Call) -> Bool
    ) -> Ending {
        Ending("a refusal as \(form)", bank, .foreignAccount(iban), .failed(.rejected(RejectionReason(code)))) {
            calls, _ in
            calls.opening.map(shows) == true
        }
    }

    static let returns = [
        Ending("an error at the return: access_denied", "sillage", .refusedByPayer, .failed(.deniedByPayer)) {
            $1.count == 1 && $1[0].contains("error=access_denied")
        },
        Ending("an error at the return: invalid_request", "verger", .refusedByPayer, .failed(.deniedByPayer)) {
            $1.count == 1 && $1[0].contains("error=invalid_request")
        },
    ]

    @Test(arguments: cancellations + refusals + returns)
    func endsInTheBanksOwnWay(row: Ending) async throws {
        let recorder = Recorder()
        let world = try await World(.handedOver) { recorder.listening(to: $0) }
        var answers = world.answers(row.bank)
        if case .foreignAccount(let iban) = row.cause { answers["debtor_iban"] = iban }
        let begun = try await world.begin(at: row.bank, answering: answers)
        switch row.cause {
        case .foreignAccount: break
        case .cancelled: _ = try? await world.gateway.cancel(begun.id, by: world.data.payer.account)
        case .refusedByPayer: try await world.answer(begun, .refused)
        }
        #expect(world.store.transfer(begun.id)?.state == row.state)
        #expect(world.debits(of: begun.id).isEmpty)
        #expect(row.shows(recorder.calls, world.returns), "\(recorder.calls.map(\.json)) \(world.returns)")
    }

    private static func withdrawal(_ calls: Calls) -> JSON? { calls.last { $0.request.method == .put }?.sent }
}

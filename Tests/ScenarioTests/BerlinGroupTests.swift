import Foundation
import Pecule
import PeculeHTTP
import PeculeMockBank
import Testing

@testable import PeculeCLI

/// The banks that speak Berlin Group's standard, from the question for the account to the ledger.
@Suite struct BerlinGroupTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let bank: String
        let ending: DemoOutcome
        /// The verdict.
        let state: TransferState

        var testDescription: String { "\(bank), \(ending.rawValue) → \(state)" }
    }

    /// No message of the standard tells a refusal, a lock and an expiry apart.
    static let rejected = TransferState.failed(.rejected(RejectionReason("MS03")))
    static let rows: [Row] = ["rhin", "lemanique", "ardennes", "meuse"].flatMap { bank -> [Row] in
        let closedTab: TransferState = bank == "lemanique" || bank == "ardennes" ? rejected : .settled
        return [
            Row(bank: bank, ending: .settled, state: .settled),
            Row(bank: bank, ending: .refused, state: rejected),
            Row(bank: bank, ending: .wrongCode, state: rejected),
            Row(bank: bank, ending: .insufficientFunds, state: .failed(.rejected(.insufficientFunds))),
            Row(bank: bank, ending: .expired, state: rejected),
            Row(bank: bank, ending: .closedTab, state: closedTab),
        ]
    }

    @Test(arguments: rows)
    func endsAsThePayerAndTheBankDecide(row: Row) async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        let login = Demo.login(for: row.ending)
        let begun = try await world.begin(at: row.bank, answering: Self.answers(world, row.bank, login))
        var payer = world.payer(login)
        payer.refuses = row.ending == .refused
        payer.mistypes = row.ending == .wrongCode
        payer.leavesBefore = row.ending == .closedTab ? world.address.text : nil
        _ = try await payer.walk(from: try Self.link(begun))
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == row.state)
        #expect(transfer.alarm.isEmpty && transfer.choice?.answers.isEmpty == true)
        #expect(world.debits(of: transfer) == (row.state == .settled ? [2550] : []))
    }

    @Test(arguments: MockBankProfile.berlinGroup.map(\.id))
    func theBankAsksForTheAccountFirst(bank: String) async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        await #expect { _ = try await world.begin(at: bank) } throws: { error in
            guard case .bankNeeds(let problems)? = error as? PeculeError else { return false }
            return problems.all.contains { $0.question == .debtorIBAN && $0.reason == .missing }
        }
        #expect(world.bank.payments().isEmpty)
    }

    /// The answers of the telephone, and nothing.
    static let telephone: [(answer: String?, login: String, state: TransferState)] = [
        ("approve", "camille", .settled), ("refuse", "camille", rejected), (nil, "camille", rejected),
        ("approve", "noe", .failed(.rejected(.insufficientFunds))),
    ]

    @Test(arguments: telephone)
    func onTheTelephone(answer: String?, login: String, state: TransferState) async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        let begun = try await world.begin(at: "escaut", answering: Self.answers(world, "escaut", login))
        guard case .approve(.decoupled(let message?, _)) = begun.outcome else {
            Issue.record("no telephone: \(begun.state)")
            return
        }
        #expect(message == "Validez le paiement dans votre application bancaire.")
        if let answer { #expect(try await Self.say(answer, login, world) == 303) }
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == state)
        #expect(world.debits(of: transfer) == (state == .settled ? [2550] : []))
        #expect(try await Self.say("approve", login, world) == 404, "too late")
        #expect(world.debits(of: transfer) == (state == .settled ? [2550] : []))
    }

    @Test(arguments: [("20,00", "instant-sepa-credit-transfers"), ("20,01", "sepa-credit-transfers")])
    func instantAsFarAsTheBankDoesIt(amount: String, product: String) async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        let answers = Self.answers(world, "meuse", "camille")
        let begun = try await world.begin(at: "meuse", amount: amount, answering: answers)
        #expect(begun.payment?.memo.revealed.split(separator: "&").contains("product=\(product)") == true)
        var payer = world.payer()
        _ = try await payer.walk(from: try Self.link(begun))
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == .settled)
        #expect(world.debits(of: transfer) == [begun.order.amount.cents])
        #expect(world.bank.payments().count == 1)
    }

    @Test func aCancellationAtOnce() async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        let begun = try await world.begin(at: "rhin", answering: Self.answers(world, "rhin", "camille"))
        let cancelled = try await world.gateway.cancel(begun.id, by: world.data.payer.account)
        #expect(cancelled.state == .failed(.cancelled))
    }

    @Test func aCancellationThatThePayerHasToAgreeTo() async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        let begun = try await world.begin(at: "escaut", answering: Self.answers(world, "escaut", "camille"))
        await #expect(throws: PeculeError.notNow(.awaitingApproval)) {
            _ = try await world.gateway.cancel(begun.id, by: world.data.payer.account)
        }
        #expect(try await Self.say("cancel", "camille", world) == 303)
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == .failed(.cancelled))
        #expect(world.debits(of: transfer) == [])
    }

    struct Lost: Sendable, CustomTestStringConvertible {
        let bank: String
        let method: HTTPMethod
        let path: String
        let loss: LossyTransport.Loss

        var testDescription: String { "\(bank): \(loss.rawValue) of \(method) …\(path) lost" }
    }

    static let losses: [Lost] = LossyTransport.Loss.allCases.flatMap { loss in
        [
            Lost(bank: "rhin", method: .post, path: "sepa-credit-transfers", loss: loss),
            Lost(bank: "lemanique", method: .post, path: "sepa-credit-transfers", loss: loss),
            Lost(bank: "lemanique", method: .get, path: "oauth-authorization-server", loss: loss),
            Lost(bank: "ardennes", method: .post, path: "sepa-credit-transfers", loss: loss),
            Lost(bank: "ardennes", method: .post, path: "/authorisations", loss: loss),
            Lost(bank: "meuse", method: .post, path: "sepa-credit-transfers", loss: loss),
        ]
    }

    @Test(arguments: losses)
    func aLostMessageAtTheOpeningEndsWithOneDebit(row: Lost) async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        world.faults.lose(row.loss, of: row.method, to: row.path)
        let answers = Self.answers(world, row.bank, "camille")
        await #expect(throws: PeculeError.self) { _ = try await world.begin(at: row.bank, answering: answers) }
        #expect(world.faults.isSpent)
        let begun = world.store.history(of: world.data.payer.account, since: .distantPast, after: nil, limit: 1)
        let id = try #require(begun.first?.id)
        world.clock.skip(30)
        try await Sweeper(world.gateway).sweep()
        var payer = world.payer()
        _ = try await payer.walk(from: try Self.link(try #require(world.store.transfer(id))))
        let transfer = try await world.sweepUntilFinal(id)
        #expect(transfer.state == .settled)
        #expect(world.debits(of: transfer) == [2550])
        #expect(world.bank.payments().count == 1)
    }

    @Test(arguments: LossyTransport.Loss.allCases)
    func aLostConfirmationEndsWithOneDebit(loss: LossyTransport.Loss) async throws {
        for bank in ["lemanique", "ardennes"] {
            let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
            let begun = try await world.begin(at: bank, answering: Self.answers(world, bank, "camille"))
            let memo = try #require(begun.payment?.memo.revealed)
            world.faults.lose(loss, of: .put, to: String(memo.suffix(32)))
            var payer = world.payer()
            _ = try await payer.walk(from: try Self.link(begun))
            #expect(world.faults.isSpent)
            let transfer = try await world.sweepUntilFinal(begun.id)
            #expect(transfer.state == .settled)
            #expect(world.debits(of: transfer) == [2550])
        }
    }

    /// Whether the telephone rang is not known: the payment is, and its end is the bank's word.
    @Test(arguments: zip(LossyTransport.Loss.allCases, [rejected, .settled]))
    func aLostStartOnTheTelephone(loss: LossyTransport.Loss, state: TransferState) async throws {
        let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup)
        world.faults.lose(loss, of: .post, to: "/authorisations")
        let begun = try await world.begin(at: "escaut", answering: Self.answers(world, "escaut", "camille"))
        #expect(world.faults.isSpent && begun.state == .awaitingApproval)
        #expect(try await Self.say("approve", "camille", world) == (state == .settled ? 303 : 404))
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == state)
        #expect(world.debits(of: transfer) == (state == .settled ? [2550] : []))
    }

    static func answers(_ world: World, _ bank: String, _ login: String) -> [String: String] {
        let account = world.bank.accounts().first { $0.bank == bank && $0.owner == login }
        return ["debtor_iban": account?.iban ?? "", "psu_id": login]
    }

    private static func link(_ transfer: Transfer) throws -> String {
        guard case .approve(.redirect(let link, _)) = transfer.outcome else { throw CocoaError(.coderValueNotFound) }
        return link
    }

    /// What the customer presses on the telephone, for the newest payment.
    private static func say(_ answer: String, _ login: String, _ world: World) async throws -> Int {
        let id = world.bank.payments().last?.id ?? ""
        let request = HTTPRequest(.post, "http://127.0.0.1:1001/escaut/phone/\(login)/\(id)/\(answer)")
        return try await world.payerTransport.send(request, within: HTTPLimits()).status
    }
}

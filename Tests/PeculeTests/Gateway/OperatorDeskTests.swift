import Foundation
import Pecule
import Testing

@Suite struct OperatorDeskTests {
    private static let otherAmount = Sample.echo(of: Sample.order(), amount: Sample.amount(4_251))

    private static func codes(_ world: World) async throws -> [String] {
        try await OperatorDesk(world.gateway).entries().flatMap(\.cases).map(\.code)
    }

    @Test func aTransferThatGoesWellIsNoCase() async throws {
        let world = World()
        try await world.underway()
        #expect(try await Self.codes(world) == [])
        world.bank.says(.settled)
        try await world.sweep()
        #expect(try await Self.codes(world) == [])
    }

    /// An amount that differs stays a case after the bank has come to its senses, until somebody has looked.
    @Test func anAmountThatDiffers() async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.ask, .echoing(Self.otherAmount))
        try await world.sweep()
        world.bank.says(.settled)
        try await world.sweep()
        #expect(world.kept().state == .settled)
        #expect(try await Self.codes(world) == ["echo_differs"])
        _ = try await OperatorDesk(world.gateway).review(Sample.id("T-1"))
        #expect(try await Self.codes(world) == [])
        #expect(world.kept().state == .settled)
    }

    /// What two words of the bank make of a transfer, and what an operator reads.
    @Test(arguments: [
        (.settled, .rejected(.insufficientFunds), "settled", "settled, then rejected AM04"),
        (.settled, .cancelled, "settled", "settled, then cancelled"),
        (.rejected(.insufficientFunds), .settled, "failed", "failed (rejected.AM04), then settled"),
        (.expired, .settled, "failed", "failed (expired), then settled"),
        (.executing, .denied, "failed", "executing, then denied"),
        (.executing, .expired, "failed", "executing, then expired"),
        (.executing, .rejected(.insufficientFunds), "failed", nil),
        (.rejected(.insufficientFunds), .expired, "failed", nil),
        (.settled, .executing, "settled", nil),
    ] as [(BankReport.Status, BankReport.Status, String, String?)])
    func aBankThatContradictsItself(
        _ first: BankReport.Status, _ then: BankReport.Status, state: String, words: String?
    ) throws {
        var transfer = Situation.awaiting.transfer
        for status in [first, then] {
            let report = BankReport(status, echo: Sample.echo(of: transfer.order))
            _ = try transfer.apply(.reported(report), at: Situation.start + 1, patience: Situation.patience)
        }
        #expect(transfer.state.name == state)
        #expect(transfer.cases(unansweredBefore: .distantPast) == (words.map { [.contradiction($0)] } ?? []))
        #expect(transfer.needsOperator == (words != nil))
    }

    /// A budget of twelve calls: then nobody asks, the payer's page shows what is known, and an operator has a case.
    @Test func theBudgetOfCallsIsSpent() async throws {
        var patience = Patience()
        patience.requests = 12
        let world = World(patience: patience)
        try await world.underway()
        try await world.sweep(times: 40)
        #expect(world.bank.calls.count == 12)
        #expect(world.kept().deadline == nil)
        #expect(try await Self.codes(world) == ["requests_spent"])
        try await world.refresh()
        await #expect(throws: PeculeError.notNow(.awaitingApproval)) { try await world.cancel() }
        #expect(world.bank.calls.count == 12)

        world.bank.says(.settled)
        _ = try await OperatorDesk(world.gateway).review(Sample.id("T-1"))
        try await world.sweep()
        #expect(world.kept().state == .settled)
        #expect(try await Self.codes(world) == [])
    }

    /// A payer who comes back with his proof is heard although the budget is spent.
    @Test func aProofIsTakenAfterTheBudgetIsSpent() async throws {
        var patience = Patience()
        patience.requests = 3
        let world = World(ScriptedBank(expects: .authorizationCode), patience: patience)
        try await world.underway()
        try await world.sweep(times: 10)
        #expect(world.kept().deadline == nil)
        #expect(try await world.resume("T-1", "&code=xyz").state == .settled)
    }

    /// Opening a payment is repeated no more often either.
    @Test func openingIsPartOfTheBudget() async throws {
        var patience = Patience()
        patience.requests = 4
        let world = World(patience: patience)
        try await world.draft()
        world.bank.next(.initiate, .lost, .lost, .lost, .lost, .lost)
        await #expect(throws: PeculeError.self) { try await world.begin() }
        try await world.sweep(times: 10)
        #expect(world.bank.count(.initiate) == 4)
        #expect(try await Self.codes(world) == ["requests_spent", "bank_silent"])
        _ = try await OperatorDesk(world.gateway).review(Sample.id("T-1"))
        try await world.sweep(times: 2)
        #expect(world.kept().state == .awaitingApproval)
    }

    @Test func aBankThatIsSilentForAnHour() async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.ask, .lost)
        try await world.refresh()
        #expect(try await Self.codes(world) == [])
        world.clock.advance(3_599)
        #expect(try await Self.codes(world) == [])
        world.clock.advance(1)
        #expect(try await Self.codes(world) == ["bank_silent"])
        try await Sweeper(world.gateway).sweep()
        #expect(try await Self.codes(world) == [])
    }

    @Test func reviewingWhatIsNotUnusualChangesNothing() async throws {
        let world = World()
        try await world.underway()
        let begun = world.kept()
        #expect(try await OperatorDesk(world.gateway).review(begun.id) == begun)
        await #expect(throws: PeculeError.unknownTransfer) {
            try await OperatorDesk(world.gateway).review(Sample.id("T-9"))
        }
    }
}

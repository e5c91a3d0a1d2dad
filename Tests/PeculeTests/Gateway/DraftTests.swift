import Pecule
import Testing

@Suite(.timeLimit(.minutes(1))) struct DraftTests {
    @Test func keepsWhatWasAsked() async throws {
        let world = World()
        let transfer = try await world.draft()
        #expect(transfer.state == .drafted)
        #expect(transfer.version == 1)
        #expect(transfer.outcome == .chooseBank)
        #expect(transfer.payeeName == Sample.payee.name)
        #expect(transfer.draftedAt == world.clock.now)
        let order = world.kept().order
        #expect(order.payee == Sample.payee)
        #expect(order.remittance.revealed == "ECROU 012345 PETIT EMILE JEAN")
        #expect(order.endToEndID == "T-1")
        #expect(world.shown() == transfer)
        #expect(world.bank.calls.isEmpty)
    }

    @Test func theSameIDWithTheSameDetailsIsTheSameTransfer() async throws {
        let world = World()
        let first = try await world.draft()
        world.clock.advance(600)
        #expect(try await world.draft() == first)
        let begun = try await world.begin()
        #expect(try await world.draft() == begun)
    }

    @Test func aDraftStaysTheSameWhenThePermitIsGone() async throws {
        let world = World()
        let first = try await world.draft()
        world.store.put(Sample.permit(status: .withdrawn))
        #expect(try await world.draft() == first)
    }

    /// What the second request asks under the same id, and the fields that the conflict names.
    @Test(arguments: [
        (Sample.payer, "240001", 4_251, [.amount]),
        (Sample.payer, "240002", 4_250, [.permit]),
        (Sample.payer, "240002", 1, [.permit, .amount]),
        (Sample.stranger, "240001", 4_250, [.payer]),
        (Sample.stranger, "240002", 1, [.payer]),
    ] as [(Payer, String, Int, [OrderField])])
    func otherDetails(_ payer: Payer, _ permit: String, _ cents: Int, conflict: [OrderField]) async throws {
        let world = World()
        let first = try await world.draft()
        let number = try #require(PermitNumber(permit))
        await #expect(throws: PeculeError.conflict(conflict)) {
            try await world.gateway.draft(
                Sample.id("T-1"), payer: payer, permit: number, amount: Sample.amount(cents))
        }
        #expect(world.shown() == first)
    }

    @Test func aHundredAtOnceAreOneTransfer() async throws {
        let world = World()
        let other = World(through: { _ in world.store })
        let drafts = try await inParallel(100) { try await ($0.isMultiple(of: 2) ? world : other).draft() }
        #expect(Set(drafts).count == 1)
    }

    /// What stands in the store, who asks, and the answer; nil is a draft.
    @Test(arguments: [
        (Sample.permit(), Sample.payer, nil),
        (nil, Sample.payer, .permit(.unknown)),
        (Sample.permit(), Sample.stranger, .permit(.unknown)),
        (Sample.permit(registeredBy: nil), Sample.payer, .permit(.notRegistered)),
        (Sample.permit(status: .suspended), Sample.payer, .permit(.notActive(.suspended))),
        (Sample.permit(status: .suspended), Sample.stranger, .permit(.unknown)),
    ] as [(VisitPermit?, Payer, PeculeError?)])
    func permits(_ permit: VisitPermit?, _ payer: Payer, answer: PeculeError?) async throws {
        let world = World()
        if let permit { world.store.put(permit) }
        let number = permit == nil ? try #require(PermitNumber("999999")) : Sample.permitNumber
        let error = await refusal {
            try await world.gateway.draft(
                Sample.id("T-1"), payer: payer, permit: number, amount: Sample.amount(4_250))
        }
        #expect(error == answer)
        #expect((world.store.transfer(Sample.id("T-1")) == nil) == (answer != nil))
    }

    @Test func establishments() async throws {
        let world = World()
        world.store.put(Sample.establishment(acceptsTransfers: false))
        await #expect(throws: PeculeError.permit(.establishmentClosed)) { try await world.draft() }
    }

    /// Caps in cents, the amount asked, and the answer; nil is a draft.
    @Test(arguments: [
        (nil, nil, 99_999_999_999, nil),
        (15_000, nil, 15_000, nil),
        (15_000, nil, 15_001, .overCap(Sample.amount(15_000))),
        (nil, 20_000, 20_001, .overCap(Sample.amount(20_000))),
        (15_000, 20_000, 15_001, .overCap(Sample.amount(15_000))),
        (30_000, 20_000, 20_001, .overCap(Sample.amount(20_000))),
    ] as [(Int?, Int?, Int, PeculeError?)])
    func caps(_ perTransfer: Int?, _ perMonth: Int?, _ cents: Int, answer: PeculeError?) async {
        let cap = TransferCap(perTransfer: perTransfer.map(Sample.amount), perMonth: perMonth.map(Sample.amount))
        let world = World(cap: cap)
        let error = await refusal { try await world.draft(cents: cents) }
        #expect(error == answer)
    }
}

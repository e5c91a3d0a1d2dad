import Foundation
import Pecule
import Testing

@Suite(.timeLimit(.minutes(1))) struct BeginTests {
    @Test func opensThePaymentAtTheBank() async throws {
        let world = World()
        try await world.draft()
        let begun = try await world.begin()
        #expect(begun.state == .awaitingApproval)
        #expect(begun.outcome == .approve(.redirect(to: "https://bank.example/approve/1", expires: nil)))
        #expect(world.bank.trace == "initiate")
        #expect(world.bank.orders == [world.kept().order])
        #expect(world.bank.choices.map(\.returnState) == [world.kept().choice?.returnState])
        #expect(world.store.events(of: begun.id).map(\.event) == ["bankChosen", "initiated"])
        #expect(world.store.events(of: begun.id).map(\.version) == [2, 3])
    }

    /// The intent is durable before the bank hears of it.
    @Test func theIntentIsKeptFirst() async throws {
        let world = World()
        let gate = world.bank.hold(.initiate)
        try await world.draft()
        async let begun = world.begin()
        try await gate.arrival()
        #expect(world.kept().state == .initiating)
        #expect(world.kept().choice?.returnState == world.bank.choices[0].returnState)
        gate.open()
        #expect(try await begun.state == .awaitingApproval)
    }

    @Test func doubleClickAndReload() async throws {
        let world = World()
        let first = try await world.underway()
        #expect(try await world.begin() == first)
        #expect(world.bank.trace == "initiate")
    }

    /// Two gateways on one store, a hundred calls: one transfer, one call to the bank.
    @Test(arguments: [true, false])
    func aHundredAtOnceReachTheBankOnce(isHeld: Bool) async throws {
        let clock = ManualClock(sleep: .standsStill)
        let world = World(clock: clock)
        let other = World(world.bank, clock: clock, through: { _ in world.store })
        other.store.put(Sample.permit())
        try await world.draft()
        let gate = isHeld ? world.bank.hold(.initiate) : nil
        async let opened: Void = { [gate] in
            try await gate?.arrival()
            gate?.open()
        }()
        let begun = try await inParallel(100) { try await ($0.isMultiple(of: 2) ? world : other).begin() }
        try await opened
        #expect(world.bank.trace == "initiate")
        #expect(Set(begun.map(\.state)) == [.awaitingApproval])
    }

    /// What changed since the draft, and how the payer is told.
    @Test(arguments: [
        ("withdrawn permit", PeculeError.permit(.notActive(.withdrawn))),
        ("permit of another", .permit(.unknown)),
        ("closed establishment", .permit(.establishmentClosed)),
        ("person under the permit", .permit(.changed)),
        ("account of the establishment", .permit(.changed)),
        ("lower cap", .overCap(Sample.amount(4_249))),
        ("lower monthly cap", .overCap(Sample.amount(4_249))),
        ("unknown bank", .unknownBank),
        ("address", .returnAddressNotAllowed),
        ("another payer", .unknownTransfer),
        ("unknown transfer", .unknownTransfer),
        ("small bank", .bankLimits(Sample.amount(1)...Sample.amount(4_249))),
    ])
    func refused(_ change: String, answer: PeculeError) async throws {
        let small = ScriptedBank("petite", limits: Sample.amount(1)...Sample.amount(4_249))
        let world = World(others: [small])
        let drafted = try await world.draft()
        let cent = Sample.amount(4_249)
        switch change {
        case "withdrawn permit": world.store.put(Sample.permit(status: .withdrawn))
        case "permit of another": world.store.put(Sample.permit(holder: Sample.stranger.name))
        case "person under the permit": world.store.put(Sample.permit(detainee: Sample.otherDetainee))
        case "account of the establishment": world.store.put(Sample.establishment(payee: Sample.otherPayee))
        case "closed establishment": world.store.put(Sample.establishment(acceptsTransfers: false))
        case "lower cap": world.store.put(Sample.establishment(cap: TransferCap(perTransfer: cent)))
        case "lower monthly cap": world.store.put(Sample.establishment(cap: TransferCap(perMonth: cent)))
        default: break
        }
        let bank = ["unknown bank": "nulle-part", "small bank": "petite"][change] ?? "deux-rives"
        let address = try #require(ReturnAddress("https://evil.example/"))
        let error = await refusal {
            try await world.gateway.begin(
                Sample.id(change == "unknown transfer" ? "T-2" : "T-1"),
                by: change == "another payer" ? Sample.stranger.account : Sample.payer.account,
                at: Sample.bank(bank), from: Sample.browser,
                returningTo: change == "address" ? address : Sample.portal)
        }
        #expect(error == answer)
        #expect(world.shown() == drafted)
        #expect(world.bank.calls.isEmpty && small.calls.isEmpty)
    }

    @Test func anotherBankOnceTheFirstMayKnow() async throws {
        let world = World(others: [ScriptedBank("rivage")])
        let begun = try await world.underway()
        #expect(await refusal { try await world.begin(at: "rivage") } == .bankAlreadyChosen(Sample.bank("deux-rives")))
        #expect(world.shown() == begun)
    }

    @Test func anotherBankWhenTheFirstCertainlyDoesNot() async throws {
        let rivage = ScriptedBank("rivage")
        let world = World(others: [rivage])
        world.bank.next(.initiate, .fault(.unreachable))
        try await world.draft()
        #expect(await refusal { try await world.begin() } == .bank(.unreachable))
        #expect(world.kept().outcome == .chooseBank)
        let begun = try await world.begin(at: "rivage")
        #expect(begun.state == .awaitingApproval)
        #expect(begun.bank == Sample.bank("rivage"))
        #expect(rivage.trace == "initiate")
        // The return state of the first choice opens nothing any more.
        let stale = try #require(world.bank.choices.first).returnState.revealed
        let error = await refusal {
            try await world.gateway.resume(BankCallback(query: "state=\(stale)"), from: Sample.browser)
        }
        #expect(error == .returnRefused(.unknownState))
    }

    @Test func aFinishedTransferIsNotBegunAgain() async throws {
        let world = World()
        try await world.draft()
        let cancelled = try await world.cancel()
        #expect(try await world.begin() == cancelled)
        #expect(world.bank.calls.isEmpty)
        try await world.underway("T-2")
        world.bank.says(.settled)
        let settled = try await world.refresh("T-2")
        #expect(try await world.begin("T-2") == settled)
    }

    @Test func aRefusalByTheBankIsTheEnd() async throws {
        let world = World()
        world.bank.next(.initiate, .fault(.insufficientFunds))
        try await world.draft()
        #expect(try await world.begin().state == .failed(.rejected(.insufficientFunds)))
        #expect(try await world.begin().state == .failed(.rejected(.insufficientFunds)))
        #expect(world.bank.trace == "initiate")
    }

    /// A second request waits for the first one's answer and gives up when that is overdue.
    @Test func aSecondRequestTakesOverADeadCall() async throws {
        let world = World()
        let gate = world.bank.hold(.initiate)
        try await world.draft()
        async let first = world.begin()
        try await gate.arrival()
        async let second = world.begin()
        try await gate.arrival(of: 2)
        #expect(world.clock.now >= world.kept().order.draftedAt + world.patience.call)
        gate.open()
        #expect(try await [first.state, second.state] == [.awaitingApproval, .awaitingApproval])
        #expect(Set(world.bank.orders).count == 1)
        #expect(Set(world.bank.choices).count == 1)
    }
}

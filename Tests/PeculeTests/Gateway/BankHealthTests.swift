import Pecule
import Testing

@Suite(.timeLimit(.minutes(1))) struct BankHealthTests {
    private static let timeout = BankFault.outcomeUnknown(.init(.timeout))
    private static let unreachable = BankFault.notSent(.init(.unreachable))
    private static let noFunds = BankFault.refused(.insufficientFunds, .init(.misconfigured, status: 400))
    private static let oldToken = BankFault.notSent(.init(.unauthorised))

    /// How a bank's last calls ended, and whether another payer is sent there.
    @Test(arguments: [
        ([], "unknown", true),
        ([nil], "up", true),
        ([noFunds], "up", true),
        ([oldToken], "unknown", true),
        ([unreachable], "shaky", true),
        ([unreachable, timeout], "shaky", true),
        ([unreachable, timeout, unreachable], "down", false),
        ([unreachable, oldToken, unreachable, unreachable], "down", false),
        ([nil, unreachable, unreachable, unreachable], "down", false),
        ([unreachable, nil, nil, nil, nil, nil, nil], "up", true),
    ] as [([BankFault?], String, Bool)])
    func shown(_ calls: [BankFault?], _ expected: String, _ isOpen: Bool) async throws {
        let world = World()
        for fault in calls { await Self.call(world, fault) }
        #expect(try await Self.health(in: world) == expected)
        try await world.draft("NEXT")
        let answer = await Self.begin("NEXT", in: world)
        #expect((answer == .bankDown) == !isOpen)
        #expect(world.kept("NEXT").mayHaveReachedBank == isOpen)
        if !isOpen { #expect(!PeculeError.bankDown.moneyMayHaveMoved) }
    }

    /// After half a minute one payer tries; the others wait for what comes of it.
    @Test func oneTriesAfterTheRest() async throws {
        let world = World(clock: ManualClock(sleep: .standsStill))
        for _ in 0..<3 { await Self.call(world, Self.unreachable) }
        for id in ["A", "B", "C"] { try await world.draft(id) }
        world.clock.advance(29)
        #expect(await Self.begin("A", in: world) == .bankDown)
        world.clock.advance(1)
        world.bank.next(.initiate, .fault(Self.unreachable))
        #expect(await Self.begin("A", in: world) == .bank(Self.unreachable))
        #expect(await Self.begin("B", in: world) == .bankDown)
        world.clock.advance(30)
        #expect(await Self.begin("B", in: world) == nil)
        #expect(await Self.begin("C", in: world) == nil)
    }

    /// What recovers transfers asks on, and its answer opens the bank again.
    @Test func theSweeperFindsItUp() async throws {
        let world = World()
        try await world.underway("OPEN")
        for _ in 0..<3 { await Self.call(world, Self.unreachable) }
        try await world.draft("NEXT")
        #expect(await Self.begin("NEXT", in: world) == .bankDown)
        world.clock.set(try #require(world.kept("OPEN").deadline))
        try await Sweeper(world.gateway).sweep()
        #expect(await Self.begin("NEXT", in: world) == nil)
    }

    /// Five minutes later, or on a clock that was set back, it is not known.
    @Test(arguments: [(299.0, "down"), (300, "unknown"), (-1, "unknown")])
    func forgets(_ seconds: Double, _ expected: String) async throws {
        let world = World(clock: ManualClock(sleep: .standsStill))
        for _ in 0..<3 { await Self.call(world, Self.unreachable) }
        world.clock.advance(seconds)
        #expect(try await Self.health(in: world) == expected)
    }

    @Test func oneBankSaysNothingOfAnother() async throws {
        let world = World(others: [ScriptedBank("rivage")])
        for _ in 0..<3 { await Self.call(world, Self.unreachable) }
        #expect(try await Self.health(of: "rivage", in: world) == "unknown")
        try await world.draft("NEXT")
        #expect(try await world.begin("NEXT", at: "rivage").state == .awaitingApproval)
    }

    /// One call to the bank that ends so, of a transfer of its own.
    private static func call(_ world: World, _ fault: BankFault?) async {
        let id = "CALL-\(world.bank.calls.count)"
        guard (try? await world.draft(id, cents: 100)) != nil else { return }
        if let fault { world.bank.next(.initiate, .fault(fault)) }
        _ = await begin(id, in: world)
    }

    private static func begin(_ id: String, in world: World) async -> PeculeError? {
        do {
            try await world.begin(id)
            return nil
        } catch { return error as? PeculeError }
    }

    private static func health(of bank: String = "deux-rives", in world: World) async throws -> String {
        let listing = try #require(try await world.gateway.banks().first { $0.bank.id == Sample.bank(bank) })
        return switch listing.health {
        case .unknown: "unknown"
        case .up: "up"
        case .shaky: "shaky"
        case .down: "down"
        }
    }
}

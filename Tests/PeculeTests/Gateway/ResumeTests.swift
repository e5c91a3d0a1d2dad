import Pecule
import Testing

/// Returns from the bank: repeated, forged, late, early.
@Suite(.timeLimit(.minutes(1))) struct ResumeTests {
    private static func world(_ expects: ApprovalProof.Kind? = .authorizationCode) async throws -> World {
        let world = World(ScriptedBank(expects: expects))
        try await world.underway()
        world.bank.says(.approved)
        return world
    }

    @Test func unknownState() async throws {
        let world = try await Self.world()
        let query = "state=\(Sample.state("f").revealed)&code=xyz"
        let error = await refusal { try await world.gateway.resume(BankCallback(query: query), from: Sample.browser) }
        #expect(error == .returnRefused(.unknownState))
        #expect(world.kept().state == .awaitingApproval)
    }

    /// A link to the attacker's payment, finished by another browser.
    @Test func anotherBrowser() async throws {
        let world = try await Self.world()
        let error = await refusal { try await world.resume("T-1", "&code=xyz", from: Sample.otherBrowser) }
        #expect(error == .returnRefused(.otherBrowser))
        #expect(world.kept().state == .awaitingApproval)
        #expect(world.bank.trace == "initiate")
    }

    @Test(arguments: [0, 1])
    func aHundredReplaysConfirmOnce(_ pause: Double) async throws {
        let world = try await Self.world()
        for _ in 0..<100 {
            #expect(try await world.resume("T-1", "&code=xyz").state == .settled)
            world.clock.advance(pause)
        }
        #expect(world.bank.trace == "initiate, confirm with authorizationCode")
        #expect(try await world.resume("T-1", "&code=other").state == .settled)
        #expect(try await world.resume("T-1", "&error=access_denied").state == .settled)
        #expect(world.bank.calls.count == 2)
    }

    /// All of them found the transfer awaiting its approval; one of them confirms, or asks.
    @Test(arguments: [
        (ApprovalProof.Kind.authorizationCode, "&code=xyz", "initiate, confirm with authorizationCode"),
        (nil, "", "initiate, ask, confirm"),
    ] as [(ApprovalProof.Kind?, String, String)])
    func aHundredAtOnceConfirmOnce(_ expects: ApprovalProof.Kind?, _ parameters: String, trace: String) async throws {
        let world = try await Self.world(expects)
        let loaded = Gate()
        let crowd = World(world.bank, clock: world.clock, through: { _ in FaultyStore(world.store, loaded: loaded) })
        let state = try #require(world.kept().choice).returnState.revealed
        async let opened: Void = {
            try await loaded.arrival(of: 100)
            loaded.open()
        }()
        _ = try await inParallel(100) { _ in
            try await crowd.gateway.resume(BankCallback(query: "state=\(state)\(parameters)"), from: Sample.browser)
        }
        try await opened
        #expect(world.bank.trace == trace)
        #expect(world.kept().state == .settled)
    }

    /// What was approved when the bank was asked is not confirmed beside a confirmation that began since.
    @Test func aLateAnswerDoesNotConfirmTwice() async throws {
        let world = try await Self.world()
        let asked = world.bank.hold(.ask)
        async let refreshed = world.refresh()
        try await asked.arrival()
        let confirming = world.bank.hold(.confirm)
        async let resumed = world.resume("T-1", "&code=xyz")
        try await confirming.arrival()
        asked.open()
        #expect(try await !refreshed.state.isFinal)
        confirming.open()
        #expect(try await resumed.state == .settled)
        #expect(world.bank.count(.confirm) == 1)
    }

    /// What comes instead of the expected proof is asked about, not confirmed with.
    @Test(arguments: ["", "&psuAuthenticationFactor=xyz", "&error=access_denied", "&code="])
    func wrongProof(_ parameters: String) async throws {
        let world = try await Self.world()
        #expect(try await world.resume("T-1", parameters).state == .awaitingApproval)
        #expect(world.bank.trace == "initiate, ask")
        #expect(try await world.resume("T-1", "&code=xyz").state == .settled)
    }

    @Test func proofThatNobodyExpects() async throws {
        let world = try await Self.world(nil)
        #expect(try await world.resume("T-1", "&code=xyz").state == .settled)
        #expect(world.bank.trace == "initiate, ask, confirm")
    }

    /// The browser is faster than the answer to the opening call.
    @Test func beforeTheAnswerOfInitiateIsStored() async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        let gate = world.bank.hold(.initiate)
        try await world.draft()
        async let begun = world.begin()
        try await gate.arrival()
        let error = await refusal { try await world.resume("T-1", "&code=xyz") }
        #expect(error == .notNow(.initiating))
        #expect(error?.retry == .readAgain)
        gate.open()
        #expect(try await begun.state == .awaitingApproval)
        #expect(try await world.resume("T-1", "&code=xyz").state == .settled)
    }

    @Test(arguments: [0, 60, 86_400 * 30])
    func afterTheEnd(_ later: Double) async throws {
        let world = try await Self.world()
        let cancelled = try await world.cancel()
        #expect(cancelled.state == .failed(.cancelled))
        world.clock.advance(later)
        #expect(try await world.resume("T-1", "&code=xyz") == cancelled)
        #expect(world.bank.trace == "initiate, cancel")
    }
}

import Pecule
import Testing

/// The calls that each kind of bank sees on the way to a settled transfer.
@Suite(.timeLimit(.minutes(1))) struct FlowTests {
    @Test func simpleRedirect() async throws {
        let world = World()
        try await world.underway()
        world.bank.says(.settled)
        #expect(try await world.resume().state == .settled)
        #expect(world.bank.trace == "initiate, ask")
    }

    @Test func confirmationWithoutProof() async throws {
        let world = World()
        try await world.underway()
        world.bank.says(.approved)
        #expect(try await world.resume().state == .settled)
        #expect(world.bank.trace == "initiate, ask, confirm")
    }

    @Test(arguments: [
        (ApprovalProof.Kind.authorizationCode, "&code=xyz", "initiate, confirm with authorizationCode"),
        (.authenticationFactor, "&psuAuthenticationFactor=xyz", "initiate, confirm with authenticationFactor"),
    ])
    func proofThenConfirmation(_ kind: ApprovalProof.Kind, _ parameters: String, trace: String) async throws {
        let world = World(ScriptedBank(expects: kind))
        try await world.underway()
        world.bank.says(.approved)
        #expect(try await world.resume("T-1", parameters).state == .settled)
        #expect(world.bank.trace == trace)
        #expect(world.bank.calls.last?.proof?.revealed == "xyz")
    }

    @Test func theBankConfirmsByItself() async throws {
        let world = World()
        try await world.underway()
        world.bank.says(.executing)
        #expect(try await world.resume().state == .executing)
        #expect(world.kept().outcome == .underway)
        world.bank.says(.settled)
        #expect(try await world.refresh().state == .settled)
        #expect(world.bank.trace == "initiate, ask, ask")
    }

    /// A confirmation that leads on to execution: asked about until it is over.
    @Test func slowExecution() async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        try await world.underway()
        world.bank.onConfirmation(.executing)
        #expect(try await world.resume("T-1", "&code=xyz").state == .executing)
        #expect(try await world.refresh().state == .executing)
        world.bank.says(.settled)
        #expect(try await world.refresh().state == .settled)
        #expect(world.bank.trace == "initiate, confirm with authorizationCode, ask, ask")
    }

    /// What the bank says when the payer comes back, and how the transfer ends.
    @Test(arguments: [
        (BankReport.Status.denied, FailureReason.deniedByPayer),
        (.expired, .expired),
        (.cancelled, .cancelled),
        (.rejected(.insufficientFunds), .rejected(.insufficientFunds)),
        (.rejected(RejectionReason(nil)), .rejected(RejectionReason("MS03"))),
    ])
    func endings(_ status: BankReport.Status, reason: FailureReason) async throws {
        let world = World()
        try await world.underway()
        world.bank.says(status)
        let ended = try await world.resume("T-1", "&error=access_denied")
        #expect(ended.state == .failed(reason))
        #expect(ended.outcome == .failed(reason))
        #expect(!world.kept().reservesAllowance)
    }

    /// Pages that reload together do not flood the bank, though all of them found the same version.
    @Test func aHundredRefreshesAtOnceAskOnce() async throws {
        let world = World()
        try await world.underway()
        world.clock.advance(world.patience.freshness)
        let loaded = Gate()
        let crowd = World(world.bank, clock: world.clock, through: { _ in FaultyStore(world.store, loaded: loaded) })
        async let opened: Void = {
            try await loaded.arrival(of: 100)
            loaded.open()
        }()
        let seen = try await inParallel(100) { _ in
            try await crowd.gateway.refresh(Sample.id("T-1"), by: Sample.payer.account)
        }
        try await opened
        #expect(world.bank.count(.ask) == 1)
        #expect(Set(seen.map(\.state)) == [.awaitingApproval])
    }

    @Test func freshIsNotAskedAgain() async throws {
        let world = World()
        let begun = try await world.underway()
        #expect(try await world.gateway.refresh(Sample.id("T-1"), by: Sample.payer.account) == begun)
        #expect(world.bank.trace == "initiate")
    }

    @Test func refreshAfterTheClockWasSetBack() async throws {
        let world = World()
        try await world.underway()
        world.clock.advance(-3_600)
        world.bank.says(.settled)
        #expect(try await world.refresh().state == .settled)
    }

    @Test func refreshIsForThePayerAlone() async throws {
        let world = World()
        try await world.underway()
        for id in ["T-1", "T-2"] {
            let error = await refusal {
                try await world.gateway.refresh(Sample.id(id), by: Sample.stranger.account)
            }
            #expect(error == .unknownTransfer)
        }
    }
}

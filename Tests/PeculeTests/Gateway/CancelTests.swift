import Pecule
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancelTests {
    /// How far the transfer is, what becomes of it, and which calls the bank saw.
    @Test(arguments: [
        ("drafted", "failed", ""),
        ("not sent", "failed", "initiate"),
        ("awaiting", "failed", "initiate, cancel"),
        ("confirming", "refused", "initiate, ask, confirm"),
        ("executing", "refused", "initiate, ask"),
        ("settled", "settled", "initiate, ask"),
        ("failed", "failed", "initiate, ask"),
    ])
    func inEveryState(_ stage: String, becomes: String, trace: String) async throws {
        let world = World()
        try await world.draft()
        if stage == "not sent" { world.bank.next(.initiate, .fault(.unreachable)) }
        if stage != "drafted" { _ = await refusal { try await world.begin() } }
        let said: [String: BankReport.Status] = [
            "confirming": .approved, "executing": .executing, "settled": .settled, "failed": .denied,
        ]
        if stage == "confirming" { world.bank.next(.confirm, .lost) }
        if let status = said[stage] {
            world.bank.says(status)
            try await world.resume()
        }
        let before = world.kept()
        if becomes == "refused" {
            #expect(await refusal { try await world.cancel() } == .notNow(before.state))
            #expect(world.kept() == before)
        } else {
            #expect(try await world.cancel().state.name == becomes)
            if before.state.isFinal { #expect(world.kept() == before) }
        }
        #expect(world.bank.trace == trace)
    }

    /// The bank decides; a transfer that it does not let go of is no answer but an error.
    @Test(arguments: [
        (BankReport.Status.cancelled, TransferState.failed(.cancelled)),
        (.rejected(.insufficientFunds), .failed(.rejected(.insufficientFunds))),
        (.settled, .settled),
        (.executing, .executing),
        (.pending, .awaitingApproval),
    ])
    func theBankDecides(_ status: BankReport.Status, state: TransferState) async throws {
        let world = World()
        try await world.underway()
        world.bank.onCancellation(status)
        let error = await refusal { try await world.cancel() }
        #expect(error == (state.isFinal ? nil : .notNow(state)))
        #expect(world.kept().state == state)
        #expect(world.bank.trace == "initiate, cancel")
    }

    /// A bank that offers no cancellation: asked how it stands, and the payer can still go on.
    @Test func notOffered() async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.cancel, .fault(.refused(RejectionReason(nil), .init(.unsupported, status: 405))))
        #expect(await refusal { try await world.cancel() } == .notNow(.awaitingApproval))
        #expect(world.bank.trace == "initiate, cancel, ask")
        world.bank.says(.settled)
        #expect(try await world.resume().state == .settled)
    }

    /// Cancelling while the payer comes back approved: both reach the bank, and its word counts.
    @Test(arguments: [true, false])
    func racingWithTheConfirmation(isCancelledFirst: Bool) async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        try await world.underway()
        let (cancelling, confirming) = (world.bank.hold(.cancel), world.bank.hold(.confirm))
        async let cancelled = world.cancel()
        try await cancelling.arrival()
        async let resumed = world.resume("T-1", "&code=xyz")
        try await confirming.arrival()
        world.bank.onConfirmation(isCancelledFirst ? .cancelled : .settled)
        world.bank.onCancellation(isCancelledFirst ? .cancelled : .settled)
        (isCancelledFirst ? cancelling : confirming).open()
        let first = try await isCancelledFirst ? cancelled : resumed
        (isCancelledFirst ? confirming : cancelling).open()
        let second = try await isCancelledFirst ? resumed : cancelled
        #expect(first.state == (isCancelledFirst ? .failed(.cancelled) : .settled))
        #expect(second.state == first.state)
    }

    @Test func onlyThePayerCancels() async throws {
        let world = World()
        let begun = try await world.underway()
        let error = await refusal { try await world.gateway.cancel(Sample.id("T-1"), by: Sample.stranger.account) }
        #expect(error == .unknownTransfer)
        #expect(world.shown() == begun)
    }

    /// Cancelling a draft while it is being begun: one of them wins, and the bank hears of it only if it was begun.
    @Test func racingWithTheBeginning() async throws {
        for number in 0..<50 {
            let world = World()
            try await world.draft()
            async let begun = refusal { try await world.begin() }
            async let cancelled = refusal { try await world.cancel() }
            _ = await (begun, cancelled)
            let kept = world.kept()
            #expect(kept.mayHaveReachedBank == (world.bank.count(.initiate) == 1), "round \(number)")
            #expect(kept.state == .failed(.cancelled) || kept.state == .awaitingApproval, "round \(number)")
        }
    }
}

import Pecule
import Testing

/// A store that fails in the middle: nothing is lost, nobody is told that a transfer failed that did not.
@Suite(.timeLimit(.minutes(1))) struct StoreFaultTests {
    private static func world(_ failures: [Int: FaultyStore.Failure]) -> World {
        World(ScriptedBank(expects: .authorizationCode), through: { FaultyStore($0, failures: failures) })
    }

    /// Without a durable intent the bank is not called.
    @Test(arguments: [
        (FaultyStore.Failure.before(.unavailable("disk full")), false, "drafted"),
        (.before(.outcomeUnknown("connection lost")), true, "drafted"),
        (.after(.outcomeUnknown("connection lost")), true, "initiating"),
    ])
    func theIntentCannotBeKept(_ failure: FaultyStore.Failure, _ mayHaveMoved: Bool, state: String) async throws {
        let world = Self.world([1: failure])
        try await world.draft()
        let error = await refusal { try await world.begin() }
        #expect(error?.moneyMayHaveMoved == mayHaveMoved)
        #expect(world.bank.calls.isEmpty)
        #expect(world.kept().state.name == state)
        world.clock.advance(world.patience.call)
        #expect(try await world.begin().state == .awaitingApproval)
    }

    @Test func theOpenedPaymentCannotBeKept() async throws {
        let world = Self.world([2: .before(.unavailable("disk full"))])
        try await world.draft()
        let error = await refusal { try await world.begin() }
        #expect(error?.retry == .readAgain)
        #expect(world.kept().state == .initiating)
        world.clock.advance(world.patience.call)
        #expect(try await world.begin().state == .awaitingApproval)
        #expect(Set(world.bank.orders).count == 1)
    }

    /// The bank has executed, and that cannot be written down: this is not a failure that may be shown as one.
    @Test func theConfirmationCannotBeKept() async throws {
        let world = Self.world([4: .before(.unavailable("disk full"))])
        try await world.underway()
        let error = await refusal { try await world.resume("T-1", "&code=xyz") }
        #expect(world.bank.trace == "initiate, confirm with authorizationCode")
        #expect(error?.moneyMayHaveMoved == true)
        #expect(error?.retry == .readAgain)
        #expect(world.kept().state == .confirming(.authorizationCode("xyz")))
        try await world.sweep()
        #expect(world.kept().state == .settled)
    }

    /// A store that gives up with its caller: the intent is there, so the sweeper finds out.
    @Test func theCallerAndTheStoreGoAway() async throws {
        let world = Self.world([4: .whenCancelled])
        try await world.underway()
        let gate = world.bank.hold(.confirm)
        let task = Task { try await world.resume("T-1", "&code=xyz") }
        try await gate.arrival()
        task.cancel()
        _ = await task.result
        #expect(world.kept().state == .confirming(.authorizationCode("xyz")))
        gate.open()
        world.bank.says(.settled)
        try await world.sweep()
        #expect(world.kept().state == .settled)
    }
}

import Foundation
import Pecule
import Testing

@Suite(.timeLimit(.minutes(1))) struct SweeperTests {
    /// The payer closes the tab at the bank, after approving.
    @Test(arguments: [
        (BankReport.Status.settled, "initiate, ask"),
        (.approved, "initiate, ask, confirm"),
        (.executing, "initiate, ask, ask"),
    ])
    func closedTab(_ status: BankReport.Status, trace: String) async throws {
        let world = World()
        try await world.underway()
        world.bank.says(status)
        try await world.sweep()
        world.bank.says(.settled)
        try await world.sweep()
        #expect(world.kept().state == .settled)
        #expect(world.bank.trace == trace)
    }

    /// Approved, but only the browser could have brought the proof: the bank lets it expire.
    @Test func closedTabWithoutTheProof() async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        try await world.underway()
        world.bank.says(.approved)
        try await world.sweep(times: 3)
        #expect(world.kept().state == .awaitingApproval)
        world.bank.says(.expired)
        try await world.sweep()
        #expect(world.kept().state == .failed(.expired))
        #expect(world.bank.count(.confirm) == 0)
    }

    @Test func forgottenDraft() async throws {
        let world = World()
        try await world.draft()
        world.clock.advance(world.patience.draft - 1)
        try await Sweeper(world.gateway).sweep()
        #expect(world.kept().state == .drafted)
        world.clock.advance(1)
        #expect(try await Sweeper(world.gateway).sweep() == 1)
        #expect(world.kept().state == .failed(.abandoned))
        #expect(try await Sweeper(world.gateway).sweep() == 0)
        #expect(world.bank.calls.isEmpty)
    }

    /// The bank certainly never heard of it, and the payer does not try again: nobody sends it behind their back.
    @Test func unreachedBankAndNobodyThere() async throws {
        let world = World()
        world.bank.next(.initiate, .fault(.unreachable))
        try await world.draft()
        _ = await refusal { try await world.begin() }
        world.store.put(Sample.permit(status: .withdrawn))
        try await world.sweep(times: 10)
        #expect(world.kept().state == .failed(.abandoned))
        #expect(world.bank.trace == "initiate")
    }

    /// A bank that cannot be reached is asked less and less often, and never forgotten.
    @Test func backsOff() async throws {
        let world = World()
        try await world.underway()
        let start = world.clock.now
        world.bank.next(.ask, .fault(.unreachable), .lost, .fault(.unreachable), .lost, .fault(.unreachable), .lost)
        var asked: [TimeInterval] = []
        for _ in 0..<600 {
            world.clock.advance(1)
            let before = world.bank.count(.ask)
            try await Sweeper(world.gateway).sweep()
            if world.bank.count(.ask) > before { asked.append(world.clock.now.timeIntervalSince(start)) }
        }
        let waits = zip(asked, asked.dropFirst()).map { $1 - $0 }
        let longest = world.patience.approval.longest
        #expect(asked.first.map { (4...5).contains($0) } == true)
        #expect(waits.allSatisfy { $0 <= longest } && waits.count >= 6)
        // A wait is up to a quarter shorter than twice the one before, and no shorter than that once it is the longest.
        #expect(zip(waits, waits.dropFirst()).allSatisfy { $1 >= min($0, longest * 3 / 4) })
        #expect(world.kept().deadline.map { $0 <= world.clock.now + world.patience.longestWait } == true)
    }

    /// Forty overdue transfers, half of them at a bank that does not answer: the other half ends at once.
    @Test func oneSilentBankHoldsUpNoOther() async throws {
        let silent = ScriptedBank("silencieuse")
        let world = World(others: [silent])
        for number in 0..<20 { try await world.underway("S-\(number)", at: "silencieuse") }
        for number in 0..<20 { try await world.underway("T-\(number)") }
        let gate = silent.hold(.ask)
        let answered = world.bank.hold(.ask)
        world.bank.says(.settled)
        silent.says(.settled)
        world.clock.advance(world.patience.longestWait)
        async let swept = Sweeper(world.gateway).sweep()
        try await answered.arrival(of: 20)
        answered.open()
        try await gate.arrival(of: 20)
        gate.open()
        #expect(try await swept == 40)
        let states = (0..<20).flatMap { [world.kept("S-\($0)").state, world.kept("T-\($0)").state] }
        #expect(Set(states) == [.settled])
    }

    /// Sweeping goes on while a bank does not answer.
    @Test func aSilentBankDoesNotStopTheSweeping() async throws {
        let silent = ScriptedBank("silencieuse")
        let world = World(others: [silent])
        try await world.underway("S-1", at: "silencieuse")
        let (gate, reached) = (silent.hold(.ask), world.bank.hold(.ask))
        world.clock.advance(world.patience.longestWait)
        let running = Task { await Sweeper(world.gateway).run() }
        try await gate.arrival()
        try await world.underway("T-1")
        world.bank.says(.settled)
        world.clock.advance(world.patience.longestWait)
        try await reached.arrival()
        reached.open()
        gate.open()
        running.cancel()
        await running.value
    }

    /// Two sweepers on one store do no harm: each transfer is asked about once.
    @Test func twoSweepers() async throws {
        let world = World()
        for number in 0..<20 { try await world.underway("T-\(number)") }
        world.clock.advance(world.patience.longestWait)
        _ = try await inParallel(2) { _ in try await Sweeper(world.gateway).sweep() }
        #expect(world.bank.count(.ask) == 20)
    }

    /// More than one sweep takes: the longest overdue come first, and all of them come.
    @Test func manyOverdue() async throws {
        let world = World()
        for number in 0..<250 { try await world.draft("T-\(number)") }
        world.clock.advance(world.patience.draft)
        var looked: [Int] = []
        for _ in 0..<4 { looked.append(try await Sweeper(world.gateway).sweep()) }
        #expect(looked == [100, 100, 50, 0])
    }

    /// A bank at which hundreds of looks wait is given no more of them, and the others' transfers are looked at.
    @Test func aBankThatKeepsManyWaitingGetsNoMore() async throws {
        let silent = ScriptedBank("silencieuse")
        let world = World(others: [silent])
        for number in 0..<350 { try await world.underway("S-\(number)", at: "silencieuse") }
        world.clock.advance(1)
        for number in 0..<5 { try await world.underway("T-\(number)") }
        let gate = silent.hold(.ask)
        world.clock.advance(world.patience.approval.first)
        let sweeper = Sweeper(world.gateway)
        let held = Task { _ = try await inParallel(2) { _ in try await sweeper.sweep() } }
        try await gate.arrival(of: 200)
        #expect(try await sweeper.sweep() == 5)
        #expect(silent.count(.ask) == 200)
        #expect(world.bank.count(.ask) == 5)
        gate.open()
        try await held.value
        #expect(try await sweeper.sweep() == 100)
    }

    @Test func stopsWithItsTask() async throws {
        let world = World(clock: ManualClock(sleep: .standsStill))
        let running = Task { await Sweeper(world.gateway).run() }
        running.cancel()
        await running.value
    }
}

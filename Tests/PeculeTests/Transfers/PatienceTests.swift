import Foundation
import Testing

@testable import Pecule

@Suite struct PatienceTests {
    /// Waits before the attempts 0, 1, 2, …, as long as they may be.
    @Test(arguments: [
        (Situation.awaiting, [5, 10, 20, 40, 80, 120, 120]), (.opening, [5, 10, 20, 40, 80, 160, 300]),
        (.confirming, [5, 10, 20, 40, 80, 160, 300]), (.executing, [5, 10, 20, 40, 80, 160, 320]),
    ] as [(Situation, [TimeInterval])])
    func waitsDouble(_ situation: Situation, _ longest: [TimeInterval]) {
        for (attempt, most) in longest.enumerated() {
            let wait = Patience().wait(beforeAttempt: attempt, of: Sample.id("T-1"), in: situation.transfer.state)
            #expect((most * 3 / 4...most).contains(wait), "attempt \(attempt): \(wait)")
        }
        let last = Patience().wait(beforeAttempt: 1_000, of: Sample.id("T-1"), in: .executing)
        #expect((1_350...1_800).contains(last))
    }

    /// Transfers that failed together come back spread over a quarter of the wait, and each always at the same time.
    @Test func transfersDoNotComeBackTogether() {
        let waits = (0..<1_000).map { number in
            Patience().wait(beforeAttempt: 5, of: Sample.id("T-\(number)"), in: Situation.executing.transfer.state)
        }
        let again = Patience().wait(beforeAttempt: 5, of: Sample.id("T-7"), in: Situation.executing.transfer.state)
        #expect(waits[7] == again)
        let (early, late) = (waits.count { $0 < 140 }, waits.count { $0 >= 140 })
        #expect(early > 400 && late > 400)
        #expect(Set(waits).count > 30)
    }

    /// What a bank asked with `Retry-After`, and when it is asked again at the earliest.
    @Test(arguments: [
        (nil, 5...10), (1, 5...10), (90, 90...90), (3_600, 3_600...3_600), (86_400, 3_600...3_600), (-5, 5...10),
    ] as [(Int?, ClosedRange<TimeInterval>)])
    func retryAfter(_ seconds: Int?, _ wait: ClosedRange<TimeInterval>) async throws {
        let world = World()
        try await world.underway()
        let detail = BankFault.Detail(.tooManyRequests, retryAfter: seconds.map { .seconds($0) })
        world.bank.next(.ask, .fault(.notSent(detail)))
        try await world.refresh()
        #expect(wait.contains(try #require(world.kept().deadline).timeIntervalSince(world.clock.now)))
    }

    /// Reloading a page does not ask a bank that wants to be left alone; its time over, it is asked.
    @Test func aReloadingPageKeepsTheBanksRest() async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.ask, .fault(.notSent(.init(.tooManyRequests, retryAfter: .seconds(90)))))
        try await world.refresh()
        for _ in 0..<20 { try await world.refresh() }
        #expect(world.bank.count(.ask) == 1)
        world.clock.advance(90)
        try await world.refresh()
        #expect(world.bank.count(.ask) == 2)
    }

    /// A bank that brings its own patience is waited for by it; others are not.
    @Test func aBanksOwnPatience() async throws {
        var own = Patience()
        own.approval = Patience.Waits(first: 400, longest: 400)
        let slow = ScriptedBank("lente", patience: own)
        let world = World(others: [slow])
        try await world.underway("T-1")
        try await world.underway("T-2", at: "lente")
        let waits = try ["T-1", "T-2"].map { try #require(world.kept($0).deadline).timeIntervalSince(world.clock.now) }
        #expect((3...5).contains(waits[0]))
        #expect((300...400).contains(waits[1]))
    }
}

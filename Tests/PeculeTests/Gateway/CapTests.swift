import Foundation
import Pecule
import Testing

/// The monthly cap of an establishment: over all payers of one detained person, month by month in Paris.
@Suite(.timeLimit(.minutes(1))) struct CapTests {
    private static func world(perMonth cents: Int, clock: ManualClock = ManualClock()) -> World {
        World(cap: TransferCap(perMonth: Sample.amount(cents)), clock: clock)
    }

    /// Fifty at once, each of 40 euros, under a cap of 150: three pass, whatever the order.
    @Test func fiftyAtOnce() async throws {
        let world = Self.world(perMonth: 15_000)
        for number in 0..<50 { try await world.draft("T-\(number)", cents: 4_000) }
        let answers = try await inParallel(50) { number in await refusal { try await world.begin("T-\(number)") } }
        #expect(answers.count { $0 == nil } == 3)
        #expect(answers.count { $0 == .overMonthlyCap(left: Sample.amount(3_000)) } == 47)
        #expect(world.bank.count(.initiate) == 3)
        let reserved = (0..<50).map { world.kept("T-\($0)") }.filter(\.reservesAllowance)
        #expect(reserved.map(\.order.amount.cents).reduce(0, +) == 12_000)
    }

    @Test func theRestCanBeUsedToTheCent() async throws {
        let world = Self.world(perMonth: 15_000)
        try await world.underway("T-1", cents: 10_001)
        try await world.draft("T-2", cents: 5_000)
        #expect(await refusal { try await world.begin("T-2") } == .overMonthlyCap(left: Sample.amount(4_999)))
        try await world.underway("T-3", cents: 4_999)
        #expect(await refusal { try await world.begin("T-2") } == .overMonthlyCap(left: nil))
        #expect(world.kept("T-2").state == .drafted)
    }

    /// How the first transfer ends, and whether the whole cap is free again.
    @Test(arguments: [
        ("rejected", true),
        ("expired", true),
        ("cancelled", true),
        ("not sent", true),
        ("refused at once", true),
        ("pending", false),
        ("unknown", false),
        ("executing", false),
        ("settled", false),
    ])
    func givenBack(_ ending: String, isFree: Bool) async throws {
        let world = Self.world(perMonth: 15_000)
        try await world.draft("T-1", cents: 15_000)
        switch ending {
        case "not sent": world.bank.next(.initiate, .fault(.unreachable))
        case "refused at once": world.bank.next(.initiate, .fault(.insufficientFunds))
        case "unknown": world.bank.next(.initiate, .lost)
        default: break
        }
        _ = await refusal { try await world.begin("T-1") }
        let said: [String: BankReport.Status] = [
            "rejected": .rejected(.insufficientFunds), "expired": .expired, "executing": .executing,
            "settled": .settled,
        ]
        if let status = said[ending] {
            world.bank.says(status)
            try await world.refresh("T-1")
        }
        if ending == "cancelled" { try await world.cancel("T-1") }
        try await world.draft("T-2", cents: 15_000)
        #expect(await refusal { try await world.begin("T-2") } == (isFree ? nil : .overMonthlyCap(left: nil)))
    }

    /// When the first transfer is begun, when the second, and whether both fit under a cap for one.
    @Test(arguments: [
        ("2026-11-01 00:00", "2026-11-30 23:59", false),
        ("2026-11-30 23:59", "2026-12-01 00:00", true),
        ("2026-12-31 23:59", "2027-01-01 00:00", true),
        ("2026-03-01 00:00", "2026-03-31 23:59", false),
        ("2026-03-31 23:59", "2026-04-01 00:00", true),
        ("2026-10-01 00:00", "2026-10-31 23:59", false),
        ("2028-02-29 23:59", "2028-03-01 00:00", true),
        ("2026-11-15 12:00", "2027-11-15 12:00", true),
    ])
    func months(_ first: String, _ second: String, bothFit: Bool) async throws {
        let clock = ManualClock(paris(first))
        let world = Self.world(perMonth: 15_000, clock: clock)
        try await world.underway("T-1", cents: 15_000)
        clock.set(paris(second))
        try await world.draft("T-2", cents: 15_000)
        #expect(await refusal { try await world.begin("T-2") } == (bothFit ? nil : .overMonthlyCap(left: nil)))
    }

    @Test func aClockSetBackOpensNoNewMonth() async throws {
        let clock = ManualClock(paris("2026-12-01 00:01"))
        let world = Self.world(perMonth: 15_000, clock: clock)
        try await world.underway("T-1", cents: 15_000)
        clock.advance(-3_600)
        try await world.underway("T-2", cents: 15_000)
        clock.advance(3_600)
        try await world.draft("T-3", cents: 1)
        #expect(await refusal { try await world.begin("T-3") } == .overMonthlyCap(left: nil))
    }

    /// All payers together, but each detained person by itself.
    @Test func countsByDetainedPerson() async throws {
        let world = Self.world(perMonth: 15_000)
        let number = try #require(PermitNumber("240002"))
        func grant(to detainee: Detainee) {
            world.store.put(
                VisitPermit(
                    number: number, holder: Sample.stranger.name, detainee: detainee, status: .active,
                    registeredBy: Sample.stranger.account))
        }
        func begin(_ id: String) async throws {
            let payer = Sample.stranger
            let draft = try await world.gateway.draft(
                Sample.id(id), payer: payer, permit: number, amount: Sample.amount(15_000))
            try await world.begin(draft.id.text, by: payer)
        }
        try await world.underway("T-1", cents: 15_000)
        grant(to: Sample.detainee)
        #expect(await refusal { try await begin("T-2") } == .overMonthlyCap(left: nil))
        grant(
            to: Detainee(
                establishment: Sample.prison, ecrouNumber: Sample.ecrou("999"), name: Sample.detainee.name))
        #expect(await refusal { try await begin("T-3") } == nil)
    }

    @Test func aLoweredCapLeavesWhatIsUnderway() async throws {
        let world = Self.world(perMonth: 15_000)
        try await world.underway("T-1", cents: 15_000)
        world.store.put(Sample.establishment(cap: TransferCap(perMonth: Sample.amount(10_000))))
        world.bank.says(.settled)
        #expect(try await world.refresh("T-1").state == .settled)
        try await world.draft("T-2", cents: 1)
        #expect(await refusal { try await world.begin("T-2") } == .overMonthlyCap(left: nil))
    }
}

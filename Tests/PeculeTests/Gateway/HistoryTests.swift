import Foundation
import Pecule
import Testing

@Suite struct HistoryTests {
    /// The moment of looking, and the first moment that is still shown.
    @Test(arguments: [
        ("2026-11-20 10:00", "2026-05-20 00:00"),
        ("2026-08-31 23:59", "2026-02-28 00:00"),
        ("2028-08-31 00:00", "2028-02-29 00:00"),
        ("2028-08-29 12:00", "2028-02-29 00:00"),
        ("2027-08-29 12:00", "2027-02-28 00:00"),
        ("2026-12-31 12:00", "2026-06-30 00:00"),
        ("2027-01-01 00:00", "2026-07-01 00:00"),
        ("2026-09-29 01:30", "2026-03-29 00:00"),
        ("2026-03-29 12:00", "2025-09-29 00:00"),
        ("2026-10-25 02:30", "2026-04-25 00:00"),
        ("2027-04-25 12:00", "2026-10-25 00:00"),
    ])
    func sixCalendarMonthsInParis(_ now: String, start: String) {
        #expect(TransferHistory.start(at: paris(now)) == paris(start))
    }

    @Test func edges() async throws {
        let world = World(clock: ManualClock(paris("2026-02-27 23:59")))
        try await world.underway("T-1")
        world.clock.set(paris("2026-02-28 00:00"))
        try await world.underway("T-2")
        world.clock.set(paris("2026-08-31 12:00"))
        #expect(try await Self.ids(of: world) == ["T-2"])
        world.clock.set(paris("2026-08-27 12:00"))
        #expect(try await Self.ids(of: world) == ["T-2", "T-1"])
    }

    /// How far a transfer came, and whether the history lists it.
    @Test(arguments: [
        ("drafted", false),
        ("cancelled draft", false),
        ("not sent", false),
        ("not sent, abandoned", false),
        ("answer lost", true),
        ("refused at once", true),
        ("awaiting", true),
        ("settled", true),
    ])
    func onlyWhatReachedABank(_ stage: String, isListed: Bool) async throws {
        let world = World()
        try await world.draft()
        switch stage {
        case "not sent", "not sent, abandoned": world.bank.next(.initiate, .fault(.unreachable))
        case "answer lost": world.bank.next(.initiate, .lost)
        case "refused at once": world.bank.next(.initiate, .fault(.insufficientFunds))
        case "cancelled draft": try await world.cancel()
        default: break
        }
        if !stage.contains("draft") { _ = await refusal { try await world.begin() } }
        if stage == "not sent, abandoned" { try await world.sweep(times: 10) }
        if stage == "settled" {
            world.bank.says(.settled)
            try await world.refresh()
        }
        #expect(try await Self.ids(of: world) == (isListed ? ["T-1"] : []))
    }

    @Test func pagesStayWhileNewTransfersArrive() async throws {
        let world = World()
        for number in 0..<7 {
            world.clock.advance(number.isMultiple(of: 2) ? 60 : 0)
            try await world.underway("T-\(number)")
        }
        let all = try await Self.ids(of: world)
        #expect(all == ["T-6", "T-4", "T-5", "T-2", "T-3", "T-0", "T-1"])
        var seen: [String] = []
        var cursor: TransferHistory.Cursor?
        repeat {
            let page = try await world.gateway.history(of: Sample.payer.account, after: cursor, limit: 2)
            #expect(page.transfers.count == 2 || page.next == nil)
            seen += page.transfers.map(\.id.text)
            cursor = page.next
            world.clock.advance(60)
            try await world.underway("N-\(seen.count)")
        } while cursor != nil
        #expect(seen == all)
    }

    @Test(arguments: [(-1, 1), (0, 1), (1, 1), (100, 100), (101, 100), (Int.max, 100)])
    func pageSizes(_ limit: Int, size: Int) async throws {
        let world = World()
        for number in 0..<101 { try await world.underway("T-\(number)") }
        let page = try await world.gateway.history(of: Sample.payer.account, after: nil, limit: limit)
        #expect(page.transfers.count == size)
        #expect(page.next != nil)
    }

    @Test func othersSeeNothing() async throws {
        let world = World()
        try await world.underway()
        #expect(try await world.gateway.history(of: Sample.stranger.account).transfers.isEmpty)
        let cursor = TransferHistory.Cursor(draftedAt: world.clock.now + 60, id: Sample.id("Z"))
        let page = try await world.gateway.history(of: Sample.stranger.account, after: cursor, limit: 100)
        #expect(page.transfers.isEmpty && page.next == nil)
    }

    @Test("a place is read back from its text, and from no other text", arguments: [
        ("1795165200123_T-1", true), ("1_a", true), ("1795165200123", false), ("0_T-1", false), ("-1_T-1", false),
        ("01_T-1", false), ("1_", false), ("1_T_1", false), ("_T-1", false), ("10000000000000_T-1", false), ("", false),
    ])
    func places(text: String, isPlace: Bool) {
        #expect(TransferHistory.Cursor(text: text)?.text == (isPlace ? text : nil))
    }

    private static func ids(of world: World) async throws -> [String] {
        try await world.gateway.history(of: Sample.payer.account).transfers.map(\.id.text)
    }
}

import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@Suite("History and overdue")
struct HistoryTests {
    private static let jeanne = Sample.account("account-jeanne")

    @Test("newest first; at one moment by id; drafts and other payers are not in it", arguments: StoreWorld.allCases)
    func order(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let rows: [(String, TimeInterval)] = [
                ("B", 0), ("a", 0), ("A-2", 0), ("A", 0), ("10", 0), ("9", 0), ("old", -1), ("new", 1),
            ]
            for (id, seconds) in rows { try await store.begin(Sample.draft(id, at: Sample.morning + seconds)) }
            _ = try await store.insert(Sample.draft("draft"))
            try await store.begin(Sample.draft("foreign", by: "account-other"))
            let found = try await store.history(of: Self.jeanne, since: .distantPast, after: nil, limit: 100)
            #expect(found.map(\.id.text) == ["new", "10", "9", "A", "A-2", "B", "a", "old"])
            let none = try await store.history(of: Self.jeanne, since: .distantPast, after: nil, limit: 0)
            #expect(none == [])
        }
    }

    @Test("each is shown as its payer may see it, however far it has come", arguments: StoreWorld.allCases)
    func shown(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            for (_, transfer) in Sample.corpus { _ = try await store.insert(transfer) }
            for (name, transfer) in Sample.corpus where transfer.mayHaveReachedBank {
                let payer = transfer.order.payer.account
                let found = try await store.history(of: payer, since: .distantPast, after: nil, limit: 100)
                let kept = try #require(try await store.transfer(transfer.id))
                #expect(found.first { $0.id == transfer.id } == TransferSummary(kept), "\(name)")
            }
        }
    }

    @Test("a bank that was chosen and certainly not reached does not bring it there", arguments: StoreWorld.allCases)
    func unreached(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            try await store.change(try await store.begin(Sample.draft("unreached")), .bankSilent(sent: false))
            try await store.change(try await store.begin(Sample.draft("perhaps")), .bankSilent(sent: true))
            let found = try await store.history(of: Self.jeanne, since: .distantPast, after: nil, limit: 9)
            #expect(found.map(\.id.text) == ["perhaps"])
        }
    }

    @Test("pages join without gap or repetition while rows arrive and change", arguments: StoreWorld.allCases)
    func pages(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            // Seven at each moment, so that pages of five end in the middle of equal times.
            for index in 0..<28 {
                let moment = Sample.morning + TimeInterval(index / 7)
                try await store.begin(Sample.draft("T-\(index + 10)", at: moment))
            }
            let expected = try await Self.all(store)
            #expect(expected.count == 28)
            var seen: [TransferID] = []
            var cursor: TransferHistory.Cursor?
            for page in 0..<6 {
                let found = try await store.history(of: Self.jeanne, since: .distantPast, after: cursor, limit: 5)
                seen += found.map(\.id)
                cursor = found.last.map { TransferHistory.Cursor(draftedAt: $0.draftedAt, id: $0.id) }
                try await store.begin(Sample.draft("N-\(page)", at: Sample.morning + 100))
                for id in found.map(\.id) {
                    try await store.change(#require(try await store.transfer(id)), .initiated(Sample.payment()))
                }
            }
            #expect(seen == expected)
        }
    }

    @Test("nothing from before the start is in it, and the start itself is", arguments: StoreWorld.allCases)
    func start(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            for milliseconds in [-1, 0, 1] {
                let moment = Sample.morning + TimeInterval(milliseconds) / 1000
                try await store.begin(Sample.draft("T\(milliseconds + 1)", at: moment))
            }
            let found = try await store.history(of: Self.jeanne, since: Sample.morning, after: nil, limit: 9)
            #expect(found.map(\.id.text) == ["T2", "T1"])
        }
    }

    /// The last moment that is not shown ends where the first that is begins.
    private static let windows: [(now: String, firstDay: String)] = [
        ("2026-11-20 10:00", "2026-05-20"), ("2026-08-31 12:00", "2026-02-28"), ("2028-08-31 12:00", "2028-02-29"),
        ("2028-08-30 23:59", "2028-02-29"), ("2028-08-29 00:00", "2028-02-29"), ("2028-02-29 12:00", "2027-08-29"),
        ("2026-12-31 23:59", "2026-06-30"), ("2027-03-31 08:00", "2026-09-30"), ("2026-03-29 03:30", "2025-09-29"),
        ("2026-10-25 02:30", "2026-04-25"), ("2026-09-29 00:00", "2026-03-29"), ("2026-04-25 23:59", "2025-10-25"),
        ("2026-07-01 00:00", "2026-01-01"), ("2026-06-30 23:59", "2025-12-30"),
    ]

    @Test("six calendar months begin at midnight in Paris", arguments: StoreWorld.allCases, windows)
    func sixMonths(_ world: StoreWorld, _ window: (now: String, firstDay: String)) async throws {
        try await world.play { place in
            let store = try await place.open()
            let midnight = paris("\(window.firstDay) 00:00")
            try await store.begin(Sample.draft("before", at: midnight - 0.001))
            try await store.begin(Sample.draft("after", at: midnight))
            try await store.begin(Sample.draft("noon", at: paris("\(window.firstDay) 12:00")))
            let environment = Environment(
                now: { paris(window.now) }, sleep: { _ in }, randomBytes: { [UInt8](repeating: 0, count: $0) })
            let gateway = PeculeGateway(
                store: store, permits: InMemoryStore(), banks: try BankDirectory([]), returnAddresses: [],
                environment: environment)
            let first = try await gateway.history(of: Self.jeanne, after: nil, limit: 1)
            let second = try await gateway.history(of: Self.jeanne, after: first.next, limit: 1)
            #expect((first.transfers + second.transfers).map(\.id.text) == ["noon", "after"])
            #expect(first.next != nil)
            #expect(second.next == nil)
        }
    }

    private static func all(_ store: any TransferStore) async throws -> [TransferID] {
        try await store.history(of: jeanne, since: .distantPast, after: nil, limit: 100).map(\.id)
    }
}

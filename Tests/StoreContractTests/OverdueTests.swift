import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@Suite("Taking what is overdue")
struct OverdueTests {
    private static let deadline = Sample.make(Sample.draft().deadline)
    private static let end = deadline + 30

    @Test("the longest overdue first, at most so many, and none that has no deadline", arguments: StoreWorld.allCases)
    func order(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let rows: [(String, TimeInterval)] = [("c", -60), ("b", 0), ("a", 0), ("later", 0.001), ("final", -120)]
            for (id, seconds) in rows { _ = try await store.insert(Sample.draft(id, at: Sample.morning + seconds)) }
            try await store.change(Sample.draft("final", at: Sample.morning - 120), .cancelRequested)
            #expect(try await Self.take(store, limit: 0) == [])
            #expect(try await Self.take(store, at: Self.deadline - 61) == [])
            #expect(try await Self.take(store, limit: 2) == ["c", "a"])
            #expect(try await Self.take(store) == ["b"])
        }
    }

    @Test("of 40 who look at once each transfer is given to one", arguments: StoreWorld.allCases)
    func once(_ world: StoreWorld) async throws {
        try await world.play { place in
            let stores = [try await place.open(), try await place.open()]
            _ = try await atOnce(60) { index in try await stores[index % 2].insert(Sample.draft("T-\(index)")) }
            let taken = try await atOnce(40) { index in try await Self.take(stores[index % 2], limit: 3) }
            let all = taken.flatMap(\.self)
            #expect(Set(all).count == all.count)
            // Whoever finds what he was after in another's hands may go away with less, but nothing stays behind.
            var rest: [String] = []
            while case let more = try await Self.take(stores[0], limit: 7), !more.isEmpty { rest += more }
            #expect(Set(all + rest).count == 60)
            #expect(all.count + rest.count == 60)
        }
    }

    @Test("what was taken comes back when its time ends, or when it has changed", arguments: StoreWorld.allCases)
    func lease(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft("T-1"))
            let due = try #require(begun.deadline)
            #expect(try await Self.take(store, at: due, until: due + 30) == ["T-1"])
            #expect(try await Self.take(store, at: due + 29.999, until: due + 60) == [])
            #expect(try await Self.take(store, at: due + 30, until: due + 60) == ["T-1"])
            // Silent: looked at, and due again before the lease would have ended.
            let silent = try await store.change(begun, .bankSilent(sent: true)).transfer
            let again = try #require(silent.deadline)
            #expect(again < due + 60)
            #expect(try await Self.take(store, at: again, until: due + 90) == ["T-1"])
            #expect(try await store.transfer(begun.id)?.row == silent.row)
        }
    }

    @Test("a bank that is left out is left out, and a draft has none", arguments: StoreWorld.allCases)
    func besides(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            _ = try await store.begin(Sample.draft("at-bank"))
            _ = try await store.insert(Sample.draft("draft"))
            let other = Sample.make(BankID("another"))
            let late = Self.deadline + 600
            #expect(try await Self.take(store, at: late, besides: [Sample.bank, other]) == ["draft"])
            #expect(try await Self.take(store, at: late, besides: [other]) == ["at-bank"])
        }
    }

    private static func take(
        _ store: any TransferStore, at now: Date = deadline, until end: Date = end, besides banks: Set<BankID> = [],
        limit: Int = 10
    ) async throws -> [String] {
        try await store.takeOverdue(at: now, until: max(end, now + 30), besides: banks, limit: limit).map(\.text)
    }
}

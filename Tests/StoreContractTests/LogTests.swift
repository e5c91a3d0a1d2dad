import Pecule
import PeculeStoreSamples
import Testing

@Suite("Events and outbox")
struct LogTests {
    @Test("a change leaves its event and its notice, in one piece with it", arguments: StoreWorld.allCases)
    func together(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft())
            let open = try await store.change(begun, .initiated(Sample.payment())).transfer
            let expected = [
                TransferRecord(begun, because: .bankChosen(Sample.choice(of: begun.id)), in: Sample.correlation),
                TransferRecord(open, because: .initiated(Sample.payment()), in: Sample.correlation),
            ]
            #expect(try await store.events(of: begun.id) == expected)
            let notices = try await store.outbox(limit: 10)
            #expect(notices.map(\.transfer) == [begun.id, begun.id])
            #expect(notices.map(\.version) == [2, 3])
            #expect(notices.map(\.state) == ["initiating", "awaitingApproval"])
        }
    }

    @Test("an insert and a conflict leave neither", arguments: StoreWorld.allCases)
    func absent(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            _ = try await store.insert(Sample.draft())
            #expect(try await store.events(of: Sample.id("T-1")) == [])
            #expect(try await store.outbox(limit: 10) == [])
            let begun = try await store.begin(Sample.draft())
            let (events, notices) = (try await store.events(of: begun.id), try await store.outbox(limit: 10))
            #expect(
                try await store.change(Sample.draft(), .cancelRequested).answer == .versionConflict)
            #expect(try await store.events(of: begun.id) == events)
            #expect(try await store.outbox(limit: 10) == notices)
        }
    }

    @Test("notices come in order, by version for each transfer, until taken", arguments: StoreWorld.allCases)
    func order(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            _ = try await atOnce(20) { index in
                let begun = try await store.begin(Sample.draft("T-\(index)"))
                let open = try await store.change(begun, .initiated(Sample.payment())).transfer
                try await store.change(open, .payerReturned(nil))
            }
            let notices = try await store.outbox(limit: 100)
            #expect(notices.count == 60)
            #expect(notices.map(\.sequence) == notices.map(\.sequence).sorted())
            #expect(Set(notices.map(\.sequence)).count == 60)
            for (id, own) in Dictionary(grouping: notices, by: \.transfer) {
                #expect(own.map(\.version) == [2, 3, 4], "\(id)")
            }
            #expect(try await store.outbox(limit: 7) == Array(notices.prefix(7)))
            #expect(try await store.outbox(limit: 0) == [])
            try await store.clear(Array(notices[10..<40]))
            #expect(try await store.outbox(limit: 100) == Array(notices[..<10] + notices[40...]))
        }
    }

    @Test("taking a notice away twice takes no other away", arguments: StoreWorld.allCases)
    func clearTwice(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft())
            let first = try await store.outbox(limit: 10)
            try await store.clear(first)
            try await store.clear(first)
            _ = try await store.change(begun, .initiated(Sample.payment()))
            try await store.clear(first)
            #expect(try await store.outbox(limit: 10).map(\.version) == [3])
            try await store.clear([])
        }
    }

    @Test("a transfer that nobody knows has no events", arguments: StoreWorld.allCases)
    func unknown(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            #expect(try await store.events(of: Sample.id("T-9")) == [])
            #expect(try await store.transfer(Sample.id("T-9")) == nil)
        }
    }
}

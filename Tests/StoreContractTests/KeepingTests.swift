import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@Suite("Keeping")
struct KeepingTests {
    @Test("every field of every kind of transfer comes back", arguments: StoreWorld.allCases)
    func roundTrip(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            for (name, transfer) in Sample.corpus { try await Self.keep(transfer, in: store, name) }
        }
    }

    @Test("a store opened later has all of it", arguments: StoreWorld.allCases)
    func reopen(_ world: StoreWorld) async throws {
        try await world.play { place in
            let first = try await place.open()
            for (name, transfer) in Sample.corpus { try await Self.keep(transfer, in: first, name) }
            let notices = try await first.outbox(limit: 100)
            await place.close()
            let second = try await place.open()
            for (name, transfer) in Sample.corpus {
                #expect(try await second.transfer(transfer.id)?.row == transfer.row, "\(name)")
                let records = try await second.events(of: transfer.id)
                #expect(records.map(\.version) == (transfer.version == 1 ? [] : [transfer.version]), "\(name)")
            }
            #expect(notices.count == Sample.corpus.count { $0.transfer.version > 1 })
            #expect(try await second.outbox(limit: 100) == notices)
        }
    }

    @Test("two stores on the same data behave as one", arguments: StoreWorld.allCases)
    func twoStores(_ world: StoreWorld) async throws {
        try await world.play { place in
            let stores = [try await place.open(), try await place.open()]
            let inserted = try await atOnce(40) { index in
                try await stores[index % 2].insert(Sample.draft("T-1", cents: 100 + index))
            }
            #expect(inserted.count { $0 == .inserted } == 1)
            let id = Sample.id("T-1")
            let draft = try #require(try await stores[0].transfer(id))
            try await stores[1].change(draft, .bankChosen(Sample.choice(of: id)))
            _ = try await atOnce(40) { index in
                while true {
                    let kept = try #require(try await stores[index % 2].transfer(id))
                    let answer = try await stores[index % 2].change(kept, .bankSilent(sent: true)).answer
                    if answer == .replaced { return }
                }
            }
            for store in stores {
                #expect(try await store.transfer(id)?.version == 42)
                #expect(try await store.events(of: id).map(\.version) == Array(2...42))
            }
        }
    }

    @Test("who reads while others write sees whole versions, never an older one again", arguments: StoreWorld.allCases)
    func readers(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var last = 0
                        while last < 102 {
                            let kept = try #require(try await store.transfer(begun.id))
                            #expect(kept.version >= last)
                            // Written in the same transaction, so read no later than the version.
                            #expect(try await store.events(of: begun.id).count >= kept.version - 1)
                            last = kept.version
                            // A store that never suspends would keep the writer from running.
                            await Task.yield()
                        }
                    }
                }
                group.addTask {
                    var kept = begun
                    for _ in 0..<100 { kept = try await store.change(kept, .bankSilent(sent: true)).transfer }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("a text with a NUL is refused, and nothing of it is kept", arguments: StoreWorld.allCases)
    func noNUL(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft())
            await #expect(throws: StoreFault.unavailable("column memo: holds a NUL")) {
                try await store.change(begun, .initiated(Sample.payment(memo: "a\0b")))
            }
            #expect(try await store.transfer(begun.id)?.row == begun.row)
            #expect(try await store.outbox(limit: 10).count == 1)
        }
    }

    /// As a new transfer, and as a change of a draft.
    private static func keep(_ transfer: Transfer, in store: any TransferStore, _ name: String) async throws {
        let order = transfer.order
        let draft = Transfer(order, patience: Patience())
        #expect(try await store.insert(transfer.version == 1 ? transfer : draft) == .inserted, "\(name)")
        if transfer.version > 1 {
            let record = TransferRecord(transfer, because: .bankNotified, in: Sample.correlation)
            let answer = try await store.replace(transfer, expecting: 1, recording: record, within: nil)
            #expect(answer == .replaced, "\(name)")
        }
        #expect(try await store.transfer(order.id)?.row == transfer.row, "\(name)")
    }
}

import Pecule
import PeculeStoreSamples
import Testing

@Suite("Insert and compare-and-swap")
struct WriteTests {
    @Test("of 100 inserts of one id one wins, and the others get what it kept", arguments: StoreWorld.allCases)
    func insertOnce(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let answers = try await atOnce(100) { index in
                try await store.insert(Sample.draft("T-1", cents: 100 + index))
            }
            let kept = try #require(try await store.transfer(Sample.id("T-1")))
            #expect(answers.count { $0 == .inserted } == 1)
            #expect(answers.count { $0 == .existing(kept) } == 99)
        }
    }

    @Test("an insert repeated after a change gets the changed transfer", arguments: StoreWorld.allCases)
    func insertLate(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft())
            guard case .existing(let kept) = try await store.insert(Sample.draft()) else {
                Issue.record("inserted twice")
                return
            }
            #expect(kept.row == begun.row)
            #expect(try await store.transfer(begun.id)?.row == begun.row)
        }
    }

    @Test("of 50 changes to one version one is kept", arguments: StoreWorld.allCases)
    func compareAndSwap(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft())
            let racers = (0..<50).map { TransferEvent.initiated(Sample.payment("P-\($0)")) }
            let answers = try await atOnce(50) { index in try await store.change(begun, racers[index]).answer }
            #expect(answers.count { $0 == .replaced } == 1)
            #expect(answers.count { $0 == .versionConflict } == 49)
            let kept = try #require(try await store.transfer(begun.id))
            #expect(kept.version == begun.version + 1)
            #expect(racers.map { begun.after($0).row }.contains(kept.row))
            #expect(try await store.events(of: begun.id).map(\.version) == [2, 3])
        }
    }

    @Test("50 who load, decide and try again all get their turn", arguments: StoreWorld.allCases)
    func noLostUpdate(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let id = try await store.begin(Sample.draft()).id
            _ = try await atOnce(50) { _ in
                while true {
                    let kept = try #require(try await store.transfer(id))
                    if try await store.change(kept, .bankSilent(sent: true)).answer == .replaced { return }
                }
            }
            #expect(try await store.transfer(id)?.version == 52)
            #expect(try await store.events(of: id).map(\.version) == Array(2...52))
        }
    }

    @Test("a transfer that was never inserted is not replaced", arguments: StoreWorld.allCases)
    func neverInserted(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            #expect(try await store.change(Sample.draft(), .cancelRequested).answer == .versionConflict)
            #expect(try await store.transfer(Sample.id("T-1")) == nil)
            #expect(try await store.outbox(limit: 10) == [])
        }
    }

    @Test("a return finds the transfer by the last state that its browser left with", arguments: StoreWorld.allCases)
    func returning(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let first = Sample.choice(of: Sample.id("first"))
            let second = Sample.choice(of: Sample.id("second"))
            _ = try await store.insert(Sample.draft())
            #expect(try await store.transfer(returning: first.returnState) == nil)
            let begun = try await store.change(Sample.draft(), .bankChosen(first)).transfer
            #expect(try await store.transfer(returning: first.returnState)?.row == begun.row)
            let silent = try await store.change(begun, .bankSilent(sent: false)).transfer
            let again = try await store.change(silent, .bankChosen(second)).transfer
            #expect(try await store.transfer(returning: second.returnState)?.row == again.row)
            #expect(try await store.transfer(returning: first.returnState) == nil)
        }
    }
}

import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@Suite("Items beside the transfers")
struct ItemTests {
    @Test("an item is kept as it was put, and by other stores on the same data", arguments: StoreWorld.allCases)
    func kept(_ world: StoreWorld) async throws {
        try await world.play { place in
            let (store, other) = (try await place.open(), try await place.open())
            let item = StoredItem(kind: "key", id: "é'; DROP", text: "{\"a\":\"𝄞\\n\"}", due: Sample.morning)
            #expect(try await store.put(item))
            #expect(try await other.item("key", "é'; DROP") == item)
            #expect(try await store.item("webhook", "é'; DROP") == nil)
            #expect(try await store.item("key", "e'; DROP") == nil)
            #expect(try await store.put(StoredItem(kind: "key", id: "", text: "")))
            #expect(try await store.item("key", "") == StoredItem(kind: "key", id: "", text: ""))
        }
    }

    @Test("a text of a megabyte, a part of a document, is kept whole", arguments: StoreWorld.allCases)
    func large(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let item = StoredItem(kind: "part", id: "a/b/0", text: String(repeating: "A/+=", count: 1 << 18))
            #expect(try await store.put(item))
            #expect(try await store.item("part", "a/b/0") == item)
        }
    }

    @Test("only the next version takes the place of the one that is kept", arguments: StoreWorld.allCases)
    func swap(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let first = StoredItem(kind: "key", id: "a", text: "one")
            let second = first.next(text: "two", due: Sample.morning)
            #expect(try await !store.put(second))
            #expect(try await store.put(first))
            #expect(try await !store.put(first))
            #expect(try await !store.put(second.next(text: "three")))
            #expect(try await store.put(second))
            #expect(try await !store.put(second))
            #expect(try await store.item("key", "a") == second)
            #expect(try await !store.remove(first))
            #expect(try await store.remove(second))
            #expect(try await !store.remove(second))
            #expect(try await store.item("key", "a") == nil)
            #expect(try await store.put(first))
        }
    }

    @Test("of many who put the same version one comes through", arguments: StoreWorld.allCases)
    func race(_ world: StoreWorld) async throws {
        try await world.play { place in
            let stores = [try await place.open(), try await place.open()]
            for version in 1...3 {
                let won = try await atOnce(20) { index in
                    try await stores[index % 2].put(
                        StoredItem(kind: "key", id: "a", version: version, text: "\(index)"))
                }
                #expect(won.filter(\.self).count == 1)
            }
            #expect(try await stores[0].item("key", "a")?.version == 3)
        }
    }

    @Test("items are listed by id, byte by byte, page by page", arguments: StoreWorld.allCases)
    func listed(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            for id in ["b", "é", "a", "Z", "a-1", "\u{FFFD}", "𝄞"] {
                _ = try await store.put(StoredItem(kind: "key", id: id, text: id))
            }
            _ = try await store.put(StoredItem(kind: "other", id: "c", text: ""))
            let all = ["Z", "a", "a-1", "b", "é", "\u{FFFD}", "𝄞"]
            #expect(try await store.items("key", after: "", limit: 10).map(\.id) == all)
            #expect(try await store.items("key", after: "a", limit: 2).map(\.id) == ["a-1", "b"])
            #expect(try await store.items("key", after: "𝄞", limit: 10) == [])
            #expect(try await store.items("key", after: "", limit: 0) == [])
        }
    }

    @Test("what is due comes by when it is due, then by id", arguments: StoreWorld.allCases)
    func due(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let dues: [(String, TimeInterval?)] = [("d", 0), ("c", 0), ("b", 1), ("a", -1), ("e", nil), ("f", 0.001)]
            for (id, offset) in dues {
                _ = try await store.put(
                    StoredItem(kind: "key", id: id, text: "", due: offset.map { Sample.morning + $0 }))
            }
            _ = try await store.put(StoredItem(kind: "other", id: "g", text: "", due: Sample.morning))
            #expect(try await store.dueItems("key", at: Sample.morning, limit: 10).map(\.id) == ["a", "c", "d"])
            #expect(try await store.dueItems("key", at: Sample.morning + 1, limit: 4).map(\.id) == ["a", "c", "d", "f"])
            let first = try #require(try await store.item("key", "a"))
            #expect(try await store.put(first.next(text: "", due: nil)))
            #expect(try await store.dueItems("key", at: Sample.morning, limit: 10).map(\.id) == ["c", "d"])
        }
    }

    @Test("a text with a NUL is refused, and nothing is kept", arguments: StoreWorld.allCases)
    func nul(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            await #expect(throws: StoreFault.unavailable("an item holds a NUL")) {
                _ = try await store.put(StoredItem(kind: "key", id: "a", text: "x\0y"))
            }
            #expect(try await store.item("key", "a") == nil)
        }
    }

    @Test("an item says what it is, and nothing of what it holds")
    func masked() {
        #expect("\(StoredItem(kind: "key", id: "a", text: "secret"))" == "key a, version 1")
    }
}

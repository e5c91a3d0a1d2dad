import Foundation
import Pecule
import Testing

@testable import PeculePortal

@Suite("A limit on attempts")
struct CheckLimitTests {
    private let store = InMemoryStore()
    private let start = Date(timeIntervalSince1970: 1_795_000_000)

    private func limit(_ name: String) -> CheckLimit { CheckLimit(store: store, name: name, most: 3, window: 60) }

    @Test("counts every attempt of one person at one thing, over all processes, until its time is over")
    func all() async throws {
        for _ in 1...3 { #expect(try await limit("a").take(by: "x", at: start) == nil) }
        #expect(try await limit("a").take(by: "x", at: start + 59) == start + 60)
        #expect(try await limit("b").take(by: "x", at: start + 59) == nil)
        #expect(try await limit("a").take(by: "y", at: start + 59) == nil)
        #expect(try await limit("a").take(by: "x", at: start + 60) == nil)
    }

    @Test("counts failures alone where what succeeded is given back, one for one")
    func failures() async throws {
        for _ in 1...10 {
            #expect(try await limit("a").take(by: "x", at: start) == nil)
            try await limit("a").giveBack(by: "x", at: start)
        }
        for _ in 1...3 { #expect(try await limit("a").take(by: "x", at: start) == nil) }
        try await limit("a").giveBack(by: "x", at: start)
        #expect(try await limit("a").take(by: "x", at: start) == nil)
        #expect(try await limit("a").take(by: "x", at: start) == start + 60)
        try await limit("a").giveBack(by: "x", at: start + 60)
        try await limit("a").giveBack(by: "nobody", at: start)
        #expect(try await limit("a").take(by: "nobody", at: start) == nil)
    }

    @Test("leaves nothing when its time is over")
    func forgets() async throws {
        _ = try await limit("a").take(by: "x", at: start)
        try await CheckLimit.forget(in: store, at: start + 60)
        #expect(store.items("attempts", after: "", limit: 1).isEmpty)
    }
}

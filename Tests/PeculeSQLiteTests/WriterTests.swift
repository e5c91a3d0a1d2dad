import CPeculeSQLite
import Glibc
import Pecule
import PeculeStoreSamples
import Synchronization
import Testing

@testable import PeculeSQLite

private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }
    func add() { count.add(1, ordering: .relaxed) }
}

@Suite("The writer of a SQLite store")
struct WriterTests {
    @Test("callers that come while the disk is busy share the next transaction")
    func shared() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        let other = try folder.connect()
        try other.run(.begin)
        let before = store.commits
        let entered = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    entered.add()
                    _ = try await store.insert(Sample.draft("T-\(number)"))
                }
            }
            // All but those on their way from here to the queue wait for the lock now.
            while entered.value < 200 { await Task.yield() }
            #expect(store.commits == before)
            #expect(store.load.writers.busy == 1 && store.load.writers.waiting > 100)
            try other.run(.commit)
            try await group.waitForAll()
        }
        #expect(store.commits - before < 100)
        while store.load.writers.busy > 0 { await Task.yield() }
        let load = store.load.writers
        #expect(load.connections == 1 && load.waiting == 0 && load.done == 200)
        #expect(load.waited > load.worked, "two hundred waited while one worked")
        #expect(try await store.transfer(Sample.id("T-199")) != nil)
        await store.close()
    }

    @Test("who comes while a transaction is worked at shares it")
    func joining() async throws {
        let folder = try Folder()
        let writer = try await Self.writer(in: folder)
        // The first is at work until the second waits behind it.
        async let first: Void = writer.write { _ in while writer.load.waiting == 0 { sched_yield() } }
        while writer.load.busy == 0 { await Task.yield() }
        try await writer.write { _ in }
        try await first
        #expect(writer.commits == 1)
        writer.close()
        await writer.ended()
    }

    @Test("nobody joins who is tried again alone")
    func again() async throws {
        let folder = try Folder()
        let writer = try await Self.writer(in: folder)
        let tries = Counter()
        async let first: Void = writer.write { _ in
            tries.add()
            while writer.load.waiting == 0 { sched_yield() }
        }
        while writer.load.busy == 0 { await Task.yield() }
        let second = Task {
            try await writer.write { _ throws(SQLiteFailure) -> Void in throw SQLiteFailure(SQLITE_FULL) }
        }
        while tries.value < 2 { await Task.yield() }
        try await writer.write { _ in }
        try await first
        await #expect(throws: StoreFault.self) { try await second.value }
        #expect(writer.commits == 2)
        writer.close()
        await writer.ended()
    }

    /// Of a store that was made there.
    private static func writer(in folder: Folder) async throws -> Writer {
        await (try SQLiteStore(path: folder.file)).close()
        return Writer(try DatabaseFile(folder.file), schemaVersion: Schema.current.version)
    }

    @Test("a write that cannot be done fails alone")
    func alone() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        let taken = try await store.begin(Sample.draft("taken"))
        let choice = try #require(taken.choice)
        let other = try folder.connect()
        for number in 0..<40 { _ = try await store.insert(Sample.draft("T-\(number)")) }
        // Held up, so that they share a transaction.
        try other.run(.begin)
        let entered = Counter()
        let kept = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    entered.add()
                    let draft = Sample.draft("T-\(number)")
                    let isTwin = number % 8 == 3
                    let event = TransferEvent.bankChosen(isTwin ? choice : Sample.choice(of: draft.id))
                    let answer = try? await store.change(draft, event).answer
                    return answer == .replaced ? number : nil
                }
            }
            while entered.value < 40 { await Task.yield() }
            try other.run(.commit)
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(kept.sorted() == (0..<40).filter { $0 % 8 != 3 })
        for number in 0..<40 {
            let id = Sample.id("T-\(number)")
            let version = kept.contains(number) ? 2 : 1
            #expect(try await store.transfer(id)?.version == version)
            #expect(try await store.events(of: id).count == version - 1)
        }
        #expect(try await store.outbox(limit: 100).count == kept.count + 1)
        await store.close()
    }

    @Test("readers do not wait for a writer")
    func readers() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        let kept = try await store.begin(Sample.draft())
        let other = try folder.connect()
        try other.run(.begin)
        #expect(try await store.transfer(kept.id)?.row == kept.row)
        try other.run(.commit)
        await store.close()
    }
}

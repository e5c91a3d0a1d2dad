import CPeculeSQLite
import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculeSQLite

@Suite("Opening a SQLite store")
struct OpeningTests {
    @Test("its files are for their owner alone")
    func modes() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        _ = try await store.insert(Sample.draft())
        for suffix in ["", "-wal", "-shm"] { #expect(try folder.mode(suffix) == 0o600, "\(suffix)") }
        await store.close()
    }

    @Test(
        "every commit is synced, and readers and the writer share a log",
        arguments: [
            ("synchronous", ColumnValue.integer(2)), ("foreign_keys", .integer(1)), ("journal_mode", .text("wal")),
        ])
    func settings(_ name: String, _ value: ColumnValue) throws {
        let folder = try Folder()
        _ = try SQLiteStore(path: folder.file)
        #expect(try folder.connect().rows("PRAGMA \(name)") == [[value]])
    }

    @Test("what does not last is no path", arguments: ["", ":memory:", "/tmp/a\0b"])
    func noPath(_ path: String) {
        #expect(throws: SQLiteStoreError.notAPath) { try SQLiteStore(path: path) }
    }

    @Test("a path is a path, whatever SQLite would make of it")
    func uri() throws {
        // Were this a URI, there would be a store in memory.
        #expect(throws: SQLiteStoreError.unavailable("No such file or directory")) {
            try SQLiteStore(path: "file:none/x?mode=memory")
        }
    }

    @Test("a folder that is missing is named as such")
    func noFolder() throws {
        let folder = try Folder()
        #expect(throws: SQLiteStoreError.unavailable("No such file or directory")) {
            try SQLiteStore(path: folder.path + "/none/transfers.sqlite")
        }
    }

    @Test("eight that make the same file at the same time all open it")
    func together() async throws {
        let folder = try Folder()
        let file = folder.file
        let stores = try await withThrowingTaskGroup(of: SQLiteStore.self) { group in
            for _ in 0..<8 { group.addTask { try SQLiteStore(path: file) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (number, store) in stores.enumerated() {
            #expect(try await store.insert(Sample.draft("T-\(number)")) == .inserted)
        }
        for store in stores { await store.close() }
    }

    @Test(
        "a file that is no database of ours is refused and left alone",
        arguments: [
            ("text", [UInt8]("these are not the bytes you are looking for".utf8)),
            ("a long text", [UInt8](repeating: 65, count: 100_000)),
            ("a header alone", [UInt8]("SQLite format 3\0".utf8)),
        ])
    func notOurs(_ name: String, _ bytes: [UInt8]) throws {
        let folder = try Folder()
        try folder.write(bytes)
        let error = #expect(throws: SQLiteStoreError.self) { try SQLiteStore(path: folder.file) }
        guard case .corrupt = error else {
            Issue.record("\(name): \(String(describing: error))")
            return
        }
        #expect(try folder.bytes() == bytes)
    }

    @Test("the database of another program is refused and left alone")
    func foreign() throws {
        let folder = try Folder()
        try folder.write([])
        try folder.connect().execute("CREATE TABLE transfers (id TEXT)")
        let before = try folder.bytes()
        #expect(throws: SQLiteStoreError.foreign) { try SQLiteStore(path: folder.file) }
        #expect(try folder.bytes() == before)
    }

    @Test("a store that is closed has done what was asked before, and refuses what is asked after")
    func close() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        let inserted = await withTaskGroup(of: TransferID?.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let draft = Sample.draft("T-\(number)")
                    return (try? await store.insert(draft)) == .inserted ? draft.id : nil
                }
            }
            group.addTask {
                await store.close()
                return nil
            }
            return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        await #expect(throws: StoreFault.closed) { try await store.insert(Sample.draft("late")) }
        await #expect(throws: StoreFault.closed) { try await store.transfer(Sample.id("T-0")) }
        let again = try SQLiteStore(path: folder.file)
        for number in 0..<50 {
            let id = Sample.id("T-\(number)")
            #expect((try await again.transfer(id) != nil) == inserted.contains(id))
        }
        await again.close()
    }
}

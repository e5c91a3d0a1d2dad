import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculeSQLite

@Suite("A SQLite file that others have as well")
struct SharingTests {
    @Test("the changes of others show; one's own and mere readings do not")
    func changes() async throws {
        let folder = try Folder()
        let (store, other) = (try SQLiteStore(path: folder.file), try SQLiteStore(path: folder.file))
        var seen = try await store.changesElsewhere()
        for (name, changes, write) in [
            ("nothing", false, {}),
            ("an insertion of one's own", false, { _ = try await store.insert(Sample.draft("T-1")) }),
            ("another's insertion", true, { _ = try await other.insert(Sample.draft("T-2")) }),
            ("a reading", false, { _ = try await other.transfer(Sample.id("T-1")) }),
            ("another's item", true, { _ = try await other.put(StoredItem(kind: "k", id: "1", text: "")) }),
        ] as [(String, Bool, () async throws -> Void)] {
            try await write()
            let now = try await store.changesElsewhere()
            #expect((now != seen) == changes, "\(name)")
            seen = now
        }
        await store.close()
        await other.close()
    }

    @Test("a store that was opened anew has never seen what the one before it had")
    func anew() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        let seen = try await store.changesElsewhere()
        await store.close()
        let again = try SQLiteStore(path: folder.file)
        #expect(try await again.changesElsewhere() != seen)
        await again.close()
    }
}

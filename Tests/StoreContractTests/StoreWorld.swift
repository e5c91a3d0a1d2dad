import Foundation
import Pecule
import PeculePostgres
import PeculeSQLite
import PeculeStoreSamples
import Synchronization

/// Where the contract of `TransferStore` is played: every promise holds in each of them.
enum StoreWorld: String, CaseIterable, Sendable {
    case memory, sqlite, postgres

    /// PostgreSQL where there is a server for tests. In continuous integration there has to be one.
    static let allCases: [StoreWorld] =
        ScratchDatabase.isExpected ? [.memory, .sqlite, .postgres] : [.memory, .sqlite]

    /// Gives the test a place of its own, and removes it afterwards.
    func play(_ test: (any StorePlace) async throws -> Void) async throws {
        let place = try await place()
        do {
            try await test(place)
            await place.remove()
        } catch {
            await place.remove()
            throw error
        }
    }

    private func place() async throws -> any StorePlace {
        switch self {
        case .memory: MemoryPlace()
        case .sqlite: try SQLitePlace()
        case .postgres: try await PostgresPlace()
        }
    }
}

/// One set of data. Every store that is opened on it is a view of the same transfers.
protocol StorePlace: Sendable {
    /// A further store beside those that are open, as another process would have it.
    func open() async throws -> any TransferStore & ItemStore
    /// Closes all that were opened. What they kept is there for the next one.
    func close() async
    func remove() async
}

/// What a place has opened and not closed yet.
private final class OpenStores<Store: TransferStore>: Sendable {
    private let stores = Mutex<[Store]>([])

    func add(_ store: Store) -> Store {
        stores.withLock { $0.append(store) }
        return store
    }

    func takeAll() -> [Store] {
        stores.withLock { stores in
            defer { stores = [] }
            return stores
        }
    }
}

struct MemoryPlace: StorePlace {
    private let store = InMemoryStore()

    func open() -> any TransferStore & ItemStore { store }
    func close() {}
    func remove() {}
}

final class SQLitePlace: StorePlace {
    private let folder: URL
    private let stores = OpenStores<SQLiteStore>()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pecule-contract-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func open() throws -> any TransferStore & ItemStore {
        let store = try SQLiteStore(path: folder.appending(path: "transfers.sqlite").path())
        return stores.add(store)
    }

    func close() async { for store in stores.takeAll() { await store.close() } }

    func remove() async {
        await close()
        try? FileManager.default.removeItem(at: folder)
    }
}

final class PostgresPlace: StorePlace {
    private let database: ScratchDatabase
    private let stores = OpenStores<PostgresStore>()

    init() async throws { database = try await ScratchDatabase() }

    func open() async throws -> any TransferStore & ItemStore {
        let store = try await PostgresStore(database.connection)
        return stores.add(store)
    }

    func close() async { for store in stores.takeAll() { await store.close() } }

    func remove() async {
        await close()
        database.remove()
    }
}

/// Runs so many at the same time and gives back what they returned, in no order.
func atOnce<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for index in 0..<count { group.addTask { try await work(index) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}

import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculeSQLite

@Suite("Damage to the files of a SQLite store")
struct DamageTests {
    @Test("a write-ahead log cut off anywhere leaves whole transactions, up to one of them", arguments: 0..<24)
    func truncatedLog(_ part: Int) async throws {
        let source = try Folder()
        let store = try SQLiteStore(path: source.file)
        var transfer = try await store.begin(Sample.draft())
        for _ in 0..<20 { transfer = try await store.change(transfer, .bankSilent(sent: true)).transfer }
        let (database, log) = (try source.bytes(), try source.bytes("-wal"))
        await store.close()
        #expect(log.count > 80_000)

        let folder = try Folder()
        try folder.write(database)
        try folder.write(log.prefix(log.count * part / 23), "-wal")
        let cut = try SQLiteStore(path: folder.file)
        let kept = try await cut.transfer(transfer.id)
        let records = try await cut.events(of: transfer.id)
        #expect(records.map(\.version) == Array(2...22).filter { $0 <= kept?.version ?? 0 })
        #expect(try await cut.outbox(limit: 100).map(\.version) == records.map(\.version))
        if part == 23 { #expect(kept?.row == transfer.row) }
        if part == 0 { #expect(kept == nil) }
        if let kept { #expect(try await cut.change(kept, kept.next).answer == .replaced) }
        await cut.close()
    }

    @Test("a damaged page is found out and not worked around")
    func damagedPage() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        for number in 0..<200 { try await store.begin(Sample.draft("T-\(number)")) }
        await store.close()
        var bytes = try folder.bytes()
        // Every page but the first, which names the others.
        for index in stride(from: 4_096, to: bytes.count, by: 1) { bytes[index] = 0xA5 }
        try folder.write(bytes)
        let damaged = try SQLiteStore(path: folder.file)
        await #expect { _ = try await damaged.transfer(Sample.id("T-7")) } throws: { Self.isCorruption($0) }
        await #expect { _ = try await damaged.insert(Sample.draft("T-200")) } throws: { Self.isCorruption($0) }
        await damaged.close()
    }

    @Test("a file that has lost its end is found out")
    func cutFile() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        for number in 0..<200 { try await store.begin(Sample.draft("T-\(number)")) }
        await store.close()
        let bytes = try folder.bytes()
        try folder.write(bytes.prefix(bytes.count / 2 / 4_096 * 4_096))
        #expect {
            try SQLiteStore(path: folder.file)
        } throws: { error in
            if case .corrupt = error as? SQLiteStoreError { true } else { false }
        }
    }

    @Test("a cell that is not what it should be is named", arguments: [
        ("state = 'paid'", "column state"), ("payee_iban = 'FR00'", "column payee_iban"),
        ("amount_cents = 99999999999999", "column amount_cents"), ("bank = 'a b'", "column bank"),
    ])
    func oddCell(_ change: String, name: String) async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        let kept = try await store.begin(Sample.draft())
        try folder.connect().execute("UPDATE transfers SET \(change)")
        await #expect(throws: StoreFault.corrupt(name)) { try await store.transfer(kept.id) }
        await store.close()
    }

    private static func isCorruption(_ error: any Error) -> Bool {
        if case .corrupt = error as? StoreFault { true } else { false }
    }
}

extension Transfer {
    /// An event that changes it, whatever its state before a payment.
    fileprivate var next: TransferEvent { choice == nil ? .cancelRequested : .bankSilent(sent: true) }
}

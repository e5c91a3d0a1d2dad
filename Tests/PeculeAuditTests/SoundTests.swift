import Foundation
import Pecule
import PeculeAudit
import PeculeMockBank
import PeculePostgres
import PeculeSQLite
import PeculeStoreSamples
import Testing

@testable import PeculeAuditCLI
@testable import PeculeCLI

/// Nothing is found where nothing is wrong.
@Suite("A sound store is silent") struct SoundTests {
    @Test("with transfers of every ending and every open state")
    func endings() async throws {
        var evidence = try await Evidence.sample.value
        evidence.expectations.caps = ["demo-valmont": 13_551]
        evidence.expectations.acknowledged = [.init(transfer: "SETTLED-1", version: 7)]
        let states = Set(evidence.tables.transfers.rows.map { evidence.tables.transfers.cell($0, "state").text })
        #expect(states == ["drafted", "awaitingApproval", "executing", "settled", "failed"])
        #expect(evidence.findings == [])
    }

    @Test("at every moment on the way, but for what the bank has ended already")
    func moments() async throws {
        var codes: Set<FindingCode> = []
        _ = try await Evidence.take { codes.formUnion($0.findings.map(\.code)) }
        #expect(codes == [.openEnded])
    }

    @Test("when it is empty")
    func empty() {
        let table = Table(columns: [], rows: [])
        let audit = Audit(tables: Tables(transfers: table, events: table, outbox: table), books: [])
        #expect(audit.findings == [])
    }

    @Test("on disk, after a transfer at every bank")
    func everyBank() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.file)
        #expect(try await Self.findings(after: try await Self.everyBank(store), in: folder.file) == [])
        await store.close()
    }

    @Test("on a server, after a transfer at every bank; what was altered there is named",
        .enabled(if: ScratchDatabase.isExpected))
    func server() async throws {
        let database = try await ScratchDatabase()
        defer { database.remove() }
        let store = try await PostgresStore(database.connection)
        let bank = try await Self.everyBank(store)
        #expect(try await Self.findings(after: bank, in: database.connection) == [])
        try database.run("UPDATE pecule.transfers SET amount_cents = 2000 WHERE id = 'AT-phare'")
        let found = try await Self.findings(after: bank, in: database.connection)
        #expect(found.contains { $0.place.row == "AT-phare" && $0.differenceCents.map(abs) == 1 })
        await store.close()
    }

    private static func everyBank(_ store: any TransferStore) async throws -> MockBank {
        let world = try await World { data in
            (store, InMemoryStore(establishments: [data.establishment], permits: [data.permit]))
        }
        for bank in MockBankProfile.fictional {
            try await world.play("AT-\(bank.id)", at: bank.id, cents: 1999, .approves("camille"))
        }
        try await world.pass(minutes: 5)
        return world.bank
    }

    private static func findings(after bank: MockBank, in place: String) async throws -> [Finding] {
        let tables = try StoreInput.read(place)
        #expect(tables.transfers.rows.count == 7 && tables.events.rows.count > 40)
        let expectations = Expectations(caps: ["demo-valmont": 7 * 1999], allFinal: true)
        return Audit(tables: tables, books: try await Evidence.books(of: bank), expecting: expectations).findings
    }

    @Test("whatever happens to a transfer, in whatever order")
    func walks() {
        var sights: Set<String> = []
        for seed in UInt64(0)..<2000 {
            let walk = LogWalk(seed: seed)
            #expect(Audit(tables: walk.tables(), books: nil).findings == [], "seed \(seed)")
            sights.formUnion(walk.sights)
        }
        let events = ["contradiction", "alarm", "stopped asking", "operator after a stop"]
        let states = ["initiating", "awaitingApproval", "confirming", "executing", "settled", "failed"]
        #expect(sights.isSuperset(of: events + states))
    }
}

/// A folder that goes with the test.
final class Folder {
    private let url: URL
    var file: String { url.appendingPathComponent("store.sqlite").path }

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

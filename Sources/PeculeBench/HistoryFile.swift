import Pecule
import PeculeSQLite

/// A store's file with very many transfers, written around the store by SQLite's own tool: by durable writes ten
/// million would take the better part of an hour.
struct HistoryFile {
    let path: String
    let sample: StoreSample

    /// Numbered transfers that reached a bank, those of one payer far apart.
    func fill(_ count: Int, payers: Int) async throws -> SQLiteStore {
        let store = try SQLiteStore(path: path)
        var first = sample.draft(0, by: 0)
        _ = try first.apply(sample.events(of: first)[0], at: first.updatedAt, patience: Patience())
        _ = try await store.insert(first)
        await store.close()
        multiply(to: count, payers)
        return try SQLiteStore(path: path)
    }

    /// The one transfer again and again, with another number, payer and time. Indexes are made at the end, when their
    /// entries can be sorted.
    private func multiply(to count: Int, _ payers: Int) {
        let indexes = "FROM sqlite_schema WHERE type = 'index' AND sql <> ''"
        let names = lines("SELECT name \(indexes)")
        let making = lines("SELECT replace(sql, char(10), ' ') || ';' \(indexes)")
        let cells = Transfer.columns.map { Self.changed[$0] ?? $0 }.joined(separator: ", ")
        _ = lines(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000;
            \(names.map { "DROP INDEX \($0);" }.joined())
            CREATE TEMP TABLE pattern AS SELECT * FROM transfers;
            INSERT INTO transfers (\(Transfer.columns.joined(separator: ", ")))
            WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < \(count - 1))
            SELECT \(cells.replacing("PAYERS", with: "\(payers)")) FROM numbers, pattern;
            \(making.joined())
            """)
    }

    private static let changed = [
        "id": "printf('T%09d', i)", "return_state": "printf('%032d', i)", "payer": "'account-' || (i % PAYERS)",
        "drafted_at": "drafted_at + i * 1000",
    ]

    private func lines(_ sql: String) -> [String] {
        let tool = Child(["sqlite3", "-bail", path, sql])
        var lines: [String] = []
        while let line = tool.readLine() { lines.append(String(line.prefix { $0 != "\n" })) }
        tool.wait()
        return lines
    }
}

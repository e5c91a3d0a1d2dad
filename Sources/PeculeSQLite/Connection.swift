import CPeculeSQLite
import Pecule
import Synchronization

/// The owner of one `sqlite3` handle and the statements prepared on it; used by one thread at a time.
///
/// Giving it up rolls back what it had begun.
final class Connection {
    enum Use { case reading, writing }

    private let handle: OpaquePointer
    /// No other connection of this process has the same.
    let number = opened.add(1, ordering: .relaxed).newValue
    private static let opened = Atomic(0)
    private var statements: [Query: Statement] = [:]
    /// Of the transfers that were written last. A number never changes, and this goes with the connection when a
    /// transaction fails.
    private var numbers: [TransferID: Int] = [:]
    private static let mostNumbers = 4_096

    /// SQLite counts its memory under one lock that the threads of all connections wait for, at every cell of a row.
    /// It goes on counting where somebody else in the process has begun to use it.
    private static let memoryIsUncounted = pecule_sqlite_forgo_memory_statistics() == SQLITE_OK

    /// Opens a file that is there; it never makes one, so that a lost file is not replaced by an empty one.
    init(path: String, disk: String? = nil, for use: Use) throws(SQLiteFailure) {
        _ = Self.memoryIsUncounted
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(
            path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, disk)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close(handle)
            throw SQLiteFailure(code)
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, Self.patience)
        // SQLite falls back to reading where it may not write, and a write-ahead log cannot even be read then.
        if sqlite3_db_readonly(handle, "main") != 0 { throw SQLiteFailure(SQLITE_READONLY) }
        try execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
        switch use {
        case .reading: try execute("PRAGMA query_only = ON")
        // A cache of 16 MB, not more: all of it is walked through at each commit that has split a page.
        case .writing:
            let log = disk == nil ? Self.longLog : Self.shortLog
            try execute("PRAGMA wal_autocheckpoint = \(log); PRAGMA cache_size = -16384")
        }
    }

    deinit {
        statements = [:]
        sqlite3_close(handle)
    }

    /// Pages in the log, 64 MB, before they go to the database: one that is written often goes there once in that time.
    private static let longLog = 16_000
    /// The few transfers of a simulation shall go there as well.
    private static let shortLog = 200

    /// How long to wait for another process that writes, in milliseconds.
    private static let patience: Int32 = 10_000

    /// Runs statements that give back nothing.
    func execute(_ sql: String) throws(SQLiteFailure) {
        try SQLiteFailure.check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// Turns to a write-ahead log, which stays with the file: readers and the writer do not wait for each other.
    ///
    /// SQLite does not wait for the lock that this needs: who finds it taken waits by a transaction, and tries again.
    func beginLogging() throws(SQLiteFailure) {
        for _ in 0..<100 {
            do throws(SQLiteFailure) { return try turnToLog() } catch {
                guard error.kind == SQLITE_BUSY else { throw error }
            }
            try run(.begin)
            try run(.commit)
        }
        try turnToLog()
    }

    private func turnToLog() throws(SQLiteFailure) {
        guard try rows(.beginLogging) == [[.text("wal")]] else { throw SQLiteFailure(SQLITE_CANTOPEN) }
    }

    /// Makes sure that the disk has the log's last transaction. A process that was killed before its sync ended, or
    /// after it failed, leaves there what the next one to open the file finds and takes for committed: nobody may build
    /// on it before. To sync again is not enough: what a sync has failed to write, the system takes for written.
    func secureLog() throws(SQLiteFailure) {
        try run(.begin)
        try WriteAheadLog(of: handle)?.rewriteLast()
        try run(.commit)
    }

    /// - Parameter number: the value behind the last of the others.
    func rows(
        _ query: Query, _ values: Bindings = [], _ number: Int? = nil
    ) throws(SQLiteFailure) -> [[ColumnValue]] {
        try prepared(query).run(values, number)
    }

    /// The one integer that a query always finds.
    func integer(_ query: Query, _ values: Bindings = []) throws(SQLiteFailure) -> Int {
        let rows = try rows(query, values)
        guard case .integer(let value) = rows.first?.first else { throw SQLiteFailure(SQLITE_CORRUPT) }
        return value
    }

    /// - Parameter number: the value behind the last of the others.
    /// - Returns: how many rows were changed.
    @discardableResult
    func run(_ query: Query, _ values: Bindings = [], _ number: Int? = nil) throws(SQLiteFailure) -> Int {
        _ = try prepared(query).run(values, number)
        return Int(sqlite3_changes(handle))
    }

    /// Where a transfer lies; nil for one that is not there.
    func number(of transfer: TransferID) throws(SQLiteFailure) -> Int? {
        if let number = numbers[transfer] { return number }
        guard case .integer(let number) = try rows(.number, [.text(transfer.text)]).first?.first else { return nil }
        if numbers.count >= Self.mostNumbers { numbers.removeAll(keepingCapacity: true) }
        numbers[transfer] = number
        return number
    }

    /// Makes sure that the tables are such as the statements want them.
    func prepareAll() throws(SQLiteFailure) {
        for query in Query.allCases { _ = try prepared(query) }
    }

    private func prepared(_ query: Query) throws(SQLiteFailure) -> Statement {
        if let statement = statements[query] { return statement }
        let statement = try statement(query.sql)
        statements[query] = statement
        return statement
    }

    func statement(_ sql: String) throws(SQLiteFailure) -> Statement { try Statement(sql, on: handle) }
}

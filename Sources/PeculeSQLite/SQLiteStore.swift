public import Foundation
public import Pecule
import Synchronization

/// Transfers in one SQLite file on a local disk: the store of a gateway that runs on one machine.
///
/// An answer is given when the disk has confirmed the write (write-ahead log, full sync). What many callers write at
/// the same time shares one sync. Other processes may use the same file at the same time. What cannot be written is
/// refused with a fault while reading goes on, and is possible again as soon as the disk takes it. The log beside the
/// file takes some 64 MB.
public final class SQLiteStore: RowStore, WatchedStore, SharedStore {
    private let writer: Writer
    private let readers: Readers
    /// Held so that the log and its index stay in place when the others are opened anew: a full disk has no room
    /// to make them again, and could not be read then.
    private let anchor: Mutex<Connection?>

    /// Opens the file, makes it when there is none (mode 0600), and brings it to the schema of this release.
    ///
    /// Reads and writes the disk before it returns.
    /// - Parameter path: on a disk of this machine, not of a network: locks do not hold there.
    public convenience init(path: String) throws(SQLiteStoreError) {
        try self.init(path: path, schema: .current)
    }

    /// For simulations: a file on a disk that was registered with SQLite by name, where everything is done by who asks
    /// for it.
    package convenience init(path: String, disk: String) throws(SQLiteStoreError) {
        try self.init(path: path, disk: disk, schema: .current)
    }

    init(path: String, disk: String? = nil, schema: Schema) throws(SQLiteStoreError) {
        let file = try DatabaseFile(path, disk: disk)
        try file.create()
        let connection = try SQLiteStoreError.opening { () throws(SQLiteFailure) in try file.connect(for: .writing) }
        try schema.prepare(connection)
        writer = Writer(file, schemaVersion: schema.version)
        readers = Readers(file)
        anchor = Mutex(connection)
    }

    deinit {
        writer.close()
        readers.close()
    }

    /// Finishes what was asked for and lets go of the file. Whatever is asked for later is refused.
    public func close() async {
        writer.close()
        readers.close()
        await writer.ended()
        await readers.ended()
        anchor.withLock { $0 = nil }
    }

    /// Transactions committed so far, each one sync of the disk: for measurements.
    package var commits: Int { writer.commits }

    /// See `WatchedStore`.
    public var load: StoreLoad { StoreLoad(commits: commits, writers: writer.load, readers: readers.load) }

    /// See `SharedStore`.
    public func changesElsewhere() async throws(StoreFault) -> ChangesElsewhere {
        try await writer.write { connection throws(SQLiteFailure) in
            // A connection counts what all the others commit: where only this one writes, that is everybody else.
            ChangesElsewhere(connection.number, try connection.integer(.dataVersion))
        }
    }

    public func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion {
        let row = Bindings(try transfer.storableRow())
        let kept = try await writer.write { connection throws(SQLiteFailure) -> [ColumnValue]? in
            guard try connection.run(.insert, row) == 0 else { return nil }
            return try connection.rows(.read(.transfer), [.text(transfer.id.text)]).first
        }
        return try kept.map { row throws(StoreFault) in .existing(try Transfer(row: row)) } ?? .inserted
    }

    public func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement {
        let change = try Change(transfer, expecting: expected, recording: record, within: allowance)
        return try await writer.write { connection throws(SQLiteFailure) in try change.write(on: connection) }
    }

    public func clear(_ notices: [TransferNotice]) async throws(StoreFault) {
        try await writer.write { connection throws(SQLiteFailure) in
            for notice in notices { try connection.run(.clear, [.integer(notice.sequence)]) }
        }
    }

    public func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID] {
        let list = ColumnValue.text("[\(banks.map { "\"\($0.text)\"" }.joined(separator: ","))]")
        // Mostly there is nothing, and finding that out writes nothing.
        guard try await !readers.rows(.overdue, [.time(now), list]).isEmpty else { return [] }
        let taken = try await writer.write { connection throws(SQLiteFailure) in
            try connection.rows(.takeOverdue, [.time(now), list, .time(end), .integer(max(limit, 0))])
        }
        return try taken.map { row throws(StoreFault) in
            guard case (.text(let text)?, .integer(let deadline)?) = (row.first, row.last), let id = TransferID(text)
            else { throw .corrupt("column id or deadline") }
            return (deadline, id)
        }.sorted { ($0.0, $0.1.text) < ($1.0, $1.1.text) }.map(\.1)
    }

    public func put(_ item: StoredItem) async throws(StoreFault) -> Bool {
        let (query, row) = (item.version == 1 ? Query.insertItem : .replaceItem, Bindings(try item.storableRow()))
        return try await writer.write { connection throws(SQLiteFailure) in try connection.run(query, row) == 1 }
    }

    public func remove(_ item: StoredItem) async throws(StoreFault) -> Bool {
        let key = Bindings(Array(try item.storableRow()[..<3]))
        return try await writer.write { connection throws(SQLiteFailure) in
            try connection.run(.removeItem, key) == 1
        }
    }

    /// See `RowStore`.
    public func rows(_ question: RowQuestion, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]] {
        try await readers.rows(.read(question), values)
    }
}

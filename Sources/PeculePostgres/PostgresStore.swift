public import Foundation
public import Pecule
import PeculeThreads

/// Transfers in a PostgreSQL database: the store of gateways that run on several machines, and behave as one.
///
/// An answer is given when the server has confirmed the write as durable, whatever the role or the database is set to.
/// What many callers write at the same time shares transactions. A connection that is lost is made anew: what it had
/// not begun to commit is repeated or refused; what it was committing is `StoreFault.outcomeUnknown`.
public final class PostgresStore: RowStore, WatchedStore {
    private let writers: Writers
    private let readers: Readers

    /// Connects, and brings the schema `pecule` of the database to this release; makes it when there is none.
    ///
    /// - Parameters:
    ///   - connection: `postgresql://role:password@host:5432/database`, or `host=… dbname=…`, as libpq reads it. It is
    ///     never printed.
    ///   - connections: how many are opened at most, as they are needed: a quarter of them to write. At least two.
    public convenience init(_ connection: String, connections: Int = 8) async throws(PostgresStoreError) {
        try await self.init(connection, connections: connections, schema: .current)
    }

    init(_ connection: String, connections: Int = 8, schema: Schema) async throws(PostgresStoreError) {
        let server = try Server(connection)
        try await onOwnThread { Self.prepare(schema, on: server) }.get()
        let writing = max(1, connections / 4)
        writers = Writers(server, schemaVersion: schema.version, count: writing)
        readers = Readers(server, count: max(1, connections - writing))
    }

    private static func prepare(_ schema: Schema, on server: Server) -> Result<Void, PostgresStoreError> {
        Result { () throws(PostgresStoreError) in
            let connection = try PostgresStoreError.opening { () throws(PostgresFailure) in try Connection(server) }
            try schema.prepare(connection)
        }
    }

    deinit {
        writers.close()
        readers.close()
    }

    /// Finishes what was asked for and closes the connections. Whatever is asked for later is refused.
    public func close() async {
        writers.close()
        readers.close()
        await writers.ended()
        await readers.ended()
    }

    /// Transactions committed so far: for measurements.
    package var commits: Int { writers.commits }

    /// See `WatchedStore`.
    public var load: StoreLoad { StoreLoad(commits: commits, writers: writers.load, readers: readers.load) }

    public func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion {
        if try await !writers.write(.insert(transfer)).isEmpty { return .inserted }
        // No transfer is ever deleted: who was too late finds the one that was faster.
        guard let kept = try await self.transfer(transfer.id) else { throw .corrupt("a transfer is gone") }
        return .existing(kept)
    }

    public func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement {
        let change = try Change.replace(transfer, expecting: expected, recording: record, within: allowance)
        let rows = try await writers.write(change)
        guard allowance != nil else { return rows.isEmpty ? .versionConflict : .replaced }
        guard let row = rows.first, case .integer(let left) = row[1] else { throw .corrupt("no sum of the month") }
        if row[0] == .integer(1) { return .replaced }
        let isOver = row[2] == .integer(expected) && transfer.order.amount.cents > left
        return isOver ? .overAllowance(left: Amount(cents: left)) : .versionConflict
    }

    public func clear(_ notices: [TransferNotice]) async throws(StoreFault) {
        _ = try await writers.write(.clear(notices))
    }

    public func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID] {
        let list = banks.map { "\"\($0.text)\"" }.joined(separator: ",")
        let rows = try await writers.write(
            .takeOverdue([.time(now), .time(end), .text("{\(list)}"), .integer(max(limit, 0))]))
        return try rows.map { row throws(StoreFault) in
            guard case .text(let text) = row.first, let id = TransferID(text) else { throw .corrupt("column id") }
            return id
        }
    }

    public func put(_ item: StoredItem) async throws(StoreFault) -> Bool {
        try await !writers.write(.put(item)).isEmpty
    }

    public func remove(_ item: StoredItem) async throws(StoreFault) -> Bool {
        try await !writers.write(.remove(item)).isEmpty
    }

    /// See `RowStore`.
    public func rows(_ question: RowQuestion, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]] {
        try await readers.rows(.read(question), values)
    }
}

import CPeculePostgres
import Pecule

/// What is sent in a pipeline.
enum Message: Sendable {
    case prepare(Query)
    case run(Query, [ColumnValue] = [])

    /// False when it cannot be sent.
    func send(on handle: OpaquePointer) -> Bool {
        switch self {
        case .prepare(let query): PQsendPrepare(handle, query.name, query.sql, 0, nil) == 1
        case .run(let query, let values):
            CStrings(values.map { $0 == .null ? nil : $0.revealed }).withPointers { pointers in
                PQsendQueryPrepared(
                    handle, query.name, Int32(values.count), pointers.baseAddress, nil, nil, 0) == 1
            }
        }
    }
}

/// The owner of one answer of the server.
final class Answer {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var isEndOfGroup: Bool { PQresultStatus(handle) == PGRES_PIPELINE_SYNC }

    /// The rows; a command that has none answers with its name.
    func rows() throws(PostgresFailure) -> [[ColumnValue]] {
        switch PQresultStatus(handle) {
        case PGRES_TUPLES_OK: return try table()
        case PGRES_COMMAND_OK: return [[.text(String(cString: PQcmdStatus(handle)))]]
        default: throw failure
        }
    }

    private var failure: PostgresFailure {
        pecule_postgres_sqlstate(handle).map { .refused(String(cString: $0)) } ?? .lost("the server broke off")
    }

    private func table() throws(PostgresFailure) -> [[ColumnValue]] {
        var rows: [[ColumnValue]] = []
        for row in 0..<PQntuples(handle) {
            var cells: [ColumnValue] = []
            for column in 0..<PQnfields(handle) { cells.append(try cell(row, column)) }
            rows.append(cells)
        }
        return rows
    }

    private func cell(_ row: Int32, _ column: Int32) throws(PostgresFailure) -> ColumnValue {
        if PQgetisnull(handle, row, column) == 1 { return .null }
        let bytes = UnsafeBufferPointer(
            start: UnsafeRawPointer(PQgetvalue(handle, row, column))?.assumingMemoryBound(to: UInt8.self),
            count: Int(PQgetlength(handle, row, column)))
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable("a text is not UTF-8") }
        switch PQftype(handle, column) {
        case Self.text: return .text(text)
        case Self.bigint:
            if let integer = Int(text) { return .integer(integer) }
            fallthrough
        default: throw .unreadable("a cell is neither a bigint nor a text")
        }
    }

    /// The server's numbers for its types, fixed for ever.
    private static let bigint: Oid = 20
    private static let text: Oid = 25
}

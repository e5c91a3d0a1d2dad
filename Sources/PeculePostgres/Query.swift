import Pecule

/// The statements of the store. The name is also the one that a statement is prepared under.
enum Query: String, CaseIterable {
    case begin, commit, schemaVersion
    case insert, transfer, returning
    case allowance, replace, replaceWithin
    case takeOverdue, history, events, cases, outbox, clear

    /// Apart, since even to prepare a statement waits for whoever holds the table against it.
    static let reading: [Query] = [.transfer, .returning, .history, .events, .cases, .outbox]
    static let writing = allCases.filter { !reading.contains($0) }

    var sql: String {
        switch self {
        case .begin: "BEGIN"
        case .commit: "COMMIT"
        case .schemaVersion: "SELECT version FROM schema_version"
        case .insert:
            """
            INSERT INTO transfers (\(Self.columns)) VALUES (\(Self.places(Transfer.columns.indices)))
            ON CONFLICT (id) DO NOTHING RETURNING id
            """
        case .transfer: "SELECT \(Self.columns) FROM transfers WHERE id = $1"
        case .returning: "SELECT \(Self.columns) FROM transfers WHERE return_state = $1"
        case .allowance: WritingStatements.allowance
        case .replace: WritingStatements.replace
        case .replaceWithin: WritingStatements.replaceWithin
        case .takeOverdue: WritingStatements.takeOverdue
        case .history:
            """
            SELECT \(Self.columns) FROM transfers
            WHERE payer = $1 AND bank IS NOT NULL AND uncertain_initiations > 0
                AND drafted_at BETWEEN $2 AND $3 AND (drafted_at < $3 OR id > $4)
            ORDER BY drafted_at DESC, id LIMIT $5
            """
        case .events: "SELECT \(Self.recordColumns) FROM events WHERE transfer = $1 ORDER BY version"
        case .cases:
            """
            SELECT \(Self.columns) FROM transfers
            WHERE (needs_operator = 1 OR unanswered_since <= $1) AND id > $2 ORDER BY id LIMIT $3
            """
        case .outbox:
            "SELECT \(TransferNotice.columns.joined(separator: ", ")) FROM outbox ORDER BY sequence LIMIT $1"
        case .clear:
            """
            WITH taken AS MATERIALIZED (
                SELECT sequence FROM outbox WHERE sequence = ANY ($1::bigint[]) ORDER BY sequence FOR UPDATE
            )
            DELETE FROM outbox USING taken WHERE outbox.sequence = taken.sequence
            """
        }
    }

    private static let columns = Transfer.columns.joined(separator: ", ")
    private static let recordColumns = TransferRecord.columns.joined(separator: ", ")

    private static func places(_ range: Range<Int>) -> String {
        range.map { "$\($0 + 1)" }.joined(separator: ", ")
    }
}

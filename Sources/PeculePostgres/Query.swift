import Pecule

/// The statements of the store.
enum Query: Hashable {
    case begin, commit, schemaVersion
    case insert, allowance, replace, replaceWithin
    case takeOverdue, clear
    case insertItem, replaceItem, removeItem
    case read(RowQuestion)

    /// Apart, since even to prepare a statement waits for whoever holds the table against it.
    static let reading = RowQuestion.allCases.map(Query.read)
    static let writing: [Query] = [
        .begin, .commit, .schemaVersion, .insert, .allowance, .replace, .replaceWithin, .takeOverdue, .clear,
        .insertItem, .replaceItem, .removeItem,
    ]

    /// What the statement is prepared under.
    var name: String { Self.names[self] ?? "" }

    private static let names = Dictionary(uniqueKeysWithValues: (reading + writing).map { ($0, "\($0)") })

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
        case .allowance: WritingStatements.allowance
        case .replace: WritingStatements.replace
        case .replaceWithin: WritingStatements.replaceWithin
        case .takeOverdue: WritingStatements.takeOverdue
        case .clear:
            """
            WITH taken AS MATERIALIZED (
                SELECT sequence FROM outbox WHERE sequence = ANY ($1::bigint[]) ORDER BY sequence FOR UPDATE
            )
            DELETE FROM outbox USING taken WHERE outbox.sequence = taken.sequence
            """
        case .insertItem:
            """
            INSERT INTO items (\(Self.itemColumns)) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (kind, id) DO NOTHING RETURNING version
            """
        case .replaceItem:
            """
            UPDATE items SET version = $3, body = $4, due = $5 WHERE kind = $1 AND id = $2 AND version = $3 - 1
            RETURNING version
            """
        case .removeItem: "DELETE FROM items WHERE kind = $1 AND id = $2 AND version = $3 RETURNING version"
        case .read(let question): Self.reading(question)
        }
    }

    private static func reading(_ question: RowQuestion) -> String {
        switch question {
        case .transfer: "SELECT \(columns) FROM transfers WHERE id = $1"
        case .returning: "SELECT \(columns) FROM transfers WHERE return_state = $1"
        case .history:
            """
            SELECT \(TransferSummary.columns.joined(separator: ", ")) FROM transfers
            WHERE payer = $1 AND bank IS NOT NULL AND uncertain_initiations > 0
                AND drafted_at BETWEEN $2 AND $3 AND (drafted_at < $3 OR id > $4)
            ORDER BY drafted_at DESC, id LIMIT $5
            """
        case .events: "SELECT \(recordColumns) FROM events WHERE transfer = $1 ORDER BY version"
        case .cases:
            """
            SELECT \(columns) FROM transfers
            WHERE (needs_operator = 1 OR unanswered_since <= $1) AND id > $2 ORDER BY id LIMIT $3
            """
        case .outbox:
            "SELECT \(TransferNotice.columns.joined(separator: ", ")) FROM outbox ORDER BY sequence LIMIT $1"
        case .item: "SELECT \(itemColumns) FROM items WHERE kind = $1 AND id = $2"
        case .items: "SELECT \(itemColumns) FROM items WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3"
        case .dueItems:
            "SELECT \(itemColumns) FROM items WHERE kind = $1 AND due <= $2 ORDER BY due, id LIMIT $3"
        }
    }

    private static let columns = Transfer.columns.joined(separator: ", ")
    private static let itemColumns = StoredItem.columns.joined(separator: ", ")
    private static let recordColumns = TransferRecord.columns.joined(separator: ", ")

    private static func places(_ range: Range<Int>) -> String {
        range.map { "$\($0 + 1)" }.joined(separator: ", ")
    }
}

import Pecule

/// The statements of the store.
enum Query: Hashable, CaseIterable {
    case begin, commit
    case beginLogging, schemaVersion, dataVersion, application, tableCount
    case insert, number, version, reserved, advance, replace, record, notify
    case overdue, takeOverdue, clear
    case insertItem, replaceItem, removeItem
    case read(RowQuestion)

    static let allCases =
        [
            .begin, .commit, .beginLogging, .schemaVersion, .dataVersion, .application, .tableCount, .insert, .number,
            .version, .reserved, .advance, .replace, .record, .notify, .overdue, .takeOverdue, .clear, .insertItem,
            .replaceItem, .removeItem,
        ] + RowQuestion.allCases.map(Query.read)

    var sql: String {
        switch self {
        case .read(let question): Self.reading(question)
        case .begin: "BEGIN IMMEDIATE"
        case .commit: "COMMIT"
        case .beginLogging: "PRAGMA journal_mode = WAL"
        case .schemaVersion: "PRAGMA user_version"
        case .dataVersion: "PRAGMA data_version"
        case .application: "PRAGMA application_id"
        case .tableCount: "SELECT count(*) FROM sqlite_schema"
        case .insert: "INSERT INTO transfers (\(Self.columns)) VALUES (\(Self.places)) ON CONFLICT (id) DO NOTHING"
        case .number: "SELECT number FROM transfers WHERE id = ?1"
        case .version: "SELECT version FROM transfers WHERE number = ?1"
        case .reserved:
            """
            SELECT coalesce(sum(amount_cents), 0) FROM transfers
            WHERE establishment = ?1 AND ecrou = ?2 AND chosen_month = ?3 AND reserves = 1 AND number <> ?4
            """
        case .advance: Self.update(keeping: Self.slowColumns)
        case .replace: Self.update(keeping: [])
        case .record: "INSERT INTO events (\(Self.recordColumns), transfer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        case .notify: "INSERT INTO outbox (version, state, transfer) VALUES (?1, ?2, ?3)"
        case .overdue: "SELECT id FROM transfers WHERE \(Self.isToBeTaken) LIMIT 1"
        case .takeOverdue:
            """
            UPDATE transfers SET taken_until = ?3 WHERE number IN (
                SELECT number FROM transfers WHERE \(Self.isToBeTaken) ORDER BY deadline, id LIMIT ?4
            ) RETURNING id, deadline
            """
        case .clear: "DELETE FROM outbox WHERE sequence = ?1"
        case .insertItem:
            """
            INSERT INTO items (\(Self.itemColumns)) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (kind, id) DO NOTHING
            """
        case .replaceItem:
            "UPDATE items SET version = ?3, body = ?4, due = ?5 WHERE kind = ?1 AND id = ?2 AND version = ?3 - 1"
        case .removeItem: "DELETE FROM items WHERE kind = ?1 AND id = ?2 AND version = ?3"
        }
    }

    private static func reading(_ question: RowQuestion) -> String {
        switch question {
        case .transfer: "SELECT \(columns) FROM transfers WHERE id = ?1"
        case .returning: "SELECT \(columns) FROM transfers WHERE return_state = ?1"
        case .history:
            """
            SELECT \(summaryColumns) FROM transfers
            WHERE payer = ?1 AND bank IS NOT NULL AND uncertain_initiations > 0
                AND drafted_at BETWEEN ?2 AND ?3 AND (drafted_at < ?3 OR id > ?4)
            ORDER BY drafted_at DESC, id LIMIT ?5
            """
        case .events:
            """
            SELECT \(recordColumns) FROM events
            WHERE transfer = (SELECT number FROM transfers WHERE id = ?1) ORDER BY version
            """
        case .cases:
            """
            SELECT \(columns) FROM transfers
            WHERE (needs_operator = 1 OR unanswered_since IS NOT NULL)
                AND (needs_operator = 1 OR unanswered_since <= ?1) AND id > ?2
            ORDER BY id LIMIT ?3
            """
        case .outbox:
            """
            SELECT sequence, id, outbox.version, outbox.state FROM outbox JOIN transfers ON number = transfer
            ORDER BY sequence LIMIT ?1
            """
        case .item: "SELECT \(itemColumns) FROM items WHERE kind = ?1 AND id = ?2"
        case .items: "SELECT \(itemColumns) FROM items WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
        case .dueItems:
            "SELECT \(itemColumns) FROM items WHERE kind = ?1 AND due <= ?2 ORDER BY due, id LIMIT ?3"
        }
    }

    private static let columns = Transfer.columns.joined(separator: ", ")
    private static let summaryColumns = TransferSummary.columns.joined(separator: ", ")
    private static let places = Transfer.columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    private static let itemColumns = StoredItem.columns.joined(separator: ", ")
    private static let recordColumns = TransferRecord.columns.joined(separator: ", ")

    /// At the time ?1, of every bank but those of the JSON array ?2.
    private static let isToBeTaken = """
        deadline IS NOT NULL AND deadline <= ?1 AND (taken_until IS NULL OR taken_until <= ?1)
        AND (bank IS NULL OR bank NOT IN (SELECT value FROM json_each(?2)))
        """

    /// What indexes are made of and few changes touch: an update that names them writes all those indexes again.
    private static let slowColumns = ["bank", "return_state", "chosen_month", "reserves"]

    /// What changes, in the order of `Transfer.changingColumns`, then the version that is expected, then the number.
    ///
    /// - Parameter kept: columns that are as they were, or else nothing is changed.
    private static func update(keeping kept: [String]) -> String {
        let columns = zip(1..., Transfer.changingColumns)
        let changes = columns.filter { !kept.contains($1) }.map { "\($1) = ?\($0)" } + ["taken_until = NULL"]
        let conditions = columns.filter { kept.contains($1) }.map { " AND \($1) IS ?\($0)" }.joined()
        let expected = Transfer.changingColumns.count + 1
        return """
            UPDATE transfers SET \(changes.joined(separator: ", "))
            WHERE number = ?\(expected + 1) AND version = ?\(expected)\(conditions)
            """
    }
}

import Pecule

/// The longer statements: one for each write, so that all writes of a transaction can be sent in one piece.
///
/// A change has the id, the version that is expected, what changes in the row, the record's cells, and last the
/// allowance.
enum WritingStatements {
    private static let changes = 3
    private static let record = changes + Transfer.changingColumns.count
    private static let limit = record + TransferRecord.columns.count

    /// Who begins a transfer of a detainee in a month waits here for the others who do. The row is written, not only
    /// locked, so that this holds at every isolation level.
    static let allowance = """
        INSERT INTO allowances (establishment, ecrou, month, uses) VALUES ($1, $2, $3, 1)
        ON CONFLICT (establishment, ecrou, month) DO UPDATE SET uses = allowances.uses + 1
        """

    static let replace = """
        WITH \(changed()), \(recorded)
        \(notify) RETURNING sequence
        """

    /// One row: how many were changed, what is left of the allowance, the version that is kept.
    static let replaceWithin = """
        WITH room AS (
            SELECT $\(limit)::bigint - coalesce(sum(amount_cents), 0)::bigint AS cents FROM transfers
            WHERE establishment = $\(limit + 1) AND ecrou = $\(limit + 2) AND chosen_month = $\(limit + 3)
                AND reserves = 1 AND id <> $1
        ), \(changed(from: "FROM room", and: "AND amount_cents <= room.cents")), \(recorded),
        notified AS (\(notify))
        SELECT (SELECT count(*) FROM changed), cents, (SELECT version FROM transfers WHERE id = $1) FROM room
        """

    private static func changed(from table: String = "", and condition: String = "") -> String {
        let cells = zip(changes..., Transfer.changingColumns).map { "\($1) = $\($0)" }.joined(separator: ", ")
        return """
            changed AS (
                UPDATE transfers SET \(cells), taken_until = NULL \(table)
                WHERE id = $1 AND version = $2 \(condition) RETURNING id
            )
            """
    }

    private static let recorded = """
        recorded AS (
            INSERT INTO events (transfer, \(TransferRecord.columns.joined(separator: ", ")))
            SELECT id, \(recordCells) FROM changed
        )
        """

    private static let recordCells = zip(record..., TransferRecord.columns).map { place, name in
        "$\(place)::\(["version", "at"].contains(name) ? "bigint" : "text")"
    }.joined(separator: ", ")

    private static let notify = """
        INSERT INTO outbox (transfer, version, state)
        SELECT id, $\(place(of: "version"))::bigint, $\(place(of: "state"))::text FROM changed
        """

    private static func place(of column: String) -> Int {
        (Transfer.changingColumns.firstIndex(of: column) ?? 0) + changes
    }

    /// Skips what another one is taking or changing right now, and so waits for nobody.
    static let takeOverdue = """
        WITH due AS MATERIALIZED (
            SELECT id FROM transfers
            WHERE deadline <= $1 AND (taken_until IS NULL OR taken_until <= $1)
                AND (bank IS NULL OR bank <> ALL ($3::text[]))
            ORDER BY deadline, id LIMIT $4 FOR UPDATE SKIP LOCKED
        ), taken AS (
            UPDATE transfers SET taken_until = $2 FROM due WHERE transfers.id = due.id RETURNING transfers.id, deadline
        )
        SELECT id FROM taken ORDER BY deadline, id
        """
}

import Foundation

/// What stands beside the transfers, as rows of plain columns: the same in every database.
extension TransferRecord {
    public static let columns = ["version", "event", "detail", "state", "at", "correlation"]

    /// The cells, in the order of `columns`.
    public var row: [ColumnValue] {
        [.integer(version), .text(event), .text(detail), .text(state), .time(at), .text(correlation.text)]
    }

    /// - Parameter row: the cells in the order of `columns`.
    public init(row: [ColumnValue]) throws(StoreFault) {
        var cells = try RowReader(Self.columns, row)
        self.init(
            version: try cells.integer("version"), event: try cells.text("event"), detail: try cells.text("detail"),
            state: try cells.text("state"), at: try cells.time("at"),
            correlation: try cells.value("correlation") { CorrelationID($0) })
    }
}

extension TransferNotice {
    public static let columns = ["sequence", "transfer", "version", "state"]

    /// - Parameter row: the cells in the order of `columns`.
    public init(row: [ColumnValue]) throws(StoreFault) {
        var cells = try RowReader(Self.columns, row)
        self.init(
            sequence: try cells.integer("sequence"), transfer: try cells.value("transfer") { TransferID($0) },
            version: try cells.integer("version"), state: try cells.text("state"))
    }
}

extension Transfer {
    /// The row for a database; a text with a NUL is refused, since databases cut it off, refuse it, or keep it.
    public func storableRow() throws(StoreFault) -> [ColumnValue] { try Self.storable(row, Self.columns) }

    /// What of the row a change may alter, in the order of `changingColumns`; refused as the whole row would be.
    public func storableChanges() throws(StoreFault) -> [ColumnValue] {
        try Self.storable(changingRow, Self.changingColumns)
    }

    private static func storable(_ row: [ColumnValue], _ columns: [String]) throws(StoreFault) -> [ColumnValue] {
        for case (let name, .text(let text)) in zip(columns, row) where !text.isAll({ $0 != 0 }) {
            throw .unavailable("column \(name): holds a NUL")
        }
        return row
    }
}

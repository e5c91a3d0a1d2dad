/// One cell of a raw row.
public enum Cell: Sendable, Hashable {
    case null
    case integer(Int)
    case text(String)
}

/// A table as it was read: nothing is believed of it but its cells.
public struct Table: Sendable, Equatable {
    public var columns: [String]
    /// Each with one cell for each column.
    public var rows: [[Cell]]

    public init(columns: [String], rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows
    }
}

/// The tables of a gateway's store, read at one moment.
public struct Tables: Sendable, Equatable {
    public var transfers: Table
    /// With the transfer's id in the column `transfer`.
    public var events: Table
    /// With the transfer's id in the column `transfer`.
    public var outbox: Table

    public init(transfers: Table, events: Table, outbox: Table) {
        self.transfers = transfers
        self.events = events
        self.outbox = outbox
    }
}

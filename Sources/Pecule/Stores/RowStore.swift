public import Foundation

/// A store whose transfers and items are rows, such as tables of any database: it gives rows, and what they mean is
/// read here.
public protocol RowStore: TransferStore, ItemStore {
    /// The rows that answer a question, read as they were last committed.
    func rows(_ question: RowQuestion, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]]
}

/// What a store of rows is asked without being changed. Each case says what the values are; a time is milliseconds.
public enum RowQuestion: Sendable, CaseIterable {
    /// The transfer of an id. Cells in the order of `Transfer.columns`, as for all that give whole transfers.
    case transfer
    /// The transfer of a return state.
    case returning
    /// The transfers of a payer that a bank may know, drafted since a time, and before a second time or at it with an
    /// id after the given one: newest first, then by id, at most so many. Cells in the order of
    /// `TransferSummary.columns`.
    case history
    /// The records of the transfer of an id by version, in the order of `TransferRecord.columns`.
    case events
    /// The transfers that need an operator, or have been without an answer since a time or longer, by id, after the
    /// given one, at most so many.
    case cases
    /// The oldest notices, at most so many, in the order of `TransferNotice.columns`.
    case outbox
    /// The item of a kind and an id, in the order of `StoredItem.columns`, as for all that give items.
    case item
    /// The items of a kind by id, after the given one, at most so many.
    case items
    /// The items of a kind that are due at a time, by when, then by id, at most so many.
    case dueItems
}

extension RowStore {
    public func transfer(_ id: TransferID) async throws(StoreFault) -> Transfer? {
        try await transfers(.transfer, [.text(id.text)]).first
    }

    public func transfer(returning state: ReturnState) async throws(StoreFault) -> Transfer? {
        try await transfers(.returning, [.text(state.revealed)]).first
    }

    public func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(StoreFault) -> [TransferSummary] {
        // Without a cursor everything is after it.
        let end = cursor.map { ColumnValue.time($0.draftedAt) } ?? .integer(.max)
        let last = ColumnValue.text(cursor?.id.text ?? "")
        let values = [.text(payer.revealed), .time(start), end, last, .integer(max(limit, 0))]
        return try await rows(.history, values).map { row throws(StoreFault) in try TransferSummary(row: row) }
    }

    public func cases(
        unansweredBefore time: Date, after id: TransferID?, limit: Int
    ) async throws(StoreFault) -> [Transfer] {
        try await transfers(.cases, [.time(time), .text(id?.text ?? ""), .integer(max(limit, 0))])
    }

    public func events(of id: TransferID) async throws(StoreFault) -> [TransferRecord] {
        try await rows(.events, [.text(id.text)]).map { row throws(StoreFault) in try TransferRecord(row: row) }
    }

    public func outbox(limit: Int) async throws(StoreFault) -> [TransferNotice] {
        try await rows(.outbox, [.integer(max(limit, 0))]).map { row throws(StoreFault) in
            try TransferNotice(row: row)
        }
    }

    /// See `ItemStore`.
    public func item(_ kind: String, _ id: String) async throws(StoreFault) -> StoredItem? {
        try await items(.item, [.text(kind), .text(id)]).first
    }

    public func items(_ kind: String, after id: String, limit: Int) async throws(StoreFault) -> [StoredItem] {
        try await items(.items, [.text(kind), .text(id), .integer(max(limit, 0))])
    }

    public func dueItems(_ kind: String, at now: Date, limit: Int) async throws(StoreFault) -> [StoredItem] {
        try await items(.dueItems, [.text(kind), .time(now), .integer(max(limit, 0))])
    }

    private func items(_ question: RowQuestion, _ values: [ColumnValue]) async throws(StoreFault) -> [StoredItem] {
        try await rows(question, values).map { row throws(StoreFault) in try StoredItem(row: row) }
    }

    private func transfers(
        _ question: RowQuestion, _ values: [ColumnValue]
    ) async throws(StoreFault) -> [Transfer] {
        try await rows(question, values).map { row throws(StoreFault) in try Transfer(row: row) }
    }
}

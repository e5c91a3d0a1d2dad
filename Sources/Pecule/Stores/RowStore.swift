public import Foundation

/// A store whose transfers are rows, such as a table of any database: it gives rows, and what they mean is read here.
public protocol RowStore: TransferStore {
    /// The rows that answer a question, read as they were last committed.
    func rows(_ question: RowQuestion, _ values: [ColumnValue]) async throws(StoreFault) -> [[ColumnValue]]
}

/// What a store of rows is asked without being changed. Each case says what the values are; a time is milliseconds.
public enum RowQuestion: Sendable {
    /// The transfer of an id. Cells in the order of `Transfer.columns`, as for all that give transfers.
    case transfer
    /// The transfer of a return state.
    case returning
    /// The transfers of a payer that a bank may know, drafted since a time, and before a second time or at it with an
    /// id after the given one: newest first, then by id, at most so many.
    case history
    /// The records of the transfer of an id by version, in the order of `TransferRecord.columns`.
    case events
    /// The transfers that need an operator, or have been without an answer since a time or longer, by id, after the
    /// given one, at most so many.
    case cases
    /// The oldest notices, at most so many, in the order of `TransferNotice.columns`.
    case outbox
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
    ) async throws(StoreFault) -> [Transfer] {
        // Without a cursor everything is after it.
        let end = cursor.map { ColumnValue.time($0.draftedAt) } ?? .integer(.max)
        let last = ColumnValue.text(cursor?.id.text ?? "")
        return try await transfers(
            .history, [.text(payer.revealed), .time(start), end, last, .integer(max(limit, 0))])
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

    private func transfers(
        _ question: RowQuestion, _ values: [ColumnValue]
    ) async throws(StoreFault) -> [Transfer] {
        try await rows(question, values).map { row throws(StoreFault) in try Transfer(row: row) }
    }
}

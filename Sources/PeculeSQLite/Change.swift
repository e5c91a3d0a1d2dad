import Pecule

/// A new version of a transfer with all that is written beside it, as cells: made before the writer is troubled.
struct Change: Sendable {
    private let row: [ColumnValue]
    private let expected: ColumnValue
    private let amount: Int
    private let allowance: MonthlyAllowance?
    private let record: [ColumnValue]
    private let notice: [ColumnValue]

    init(
        _ transfer: Transfer, expecting expected: Int, because event: TransferEvent, within allowance: MonthlyAllowance?
    ) throws(StoreFault) {
        let id = ColumnValue.text(transfer.id.text)
        row = try transfer.storableRow()
        self.expected = .integer(expected)
        amount = transfer.order.amount.cents
        self.allowance = allowance
        record = [id] + TransferRecord(transfer, because: event).row
        notice = [id, .integer(transfer.version), .text(transfer.state.name)]
    }

    /// Everything or nothing of it, as far as a transaction reaches.
    func write(on connection: Connection) throws(SQLiteFailure) -> Replacement {
        if let allowance {
            guard try connection.rows(.version, [row[0]]) == [[expected]] else { return .versionConflict }
            let left = try allowance.limit.cents - reserved(allowance, on: connection)
            guard amount <= left else { return .overAllowance(left: Amount(cents: left)) }
        }
        guard try connection.run(.replace, row + [expected]) == 1 else { return .versionConflict }
        try connection.run(.record, record)
        try connection.run(.notify, notice)
        return .replaced
    }

    private func reserved(_ allowance: MonthlyAllowance, on connection: Connection) throws(SQLiteFailure) -> Int {
        try connection.integer(
            .reserved,
            [
                .text(allowance.detainee.establishment.text), .text(allowance.detainee.ecrouNumber.revealed),
                .integer(allowance.month.number), row[0],
            ])
    }
}

import Pecule

/// A new version of a transfer with all that is written beside it, as cells: made before the writer is troubled.
struct Change: Sendable {
    private let id: ColumnValue
    private let expected: ColumnValue
    private let changes: [ColumnValue]
    private let slowCells: [ColumnValue]
    private let amount: Int
    private let allowance: MonthlyAllowance?
    private let record: [ColumnValue]
    private let notice: [ColumnValue]

    init(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) throws(StoreFault) {
        changes = try transfer.storableChanges()
        id = .text(transfer.id.text)
        self.expected = .integer(expected)
        slowCells = Self.slowPlaces.map { [changes] in changes[$0] }
        amount = transfer.order.amount.cents
        self.allowance = allowance
        self.record = record.row
        notice = [.integer(transfer.version), .text(transfer.state.name)]
    }

    private static let slowPlaces = Query.slowColumns.compactMap { Transfer.changingColumns.firstIndex(of: $0) }

    /// Everything or nothing of it, as far as a transaction reaches.
    func write(on connection: Connection) throws(SQLiteFailure) -> Replacement {
        guard let kept = try connection.rows(.kept, [id]).first, kept[1] == expected else {
            return .versionConflict
        }
        if let allowance {
            let left = try allowance.limit.cents - reserved(allowance, on: connection)
            guard amount <= left else { return .overAllowance(left: Amount(cents: left)) }
        }
        let query = kept[2...].elementsEqual(slowCells) ? Query.advance : .replace
        try connection.run(query, [kept[0]] + changes)
        try connection.run(.record, [kept[0]] + record)
        try connection.run(.notify, [kept[0]] + notice)
        return .replaced
    }

    private func reserved(_ allowance: MonthlyAllowance, on connection: Connection) throws(SQLiteFailure) -> Int {
        try connection.integer(
            .reserved,
            [
                .text(allowance.detainee.establishment.text), .text(allowance.detainee.ecrouNumber.revealed),
                .integer(allowance.month.number), id,
            ])
    }
}

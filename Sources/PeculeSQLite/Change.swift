import Pecule

/// A new version of a transfer with all that is written beside it: made before the writer is troubled.
struct Change: Sendable {
    private let id: Bindings
    private let expected: ColumnValue
    private let changes: Bindings
    private let slowCells: [ColumnValue]
    private let amount: Int
    private let allowance: MonthlyAllowance?
    private let record: Bindings
    private let notice: Bindings

    init(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) throws(StoreFault) {
        let cells = try transfer.storableChanges()
        changes = Bindings(cells)
        id = [.text(transfer.id.text)]
        self.expected = .integer(expected)
        slowCells = Self.slowPlaces.map { cells[$0] }
        amount = transfer.order.amount.cents
        self.allowance = allowance
        self.record = Bindings(record.row)
        notice = [.integer(transfer.version), .text(transfer.state.name)]
    }

    private static let slowPlaces = Query.slowColumns.compactMap { Transfer.changingColumns.firstIndex(of: $0) }

    /// Everything or nothing of it, as far as a transaction reaches.
    func write(on connection: Connection) throws(SQLiteFailure) -> Replacement {
        guard let kept = try connection.rows(.kept, id).first, case .integer(let number) = kept[0], kept[1] == expected
        else { return .versionConflict }
        if let allowance {
            let left = try allowance.limit.cents - reserved(allowance, besides: number, on: connection)
            guard amount <= left else { return .overAllowance(left: Amount(cents: left)) }
        }
        let query = kept[2...].elementsEqual(slowCells) ? Query.advance : .replace
        try connection.run(query, changes, number)
        try connection.run(.record, record, number)
        try connection.run(.notify, notice, number)
        return .replaced
    }

    private func reserved(
        _ allowance: MonthlyAllowance, besides number: Int, on connection: Connection
    ) throws(SQLiteFailure) -> Int {
        try connection.integer(
            .reserved,
            [
                .text(allowance.detainee.establishment.text), .text(allowance.detainee.ecrouNumber.revealed),
                .integer(allowance.month.number), .integer(number),
            ])
    }
}

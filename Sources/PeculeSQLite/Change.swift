import Pecule

/// A new version of a transfer with all that is written beside it: made before the writer is troubled.
struct Change: Sendable {
    private let id: TransferID
    private let expected: Int
    private let changes: Bindings
    private let amount: Int
    private let allowance: MonthlyAllowance?
    private let record: Bindings
    private let notice: Bindings

    init(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) throws(StoreFault) {
        changes = Bindings(try transfer.storableChanges() + [.integer(expected)])
        id = transfer.id
        self.expected = expected
        amount = transfer.order.amount.cents
        self.allowance = allowance
        self.record = Bindings(record.row)
        notice = [.integer(transfer.version), .text(transfer.state.name)]
    }

    /// Everything or nothing of it, as far as a transaction reaches.
    func write(on connection: Connection) throws(SQLiteFailure) -> Replacement {
        guard let number = try connection.number(of: id) else { return .versionConflict }
        if let allowance {
            guard try connection.integer(.version, [.integer(number)]) == expected else { return .versionConflict }
            let left = try allowance.limit.cents - reserved(allowance, besides: number, on: connection)
            guard amount <= left else { return .overAllowance(left: Amount(cents: left)) }
        }
        if try connection.run(.advance, changes, number) == 0 {
            guard try connection.run(.replace, changes, number) == 1 else { return .versionConflict }
        }
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

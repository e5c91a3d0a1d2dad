/// What must hold within one row of `transfers`, and between the rows (S2, I7, L1's bookkeeping).
enum RowCheck {
    static func findings(in store: Store) -> [Finding] {
        var returns: Set<String> = []
        return store.transfers.flatMap { transfer in
            var found = findings(in: transfer)
            if let state = transfer.returnState, !returns.insert(state).inserted {
                found.append(finding(.transferReturn, transfer, "its own", "another transfer’s"))
            }
            return found
        }
    }

    private static func findings(in transfer: TransferRow) -> [Finding] {
        [
            choice(transfer), payment(transfer), month(transfer), reserves(transfer), proof(transfer),
            answers(transfer),
            deadline(transfer), operatorCase(transfer),
        ].compactMap(\.self)
    }

    /// A bank is chosen with all that belongs to it, or not at all; every started transfer has one.
    private static func choice(_ transfer: TransferRow) -> Finding? {
        let cells = [
            transfer.bank != nil, transfer.returnState != nil, transfer.chosenAt != nil, transfer.chosenMonth != nil,
        ]
        let isNeeded = ![.drafted, .failed].contains(transfer.state)
        let isForbidden = transfer.state == .drafted
        if cells.allSatisfy(\.self), !isForbidden { return nil }
        if !cells.contains(true), !isNeeded { return nil }
        let expected = isForbidden ? "no bank chosen" : "a bank chosen, with return state and time"
        return finding(.transferChoice, transfer, expected, "\(cells.count { $0 }) of \(cells.count) cells")
    }

    private static func payment(_ transfer: TransferRow) -> Finding? {
        let isNeeded = transfer.state.isStarted || transfer.state == .settled
        let isForbidden = [.drafted, .initiating].contains(transfer.state)
        guard transfer.paymentID == nil ? isNeeded : isForbidden else { return nil }
        return finding(.transferPayment, transfer, isNeeded ? "a payment" : "no payment", isNeeded ? "none" : "one")
    }

    private static func month(_ transfer: TransferRow) -> Finding? {
        guard let chosenAt = transfer.chosenAt, let month = transfer.chosenMonth else { return nil }
        let expected = ParisDay(milliseconds: chosenAt).month
        return month == expected ? nil : finding(.transferMonth, transfer, "\(expected)", "\(month)")
    }

    private static func reserves(_ transfer: TransferRow) -> Finding? {
        let expected = transfer.countsAgainstCap ? 1 : 0
        return transfer.reserves == expected
            ? nil
            : Finding(
                .transferReserves, .transfers, transfer.id, expected: "\(expected)", found: "\(transfer.reserves)",
                differenceCents: expected == 1 ? -transfer.amountCents : transfer.amountCents)
    }

    /// The secret of an approval is kept only while it may have to be sent again.
    private static func proof(_ transfer: TransferRow) -> Finding? {
        transfer.proof == nil || transfer.state == .confirming
            ? nil : finding(.transferProof, transfer, "none in \(transfer.state)", "one")
    }

    /// So is what the payer told for his bank alone.
    private static func answers(_ transfer: TransferRow) -> Finding? {
        transfer.state.isFinal && transfer.answers != nil ? finding(.transferAnswers, transfer, "none", "some") : nil
    }

    /// Nobody looks again at what has ended.
    private static func deadline(_ transfer: TransferRow) -> Finding? {
        transfer.state.isFinal && transfer.deadline != nil ? finding(.transferDeadline, transfer, "none", "one") : nil
    }

    /// An operator is called where the bank says what cannot be, and where nobody else looks again.
    private static func operatorCase(_ transfer: TransferRow) -> Finding? {
        let isStuck = transfer.deadline == nil && !transfer.state.isFinal
        let expected = isStuck || !transfer.alarm.isEmpty || transfer.contradiction != nil ? 1 : 0
        guard transfer.needsOperator != expected else { return nil }
        return finding(.transferOperator, transfer, "\(expected)", "\(transfer.needsOperator)")
    }

    private static func finding(
        _ code: FindingCode, _ transfer: TransferRow, _ expected: String, _ found: String
    ) -> Finding {
        Finding(code, .transfers, transfer.id, expected: expected, found: found)
    }
}

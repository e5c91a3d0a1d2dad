/// What has not ended: a fault where everything should have, otherwise worth a word where the bank has (V1).
enum EndCheck {
    static func findings(in store: Store, _ bookings: Bookings, allFinal: Bool) -> [Finding] {
        let open = store.transfers.filter { !$0.state.isFinal }
        return allFinal ? open.map(unfinished) : open.compactMap { ended($0, bookings) }
    }

    private static func unfinished(_ transfer: TransferRow) -> Finding {
        Finding(
            .openUnfinished, .transfers, transfer.id, expected: "settled or failed", found: transfer.state.rawValue)
    }

    private static func ended(_ transfer: TransferRow, _ bookings: Bookings) -> Finding? {
        guard transfer.mayHaveReachedBank, let last = bookings.payments[transfer.id]?.last?.payment, last.hasEnded
        else { return nil }
        return Finding(
            .openEnded, .transfers, transfer.id, expected: "ended, as at the bank: \(last.shownStatus)",
            found: transfer.state.rawValue)
    }
}

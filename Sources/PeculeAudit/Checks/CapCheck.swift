/// What a detained person is to receive in a month stays within the establishment's cap (L1).
enum CapCheck {
    private struct Allowance: Hashable {
        let establishment: String
        let detainee: String
        let month: Int
    }

    static func findings(in store: Store, _ caps: [String: Int]) -> [Finding] {
        let counted = store.transfers.filter { $0.countsAgainstCap && caps[$0.establishment] != nil }
        let groups = Dictionary(grouping: counted) { transfer in
            Allowance(
                establishment: transfer.establishment, detainee: transfer.detainee,
                month: transfer.chosenAt.map { ParisDay(milliseconds: $0).month } ?? 0)
        }
        return groups.compactMap { allowance, transfers in
            caps[allowance.establishment].flatMap { excess(transfers, over: $0) }
        }
    }

    /// Told of the transfer with which the sum passed the cap.
    private static func excess(_ transfers: [TransferRow], over cap: Int) -> Finding? {
        var sum = 0
        var passing: String?
        for transfer in transfers.sorted(by: { ($0.chosenAt ?? 0, $0.id) < ($1.chosenAt ?? 0, $1.id) }) {
            sum = Cents.adding(sum, transfer.amountCents)
            if sum > cap, passing == nil { passing = transfer.id }
        }
        return passing.map { Finding(.capExceeded, .transfers, $0, expectedCents: cap, foundCents: sum) }
    }
}

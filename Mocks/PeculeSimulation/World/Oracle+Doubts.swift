import Pecule

/// A write of which the store could not say whether it was done.
struct Doubt {
    let transfer: Transfer
    /// Nil for an insertion.
    let record: TransferRecord?
    let allowance: MonthlyAllowance?

    init(_ transfer: Transfer, _ record: TransferRecord? = nil, _ allowance: MonthlyAllowance? = nil) {
        self.transfer = transfer
        self.record = record
        self.allowance = allowance
    }
}

// What was in doubt shows later: when somebody builds on it, or when the store is opened again.
extension Oracle {
    func doubt(_ doubt: Doubt, because fault: StoreFault) { doubts[doubt.transfer.id, default: []].append(doubt) }

    /// Somebody wrote the version after one that was in doubt: then that was done.
    func resolve(before transfer: Transfer) {
        guard let open = doubts[transfer.id] else { return }
        doubts[transfer.id] = nil
        let version = known[transfer.id]?.version ?? 0
        let done = open.last { $0.transfer.version == transfer.version - 1 && $0.transfer.version > version }
        if let done { settle(done) }
    }

    private func settle(_ doubt: Doubt) {
        guard let record = doubt.record else { return inserted(doubt.transfer) }
        replaced(doubt.transfer, because: record, within: doubt.allowance)
    }

    /// A process has opened the store: all that was acknowledged is there, and of the rest only what was in doubt.
    func recover(from store: any TransferStore) async {
        for id in ids {
            guard let kept = await Self.kept(id, in: store) else { continue }
            let open = doubts[id] ?? []
            if let done = open.first(where: { $0.transfer.row == kept?.row }), kept?.row != known[id]?.row {
                doubts[id] = nil
                settle(done)
            }
            hold(kept?.row == known[id]?.row, .durable, id, "version \(kept?.version ?? 0) is there")
        }
    }

    /// Nil when the store cannot be read now.
    private static func kept(_ id: TransferID, in store: any TransferStore) async -> Transfer?? {
        do throws(StoreFault) { return .some(try await store.transfer(id)) } catch { return nil }
    }
}

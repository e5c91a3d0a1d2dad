import Pecule

/// A portal that takes for the bank's word what anyone may say.
struct MutantPortal {
    let world: World

    func resumed(_ id: TransferID, _ query: String) {
        guard let transfer = world.store.transfer(id) else { return }
        switch world.mutant {
        case .believesCallback: believe(.settled, of: transfer)
        case .believesRefusal where query.contains("error="): believe(.denied, of: transfer)
        default: break
        }
    }

    func notified(_ id: TransferID) {
        guard world.mutant == .believesNotification, let transfer = world.store.transfer(id) else { return }
        believe(.settled, of: transfer)
    }

    private func believe(_ status: BankReport.Status, of transfer: Transfer) {
        var next = transfer
        let event = TransferEvent.reported(BankReport(status, echo: PaymentEcho(of: transfer.order)))
        guard case .changed = try? next.apply(event, at: transfer.updatedAt, patience: Town.patience) else { return }
        let record = TransferRecord(next, because: event, in: world.correlation)
        let answer = try? world.store.replace(next, expecting: transfer.version, recording: record, within: nil)
        guard answer == .replaced else { return }
        world.oracle.replaced(next, because: record, within: nil)
    }
}

import Pecule
import PeculeMockBank

// When all is quiet.
extension Oracle {
    func judge(_ store: any TransferStore) async {
        books.update()
        for transfer in ids.compactMap({ known[$0] }) {
            hold(transfer.state.isFinal || !isHonest(transfer), .ends, transfer.id,
                "still \(transfer.state.name)\(transfer.alarm.isEmpty ? "" : ", with an alarm")")
            await judgeEvents(transfer, store)
            if isHonest(transfer) { judgeDebits(transfer) }
        }
        judgeBooks()
        await judgeNotices(store)
    }

    private func judgeEvents(_ transfer: Transfer, _ store: any TransferStore) async {
        let versions = (try? await store.events(of: transfer.id))?.map(\.version) ?? []
        hold(versions == Array(2..<(transfer.version + 1)), .events, transfer.id, "\(versions)")
    }

    private func judgeDebits(_ transfer: Transfer) {
        let debits = books.executions[transfer.order.endToEndID] ?? []
        if transfer.state == .settled {
            hold(debits == [transfer.order.amount.cents], .settledOnce, transfer.id, "debited \(debits)")
        } else if transfer.state.isFinal {
            hold(debits.isEmpty, .failedNever, transfer.id, "debited \(debits)")
        }
    }

    private func judgeBooks() {
        let ids = Dictionary(uniqueKeysWithValues: known.values.map { ($0.order.endToEndID, $0) })
        for (id, debits) in books.executions.sorted(by: { $0.key < $1.key }) {
            let transfer = ids[id]
            let isExpected = transfer.map { $0.state == .settled || !$0.state.isFinal || !isHonest($0) } ?? false
            hold(isExpected, .noOrphan, transfer?.id, "\(debits.count) debits")
        }
        hold(books.settlements.allSatisfy { $0.credited == Town.payeeIBAN }, .destination, nil,
            "another account was credited")
        let accounts = books.bank.accounts()
        let moved = books.executions.values.joined().reduce(0, +)
        let left = accounts.reduce(0) { $0 + $1.balanceCents }
        hold(books.openings == left + moved, .conserved, nil, "\(books.openings) became \(left) and \(moved)")
        hold(accounts.allSatisfy { $0.balanceCents >= 0 }, .noOverdraft, nil, "a balance below zero")
    }

    /// Nobody takes notices out of the outbox in a run, so that every change has left one.
    private func judgeNotices(_ store: any TransferStore) async {
        let changes = known.values.reduce(0) { $0 + $1.version - 1 }
        let notices = (try? await store.outbox(limit: changes + 1)) ?? []
        hold(notices.count == changes, .notices, nil, "\(notices.count) notices of \(changes) changes")
    }

    /// A payer sees what reached a bank, all of it and nothing else.
    func judge(history: [TransferSummary], of payer: AccountID) {
        let expected = known.values.filter { $0.order.payer.account == payer && $0.mayHaveReachedBank }
        hold(Set(history.map(\.id)) == Set(expected.map(\.id)), .history, nil,
            "\(history.count) shown of \(expected.count)")
    }
}

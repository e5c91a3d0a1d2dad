import Foundation
import Pecule

/// A transfer that counts against a cap.
struct SentTransfer: Sendable {
    let account: DetaineeAccount
    let month: TransferMonth
    let amount: Amount

    /// Nil for what was never sent, and for what has failed.
    init?(_ transfer: TransferSummary) {
        switch transfer.outcome {
        case .chooseBank, .failed: return nil
        case .approve, .underway, .unknown, .settled: break
        }
        (account, amount) = (transfer.detainee.account, transfer.amount)
        month = TransferMonth(of: transfer.draftedAt)
    }
}

extension PortalDesk {
    /// What counts against the month's cap of that person, of what this payer has sent; in cents. Beyond a hundred
    /// transfers it is a lower bound.
    func sentThisMonth(
        to detainee: Detainee, by relative: Relative, at now: Date
    ) async throws(Trouble) -> Int {
        let sent = try await sent.value(of: relative.account, at: now) { () throws(Trouble) in
            try await asked { () throws(PeculeError) in
                try await service.history(of: relative.account, after: nil, limit: 100)
            }.transfers.compactMap(SentTransfer.init)
        }
        let month = TransferMonth(of: now)
        return sent.filter { $0.account == detainee.account && $0.month == month }.reduce(0) { $0 + $1.amount.cents }
    }
}

import Foundation
import Pecule

/// What an establishment accepts, said before anybody types.
///
/// The month's cap counts what all of a person's relatives send. What is left of it would tell a payer what others have
/// sent: he is shown the cap and his own sum, and what is left at most.
struct CapText {
    let cap: TransferCap
    /// In cents; what this payer has sent to the person this month.
    let sent: Int

    var sentences: [String] {
        let limits = [
            cap.perTransfer.map { "\($0.french) au plus par virement" },
            cap.perMonth.map { "\($0.french) au plus par mois pour cette personne, tous ses proches ensemble" },
        ].compactMap(\.self)
        let accepted = limits.isEmpty ? nil : "L’établissement accepte \(limits.joined(separator: ", "))."
        return [accepted, rest].compactMap(\.self)
    }

    private var rest: String? {
        guard let limit = cap.perMonth, let sum = Amount(cents: sent) else { return nil }
        let said = "Vous lui avez déjà envoyé \(sum.french) ce mois-ci\u{A0}:"
        guard let left = Amount(cents: limit.cents - sent) else { return "\(said) le plafond du mois est atteint." }
        return "\(said) il reste au plus \(left.french)."
    }
}

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

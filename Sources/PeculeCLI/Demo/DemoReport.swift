import Foundation
import Pecule
import PeculeMockBank

/// What is told at the end: the transfer, what the bank booked, what the relative finds in the history.
struct DemoReport {
    let terminal: Terminal

    func transfer(_ transfer: TransferSummary) {
        var state = transfer.state.name
        if case .failed(let reason) = transfer.state { state += " (\(reason.code))" }
        terminal.line("          \(transfer.id)  \(state)  \(Self.sentence(transfer.outcome))")
    }

    func ledger(_ entries: [MockBank.LedgerEntry]) {
        if entries.isEmpty { terminal.line("          nothing was debited") }
        for entry in entries {
            let accounts = "\(Self.masked(entry.debited)) → \(Self.masked(entry.credited))"
            terminal.line("          \(entry.kind.padded(12)) \(accounts.padded(44)) \(Self.euros(entry.amountCents))")
        }
    }

    func history(_ history: TransferHistory) {
        for transfer in history.transfers {
            let when = transfer.draftedAt.formatted(Date.ISO8601FormatStyle())
            let (amount, name) = (transfer.amount.french.leftPadded(10), transfer.establishmentName)
            terminal.line("          \(when)  \(amount)  \(transfer.state.name)  \(name)")
        }
    }

    /// What the relative reads.
    static func sentence(_ outcome: TransferOutcome) -> String {
        switch outcome {
        case .chooseBank: "Choisissez votre banque."
        case .approve: "Votre virement attend votre accord auprès de votre banque."
        case .underway: "Votre virement est en cours. Vous n’avez rien à faire."
        case .unknown: "Votre banque n’a pas encore répondu. Ne refaites pas de virement."
        case .settled: "Votre virement est confirmé."
        case .failed(.abandoned), .failed(.cancelled): "Votre virement est annulé. Rien n’a été débité."
        case .failed(.deniedByPayer): "Vous avez refusé ce virement. Rien n’a été débité."
        case .failed(.expired): "Le délai est dépassé. Rien n’a été débité."
        case .failed(.rejected(.insufficientFunds)): "Le solde de votre compte est insuffisant. Rien n’a été débité."
        case .failed(.rejected): "Votre banque a refusé ce virement. Rien n’a été débité."
        }
    }

    private static func masked(_ account: String) -> String { (try? IBAN(account))?.mask ?? account }

    private static func euros(_ cents: Int) -> String { Amount(cents: cents)?.french ?? "\(cents) cents" }
}

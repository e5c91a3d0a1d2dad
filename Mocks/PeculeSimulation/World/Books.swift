import Pecule
import PeculeBanks
import PeculeMockBank

/// The banks' ledgers, read as they grow.
// One thread runs everything of one simulation.
final class Books: @unchecked Sendable {
    let bank: MockBank
    private let banks: [MockBankProfile]
    private var read: [String: Int] = [:]
    private(set) var executions: [String: [Int]] = [:]
    private(set) var settlements: [MockBank.LedgerEntry] = []
    private(set) var openings = 0

    /// How the gateway is known at every bank.
    static let client = "PSDFR-ACPR-99999"

    init(_ bank: MockBank, _ banks: [MockBankProfile]) { (self.bank, self.banks) = (bank, banks) }

    /// What the payer of this transfer was debited, booking by booking.
    func debits(of transfer: Transfer) -> [Int] {
        guard let choice = transfer.choice else { return [] }
        update(choice.bank.text)
        return executions[transfer.order.endToEndID] ?? []
    }

    /// The bank's word on a payment to which the payer agreed and that may still be executed.
    func openStatus(of transfer: Transfer) -> String? {
        guard let choice = transfer.choice,
            let payment = bank.payment(
                of: choice.bank.text, client: Self.client, endToEndID: transfer.order.endToEndID),
            payment.isApproved, !["RJCT", "CANC"].contains(payment.status)
        else { return nil }
        return payment.status
    }

    func update() {
        for profile in banks { update(profile.id) }
    }

    private func update(_ name: String) {
        let entries = bank.ledger(of: name, after: read[name] ?? 0)
        read[name, default: 0] += entries.count
        for entry in entries {
            switch entry.kind {
            case "opening": openings += entry.amountCents
            case "execution": executions[entry.endToEndID ?? "", default: []].append(entry.amountCents)
            default: settlements.append(entry)
            }
        }
    }
}

public import Pecule

/// What a bank does as an instant transfer (SCT Inst).
public struct InstantTransfers: Sendable, Hashable {
    public let amounts: ClosedRange<Amount>
    /// Whether both accounts may be at this bank.
    public let isInsideBank: Bool
    /// Whether an ordinary transfer is ordered where the bank does not do this one, or refuses it.
    public let fallsBack: Bool
}

extension BankProfile {
    /// Whether an order is to be tried as an instant transfer.
    func isInstant(_ order: TransferOrder) -> Bool {
        guard let instant else { return false }
        guard instant.fallsBack else { return true }
        let isInside = order.payee.iban.frenchBankCode.map(bank.bankCodes.contains) ?? false
        return instant.amounts.contains(order.amount) && (instant.isInsideBank || !isInside)
    }
}

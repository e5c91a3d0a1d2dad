import Pecule

/// In what one bank of Berlin Group's NextGenPSD2 differs from another.
public struct BerlinGroupSettings: Sendable, Hashable {
    /// Who begins the authorisation of a payment.
    public enum Start: String, Sendable, CaseIterable {
        /// The bank, with the payment.
        case implicit
        /// The initiating party, with a request of its own.
        case explicit
    }

    /// The payment products of this gateway.
    public enum Product: String, Sendable, CaseIterable {
        case ordinary = "sepa-credit-transfers"
        case instant = "instant-sepa-credit-transfers"
    }

    public let start: Start
    public private(set) var product: Product
    /// Whether an ordinary transfer is ordered where the bank refuses an instant one.
    public let fallsBack: Bool
    /// Whether the bank opens nothing without the payer's account number.
    public let needsDebtorAccount: Bool
    /// Whether the payer has to be named (`PSU-ID`).
    public let needsPayerID: Bool
    /// The initiating party's own IPv4 address: sent as `PSU-IP-Address`, since the payer's is not known here.
    public let address: String

    var ordinary: BerlinGroupSettings {
        var settings = self
        settings.product = .ordinary
        return settings
    }

    static let members: Set<String> = ["start", "product", "fallsBack", "debtorAccount", "payerID", "address"]
}

extension BankStandard {
    /// What the bank has to be told besides the order.
    var questions: [BankQuestion] {
        guard case .berlinGroup(let settings) = self else { return [] }
        return (settings.needsDebtorAccount ? [.debtorIBAN] : []) + (settings.needsPayerID ? [.payerID] : [])
    }
}

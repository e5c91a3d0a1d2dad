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
    enum Product: String {
        case ordinary = "sepa-credit-transfers"
        case instant = "instant-sepa-credit-transfers"
    }

    public let start: Start
    /// Whether the payer has to be named (`PSU-ID`).
    public let needsPayerID: Bool
    /// The initiating party's own IPv4 address: sent as `PSU-IP-Address` where the payer's is not known.
    public let address: String
    /// The parameter of the payer's return that brings the confirmation code; the standard leaves its name open.
    public let confirmationCode: String

    static let members: Set<String> = ["start", "payerID", "address", "confirmationCode"]
}

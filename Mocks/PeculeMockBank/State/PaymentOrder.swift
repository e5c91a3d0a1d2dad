/// What one payment request orders, freed of its dialect: never changes once accepted.
struct PaymentOrder: Sendable, Equatable {
    let informationID: String
    let endToEndID: String
    let cents: Int
    let creditorName: String
    let creditorIBAN: String
    /// Remittance text; empty when the initiator gave none.
    let reference: String
    /// The account that the initiator asks to debit, if it named one.
    let debtorIBAN: String?
    let returns: ReportURLs?
    var isInstant = false

    /// Where the payer's browser goes afterwards, as the initiator posted it.
    struct ReportURLs: Sendable, Equatable {
        let success: String
        let failure: String
    }

    /// Whether two requests order the same transfer; return addresses may be renewed (STET 1.4.2, cancellation).
    func isSameTransfer(as other: PaymentOrder) -> Bool {
        informationID == other.informationID && endToEndID == other.endToEndID && cents == other.cents
            && creditorName == other.creditorName && creditorIBAN == other.creditorIBAN
            && reference == other.reference && debtorIBAN == other.debtorIBAN
    }
}

import PeculeHTTP

/// Reads a payment by the rules of the standard (`paymentInitiation_json`), for what this bank does.
struct BerlinRules: Sendable {
    let state: BankState
    let request: HTTPRequest

    func order(_ body: JSON, requestID: String, isInstant: Bool = false) throws(RequestRefusal) -> PaymentOrder {
        guard body.object != nil else { throw StetReader.fault("the body must be a JSON object") }
        let payment = StetReader(value: body, path: "")
        let debtor = try payment.required("debtorAccount").required("iban")
        let debtorIBAN = try debtor.iban()
        guard state.customers.contains(where: { $0.accounts.contains { $0.iban == debtorIBAN } }) else {
            throw debtor.fault("is no account of this bank")
        }
        try payment.optional("creditorAgent")?.bic()
        return PaymentOrder(
            informationID: requestID,
            endToEndID: try payment.optional("endToEndIdentification")?.identifier() ?? requestID,
            cents: try amount(payment), creditorName: try payment.required("creditorName").text(70),
            creditorIBAN: try payment.required("creditorAccount").required("iban").iban(),
            reference: try payment.optional("remittanceInformationUnstructured")?.text(140) ?? "",
            debtorIBAN: debtorIBAN, returns: try returns(),
            isInstant: isInstant)
    }

    private func amount(_ payment: StetReader) throws(RequestRefusal) -> Int {
        let instructed = try payment.required("instructedAmount")
        try instructed.required("currency").one(of: ["EUR"])
        let amount = try instructed.required("amount")
        guard amount.value.string != nil else { throw amount.fault("must be a text") }
        let cents = try amount.cents()
        guard (state.profile.minimumCents...state.profile.maximumCents).contains(cents) else {
            throw amount.fault("is outside what this bank takes")
        }
        return cents
    }

    /// Mandated by every approach in which a browser comes back.
    func returns() throws(RequestRefusal) -> PaymentOrder.ReportURLs? {
        guard state.profile.flow != .decoupled else { return nil }
        guard let success = request.fields["TPP-Redirect-URI"], WebAddress(success)?.isSafeReturn == true else {
            throw .invalid("TPP-Redirect-URI must be an https address, or http on loopback")
        }
        let failure = request.fields["TPP-Nok-Redirect-URI"] ?? success
        guard WebAddress(failure)?.isSafeReturn == true else { throw .invalid("TPP-Nok-Redirect-URI is no address") }
        return PaymentOrder.ReportURLs(success: success, failure: failure)
    }
}

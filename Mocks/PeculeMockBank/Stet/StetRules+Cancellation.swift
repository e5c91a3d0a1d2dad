import PeculeHTTP

extension StetRules {
    /// What makes a payment that is put again a cancellation, at this bank.
    static func cancellation(_ body: JSON, at profile: MockBankProfile) throws(RequestRefusal) {
        let status: JSON = profile.version == .v140 ? "RJCT" : "CANC"
        let places = [(body, "paymentInformationStatus")]
            + (profile.variants.cancellation == .everywhere
                ? [(body["creditTransferTransaction"]?[0] ?? .null, "transactionStatus")] : [])
        for (place, name) in places {
            guard place[name] == status, place["statusReasonInformation"] == "DS02" else {
                throw .forbidden("only a cancellation may be put: \(name) \(status.string ?? "") with DS02")
            }
        }
        let approach = body["supplementaryData"]?["appliedAuthenticationApproach"]
        guard profile.variants.cancellation != .everywhere || approach == "REDIRECT" else {
            throw .invalid("supplementaryData.appliedAuthenticationApproach is required")
        }
    }
}

extension BankState {
    /// What this bank does not do, however well it was ordered.
    func admit(_ order: PaymentOrder) throws(RequestRefusal) {
        if order.isInstant, profile.variants.instant?.admits(order, at: profile.bankCode) == false {
            throw .declined(.instant)
        }
        guard profile.variants.debtorAccount != .free, let debtor = order.debtorIBAN else { return }
        guard customers.contains(where: { $0.accounts.contains { $0.iban == debtor } }) else {
            throw .declined(.foreignAccount)
        }
    }
}

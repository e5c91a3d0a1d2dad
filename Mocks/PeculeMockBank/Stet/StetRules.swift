import FoundationEssentials
import PeculeHTTP

/// Reads a payment request by the rules of one version of the standard (`PaymentRequestResource`), for what this bank
/// does: one transfer in euro, at once, approved by redirection.
struct StetRules {
    let profile: MockBankProfile
    let now: Date
    /// A cancellation gives the resource back as the bank showed it; a creation may not set what is the bank's.
    var allowsBankMembers = false

    private var version: MockBankProfile.Version { profile.version }

    func order(_ body: JSON) throws(RequestRefusal) -> PaymentOrder {
        let request = StetReader(value: body, path: "")
        guard body.object != nil else { throw StetReader.fault("the body must be a JSON object") }
        try refuseBankMembers(request)
        let informationID = try request.required("paymentInformationId").identifier()
        _ = try request.required("creationDateTime").dateTime()
        guard try request.required("numberOfTransactions").value.integer == 1 else {
            throw StetReader.fault("numberOfTransactions must be 1")
        }
        try party(request.required("initiatingParty"))
        try paymentType(request.required("paymentTypeInformation"))
        let debtorIBAN = try debtor(request)
        try request.optional("chargeBearer")?.one(of: ["SLEV"])
        let transaction = try transaction(request)
        try dates(request, transaction)
        try purpose(request, transaction)
        let payee = try payee(request, transaction)
        let payment = try transaction.required("paymentId")
        _ = try payment.required("instructionId").identifier()
        return PaymentOrder(
            informationID: informationID, endToEndID: try payment.required("endToEndId").identifier(),
            cents: try amount(transaction), creditorName: payee.name, creditorIBAN: payee.iban,
            reference: try remittance(transaction), debtorIBAN: debtorIBAN, returns: try supplement(request),
            isInstant: body["paymentTypeInformation"]?["localInstrument"] == "INST")
    }

    private func refuseBankMembers(_ request: StetReader) throws(RequestRefusal) {
        guard !allowsBankMembers else { return }
        let members = [
            "resourceId", "paymentInformationStatus", "statusReasonInformation", "fundsAvailability", "booking",
        ]
        for name in members where request.optional(name) != nil {
            throw StetReader.fault("\(name) is set by the bank")
        }
        let transaction = request.optional("creditTransferTransaction")?.value[0]
        for name in ["transactionStatus", "statusReasonInformation"] where transaction?[name] != nil {
            throw StetReader.fault("creditTransferTransaction[0].\(name) is set by the bank")
        }
        if request.value["supplementaryData"]?["appliedAuthenticationApproach"] != nil {
            throw StetReader.fault("supplementaryData.appliedAuthenticationApproach is set by the bank")
        }
    }

    private func paymentType(_ type: StetReader) throws(RequestRefusal) {
        try type.required("serviceLevel").one(of: ["SEPA"])
        try type.optional("localInstrument")?.one(of: ["INST"])
        try type.optional("instructionPriority")?.one(of: ["NORM", "HIGH"])
        let later = version == .v140 ? [] : ["CORT", "INTC", "TREA"]
        try type.optional("categoryPurpose")?.one(of: ["DVPM", "CASH"] + later)
    }

    private func debtor(_ request: StetReader) throws(RequestRefusal) -> String? {
        if let debtor = request.optional("debtor") { try party(debtor) }
        try request.optional("debtorAgent")?.required("bicFi").bic()
        guard let account = request.optional("debtorAccount") else {
            guard profile.variants.debtorAccount != .requiredHere else {
                throw StetReader.fault("debtorAccount is required")
            }
            return nil
        }
        return try account.required("iban").iban()
    }

    private func transaction(_ request: StetReader) throws(RequestRefusal) -> StetReader {
        let all = try request.required("creditTransferTransaction").items()
        guard all.count == 1 else { throw StetReader.fault("creditTransferTransaction must hold one transfer") }
        try all[0].object()
        return all[0]
    }

    /// Execution is immediate here: a date beyond the next day would be a promise this bank does not keep.
    private func dates(_ request: StetReader, _ transaction: StetReader) throws(RequestRefusal) {
        let isInstant = request.value["paymentTypeInformation"]?["localInstrument"] == "INST"
        for place in [request, transaction].compactMap({ $0.optional("requestedExecutionDate") }) {
            guard TimeInterval(try place.dateTime()) <= now.timeIntervalSince1970 + 86_400 else {
                throw place.fault("is too far in the future (CH03)")
            }
            guard let clock = profile.variants.clock, let text = place.value.string else { continue }
            let date = StetClock(clock).reading(of: text)
            guard TimeInterval(date) >= now.timeIntervalSince1970 - 60 else { throw place.fault("has passed") }
            guard !text.contains("T00:00:") else { throw place.fault("is midnight") }
            guard !isInstant || StetClock(.paris).isSameDay(date, Int(now.timeIntervalSince1970)) else {
                throw place.fault("is not today, as an instant transfer must be")
            }
        }
    }

    /// At payment level in 1.4.0, in the instruction from 1.4.2 on.
    private func purpose(_ request: StetReader, _ transaction: StetReader) throws(RequestRefusal) {
        let place = version == .v140 ? request : transaction
        try place.optional("purpose")?.one(of: ["ACCT", "CASH", "COMC", "CPKC", "TRPT"])
    }

    /// One payee, at payment level or in the instruction; in both, it is the same.
    private func payee(
        _ request: StetReader, _ transaction: StetReader
    ) throws(RequestRefusal) -> (name: String, iban: String) {
        let wanted = profile.variants.beneficiary
        let places = [wanted == .instruction ? nil : request, wanted == .payment ? nil : transaction]
            .compactMap { $0?.optional("beneficiary") }
        guard let first = places.first else { throw StetReader.fault("beneficiary is required") }
        guard places.allSatisfy({ $0.value == first.value }) else {
            throw StetReader.fault("beneficiary differs between payment and instruction")
        }
        let creditor = try first.required("creditor")
        try party(creditor)
        try first.optional("creditorAgent")?.required("bicFi").bic()
        let iban = try first.required("creditorAccount").required("iban").iban()
        return (try creditor.required("name").text(140), iban)
    }

    private func amount(_ transaction: StetReader) throws(RequestRefusal) -> Int {
        let instructed = try transaction.required("instructedAmount")
        try instructed.required("currency").one(of: ["EUR"])
        let amount = try instructed.required("amount")
        guard profile.variants.amount == nil || (amount.value.string != nil) == (profile.variants.amount == .string)
        else { throw amount.fault("must be a \(profile.variants.amount?.rawValue ?? "")") }
        let cents = try amount.cents()
        guard (profile.minimumCents...profile.maximumCents).contains(cents) else {
            let (least, most) = (StetAmount.text(profile.minimumCents), StetAmount.text(profile.maximumCents))
            throw amount.fault("must be between \(least) and \(most)")
        }
        return cents
    }

    /// A list of one text in 1.4.0; an object that holds such a list from 1.4.2 on.
    private func remittance(_ transaction: StetReader) throws(RequestRefusal) -> String {
        let list: StetReader
        if version == .v140 {
            list = try transaction.required("remittanceInformation")
        } else {
            guard let information = transaction.optional("remittanceInformation") else { return "" }
            try information.object()
            guard let unstructured = information.optional("unstructured") else { return "" }
            list = unstructured
        }
        let lines = try list.items()
        guard lines.count == 1 else { throw list.fault("must hold one text") }
        return try lines[0].text(140)
    }

    private func supplement(_ request: StetReader) throws(RequestRefusal) -> PaymentOrder.ReportURLs? {
        let data = try request.required("supplementaryData")
        let approaches = try data.required("acceptedAuthenticationApproach")
        let known = ["REDIRECT", "DECOUPLED", version == .v140 ? "EMBEDDED" : "EMBEDDED-1-FACTOR"]
        let items = try approaches.items()
        for item in items { try item.one(of: known) }
        guard items.contains(where: { $0.value == "REDIRECT" }) else {
            throw approaches.fault("must contain REDIRECT, the only approach of this bank")
        }
        try data.optional("scaHint")?.one(of: ["scaExemption", "noScaExemption"])
        let failure = try data.optional("unsuccessfulReportUrl").map { url throws(RequestRefusal) in try url.address() }
        guard let success = data.optional("successfulReportUrl") else {
            guard profile.flow.usesCode else { throw data.fault("needs successfulReportUrl") }
            return nil
        }
        let address = try success.address()
        return PaymentOrder.ReportURLs(success: address, failure: failure ?? address)
    }

    private func party(_ party: StetReader) throws(RequestRefusal) {
        try party.required("name").text(140)
        for name in ["organisationId", "privateId"] {
            guard let identity = party.optional(name) else { continue }
            try identity.required("identification").text(70)
            try identity.required("schemeName").text(70)
            try identity.optional("issuer")?.text(35)
        }
        guard let address = party.optional("postalAddress") else { return }
        guard let country = try address.required("country").value.string, country.utf8.count == 2,
            country.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else { throw address.fault("needs a country of two letters") }
        for line in try address.required("addressLine").items() { try line.text(70) }
    }
}

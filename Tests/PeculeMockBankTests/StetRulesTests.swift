import PeculeHTTP
import PeculeMockBank
import Testing

/// What a payment request must hold, by the rules of each version; a refused one leaves nothing behind.
@Suite struct StetRulesTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let path: String
        let value: JSON?
        var only: MockBankProfile.Version?
        let status: Int
        var testDescription: String { "\(path) = \(value?.text.prefix(40) ?? "absent") → \(status)" }
    }

    private static func row(
        _ path: String, _ value: JSON?, only: MockBankProfile.Version? = nil, _ status: Int
    ) -> Row {
        Row(path: path, value: value, only: only, status: status)
    }

    private static let amount = "creditTransferTransaction.0.instructedAmount.amount"
    private static let transfer = "creditTransferTransaction.0"
    private static let long = String(repeating: "a", count: 141)

    static let identifiers: [Row] = [
        row("paymentInformationId", nil, 400),
        row("paymentInformationId", "", 400),
        row("paymentInformationId", .integer(1), 400),
        row("paymentInformationId", .string(String(repeating: "A", count: 36)), 400),
        row("paymentInformationId", "a_b", 400),
        row("paymentInformationId", "référence", 400),
        row("paymentInformationId", .string(String(repeating: "A", count: 35)), 201),
        row("paymentInformationId", "aZ0 /-?:().,'", 201),
        row("\(transfer).paymentId", nil, 400),
        row("\(transfer).paymentId.instructionId", nil, 400),
        row("\(transfer).paymentId.endToEndId", nil, 400),
        row("\(transfer).paymentId.endToEndId", "a\nb", 400),
        row("\(transfer).paymentId.endToEndId", .string(String(repeating: "9", count: 36)), 400),
    ]

    static let amounts: [Row] = [
        row(amount, "42.50", 201), row(amount, .number("42.50"), 201), row(amount, .number("42.5"), 201),
        row(amount, .number("42"), 201), row(amount, "42.", 201), row(amount, "42.50000", 201),
        row(amount, "1", 201), row(amount, "3000.00", 201), row(amount, "0000000000042", 201),
        row(amount, "0", 400), row(amount, "0.00", 400), row(amount, "-1", 400), row(amount, .number("-42.5"), 400),
        row(amount, "42.505", 400), row(amount, "42.50001", 400), row(amount, "42.500000", 400),
        row(amount, "1e2", 400), row(amount, .number("1e2"), 400), row(amount, .number("1E2"), 400),
        row(amount, "12345678901234", 400), row(amount, "42,50", 400), row(amount, " 42", 400), row(amount, "", 400),
        row(amount, ".5", 400), row(amount, "+1", 400), row(amount, "４２", 400), row(amount, "0x10", 400),
        row(amount, "0.99", 400), row(amount, "3000.01", 400), row(amount, "9999999999999", 400),
        row(amount, nil, 400), row(amount, .null, 400), row(amount, .bool(true), 400), row(amount, [:], 400),
        row("\(transfer).instructedAmount.currency", "USD", 400),
        row("\(transfer).instructedAmount.currency", "eur", 400),
        row("\(transfer).instructedAmount.currency", nil, 400),
        row("\(transfer).instructedAmount", nil, 400),
    ]

    static let payees: [Row] = [
        row("beneficiary", nil, 400),
        row("beneficiary.creditor", nil, 400),
        row("beneficiary.creditor.name", nil, 400),
        row("beneficiary.creditor.name", "", 400),
        row("beneficiary.creditor.name", .string(long), 400),
        row("beneficiary.creditor.name", "a\u{0}b", 400),
        row("beneficiary.creditor.name", #"<b>&"'"#, 201),
        row("beneficiary.creditorAccount", nil, 400),
        row("beneficiary.creditorAccount.iban", "FR7699992000420000009876567", 400),
        row("beneficiary.creditorAccount.iban", "fr7699992000420000009876566", 400),
        row("beneficiary.creditorAccount.iban", "FR76 9999 2000 4200 0000 9876 566", 400),
        row("beneficiary.creditorAccount.iban", "", 400),
        row("beneficiary.creditorAccount.iban", "FR1420041010050500013M02606", 201),
        row("beneficiary.creditorAgent", ["bicFi": "EXMPFRPPXXX"], 201),
        row("beneficiary.creditorAgent", ["bicFi": "EXMPFR1P"], 400),
        row("beneficiary.creditorAgent", ["bicFi": "EXMPFRP"], 400),
        row("beneficiary.creditor.postalAddress", ["country": "FR", "addressLine": ["2 PLACE DU TEST"]], 201),
        row("beneficiary.creditor.postalAddress", ["country": "fr", "addressLine": []], 400),
        row("beneficiary.creditor.postalAddress", ["country": "FR", "addressLine": [.string(long)]], 400),
        row("\(transfer).beneficiary", ["creditor": ["name": "AUTRE"]], 400),
        row("debtorAccount", ["iban": "FR00"], 400),
        row("debtor", [:], 400),
        row("debtor", ["name": "C", "privateId": ["identification": "camille"]], 400),
        row("initiatingParty", nil, 400),
    ]

    static let theRest: [Row] = [
        row("creationDateTime", nil, 400),
        row("creationDateTime", "2026-02-12", 400),
        row("creationDateTime", "2026-02-30T10:00:00Z", 400),
        row("creationDateTime", "2026-02-12T10:00:00", 400),
        row("creationDateTime", "2026-02-12T10:00:00Z", 201),
        row("requestedExecutionDate", "2026-02-13T08:41:07Z", 201),
        row("requestedExecutionDate", "2026-02-13T08:41:08Z", 400),
        row("requestedExecutionDate", "demain", 400),
        row("numberOfTransactions", .integer(2), 400),
        row("numberOfTransactions", "1", 400),
        row("numberOfTransactions", .number("1.0"), 400),
        row("creditTransferTransaction", [], 400),
        row("creditTransferTransaction", [[:], [:]], 400),
        row("creditTransferTransaction", [.integer(1)], 400),
        row("creditTransferTransaction", nil, 400),
        row("paymentTypeInformation", nil, 400),
        row("paymentTypeInformation.serviceLevel", "NURG", 400),
        row("paymentTypeInformation.localInstrument", "INST", 201),
        row("paymentTypeInformation.localInstrument", "SLOW", 400),
        row("paymentTypeInformation.categoryPurpose", "TREA", only: .v140, 400),
        row("paymentTypeInformation.categoryPurpose", "TREA", only: .v142, 201),
        row("chargeBearer", "DEBT", 400),
        row("purpose", "COMC", only: .v140, 201),
        row("purpose", "XXXX", only: .v140, 400),
        row("\(transfer).purpose", "XXXX", only: .v16, 400),
        row("\(transfer).remittanceInformation", nil, only: .v140, 400),
        row("\(transfer).remittanceInformation", ["unstructured": ["x"]], only: .v140, 400),
        row("\(transfer).remittanceInformation", ["a", "b"], only: .v140, 400),
        row("\(transfer).remittanceInformation", ["x"], only: .v142, 400),
        row("\(transfer).remittanceInformation", ["unstructured": [.string(long)]], only: .v16, 400),
        row("\(transfer).remittanceInformation", nil, only: .v16, 201),
        row("supplementaryData", nil, 400),
        row("supplementaryData.acceptedAuthenticationApproach", nil, 400),
        row("supplementaryData.acceptedAuthenticationApproach", ["DECOUPLED"], 400),
        row("supplementaryData.acceptedAuthenticationApproach", ["REDIRECT", "MAGIC"], 400),
        row("supplementaryData.acceptedAuthenticationApproach", ["DECOUPLED", "REDIRECT"], 201),
        row("supplementaryData.acceptedAuthenticationApproach", ["REDIRECT", "EMBEDDED"], only: .v140, 201),
        row("supplementaryData.acceptedAuthenticationApproach", ["REDIRECT", "EMBEDDED"], only: .v142, 400),
        row("supplementaryData.scaHint", "please", 400),
        row("supplementaryData.successfulReportUrl", "http://gateway.example/retour", 400),
        row("supplementaryData.successfulReportUrl", "javascript:alert(1)", 400),
        row("supplementaryData.successfulReportUrl", "https://u@gateway.example/retour", 400),
        row("supplementaryData.successfulReportUrl", "https://gateway.example/a\r\nSet-Cookie: x=1", 400),
        row("supplementaryData.successfulReportUrl", "https://gateway.example/retour?a=b", 201),
        row("supplementaryData.unsuccessfulReportUrl", "ftp://127.0.0.1/", 400),
        row("supplementaryData.unsuccessfulReportUrl", nil, 201),
        row("paymentInformationStatus", "ACSC", 400),
        row("resourceId", "1", 400),
        row("fundsAvailability", .bool(true), 400),
        row("\(transfer).transactionStatus", "ACSC", 400),
        row("supplementaryData.appliedAuthenticationApproach", "REDIRECT", 400),
    ]

    @Test(arguments: identifiers + amounts + payees + theRest)
    func aRequestIsReadByTheRules(row: Row) async throws {
        for profile in MockBankProfile.fictional where row.only == nil || row.only == profile.version {
            let world = World()
            let initiator = Initiator(world: world, profile: profile)
            let response = await initiator.post(OrderText().json(profile.version).changing(row.path, to: row.value))
            #expect(response.status == row.status, "\(profile.id): \(response.text)")
            #expect(world.bank.payments().count == (row.status == 201 ? 1 : 0))
            guard row.status == 400 else { continue }
            let message = try #require(response.json?["message"]?.string)
            #expect((1...140).contains(message.count) && response.json?["status"] == .integer(400))
        }
    }

    @Test func aSimpleFlowNeedsAReturnAddressAndAnOAuthFlowDoesNot() async {
        for profile in MockBankProfile.fictional {
            let initiator = Initiator(world: World(), profile: profile)
            let body = OrderText().json(profile.version)
                .changing("supplementaryData.successfulReportUrl", to: nil)
                .changing("supplementaryData.unsuccessfulReportUrl", to: nil)
            #expect(await initiator.post(body).status == (initiator.usesCode ? 201 : 400))
        }
    }
}

import PeculeHTTP
import PeculeMockBank

/// A payment request as an initiator writes it, in each version of the standard.
struct OrderText: Sendable {
    var id = "PMT20260212A7F3C09E41D2B8"
    var endToEndID: String?
    var amount = "42.50"
    var payee = "REGIE EXEMPLE"
    var iban = "FR7699992000420000009876566"
    var reference = "COMMANDE 2026-000123"
    var debtor: String?
    var success = "http://127.0.0.1:9/retour?issue=oui"
    var failure = "http://127.0.0.1:9/retour?issue=non"

    func json(_ version: MockBankProfile.Version) -> JSON {
        let isFirst = version == .v140
        var body: JSONObject = JSONObject([
            ("paymentInformationId", .string(id)),
            ("creationDateTime", "2026-02-12T09:41:07.215+01:00"),
            ("numberOfTransactions", .integer(1)),
            ("initiatingParty", ["name": "Passerelle Exemple SAS"]),
            ("paymentTypeInformation", ["serviceLevel": "SEPA", "categoryPurpose": "DVPM"]),
            ("beneficiary", ["creditor": ["name": .string(payee)], "creditorAccount": ["iban": .string(iban)]]),
            ("chargeBearer", "SLEV"),
            ("requestedExecutionDate", "2026-02-12T09:42:07.215+01:00"),
            (
                "creditTransferTransaction",
                [
                    [
                        "paymentId": ["instructionId": .string(id), "endToEndId": .string(endToEndID ?? "E" + id)],
                        "instructedAmount": [
                            "currency": "EUR", "amount": isFirst ? .string(amount) : .number(amount),
                        ],
                        "remittanceInformation": isFirst
                            ? [.string(reference)] : ["unstructured": [.string(reference)]],
                    ]
                ]
            ),
            (
                "supplementaryData",
                [
                    "acceptedAuthenticationApproach": ["REDIRECT"],
                    "successfulReportUrl": .string(success), "unsuccessfulReportUrl": .string(failure),
                ]
            ),
        ])
        if let debtor { body["debtorAccount"] = ["iban": .string(debtor)] }
        return .object(body)
    }
}

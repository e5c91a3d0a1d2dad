import FoundationEssentials
import Pecule
import PeculeHTTP

/// One order as STET writes it (`PaymentRequestResource`).
struct STETPaymentRequest {
    let dialect: STETDialect
    let order: TransferOrder
    let choice: BankChoice
    let isInstant: Bool

    private var settings: STETSettings { dialect.settings }
    private var isFirst: Bool { settings.version == .v1_4_0 }

    var json: JSON { .object(members) }

    /// The same with the status of a cancellation, where the bank looks for it.
    func cancelled(_ cancellation: BankProfile.Cancellation) -> JSON {
        var body = members
        let (status, reason) = (JSON.string(cancellation.way.rawValue), JSON.string("DS02"))
        (body["paymentInformationStatus"], body["statusReasonInformation"]) = (status, reason)
        if cancellation.marksInstruction, case .object(var transaction) = transaction {
            (transaction["transactionStatus"], transaction["statusReasonInformation"]) = (status, reason)
            body["creditTransferTransaction"] = [.object(transaction)]
        }
        if cancellation.repeatsApproach, case .object(var data)? = body["supplementaryData"] {
            data["appliedAuthenticationApproach"] = "REDIRECT"
            body["supplementaryData"] = .object(data)
        }
        return .object(body)
    }

    private var members: JSONObject {
        let returnURL = JSON.string("\(choice.returnAddress.text)?state=\(choice.returnState.revealed)")
        var body = JSONObject([
            ("paymentInformationId", .string(order.id.text)),
            ("creationDateTime", .string(STETDate.text(choice.chosenAt, .utc))),
            ("numberOfTransactions", .integer(1)),
            ("initiatingParty", ["name": .string(dialect.initiatingParty)]),
            ("paymentTypeInformation", paymentType),
        ])
        if let iban = choice.answers[.debtorIBAN] { body["debtorAccount"] = ["iban": .string(iban)] }
        if settings.beneficiary != .instruction { body["beneficiary"] = beneficiary }
        body["chargeBearer"] = "SLEV"
        let date = STETDate.execution(choice.chosenAt, settings.executionDate, isInstant: isInstant)
        body["requestedExecutionDate"] = .string(STETDate.text(date, settings.executionDate))
        body["creditTransferTransaction"] = [transaction]
        body["supplementaryData"] = [
            "acceptedAuthenticationApproach": ["REDIRECT"], "successfulReportUrl": returnURL,
            "unsuccessfulReportUrl": returnURL,
        ]
        return body
    }

    private var paymentType: JSON {
        isInstant ? ["serviceLevel": "SEPA", "localInstrument": "INST"] : ["serviceLevel": "SEPA"]
    }

    private var beneficiary: JSON {
        var beneficiary = JSONObject([
            ("creditor", ["name": .string(order.payee.sepaName)]),
            ("creditorAccount", ["iban": .string(order.payee.iban.revealed)]),
        ])
        if let bic = order.payee.bic { beneficiary["creditorAgent"] = ["bicFi": .string(bic.text)] }
        return .object(beneficiary)
    }

    private var transaction: JSON {
        let (amount, text) = (order.amount.decimal, JSON.string(order.remittance.revealed))
        var transaction = JSONObject([
            ("paymentId", ["instructionId": .string(order.id.text), "endToEndId": .string(order.endToEndID)]),
            (
                "instructedAmount",
                ["currency": "EUR", "amount": settings.amount == .string ? .string(amount) : .number(amount)]
            ),
            ("remittanceInformation", isFirst ? [text] : ["unstructured": [text]]),
        ])
        if settings.beneficiary != .payment { transaction["beneficiary"] = beneficiary }
        return .object(transaction)
    }
}

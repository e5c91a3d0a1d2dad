import FoundationEssentials
import Pecule
import PeculeHTTP

/// STET's payment initiation.
///
/// Source: STET PSD2 API, payment initiation (`/payment-requests`), releases 1.4.0.47, 1.4.2.17 and 1.6.
struct STETDialect: BankDialect {
    let profile: BankProfile
    let version: STETVersion
    /// The name by which the payer's bank knows us (`initiatingParty.name`).
    let initiatingParty: String

    /// `POST /payment-requests`. A function of order and choice alone, so that a repeated call is the same request.
    func initiation(of order: TransferOrder, _ choice: BankChoice) -> HTTPRequest {
        post("/payment-requests", paymentRequest(order, choice), id: "\(order.id)-open")
    }

    /// `GET /payment-requests/{id}`.
    func inquiry(of payment: BankPayment, _ order: TransferOrder, random _: Random) -> HTTPRequest {
        request(.get, resource(payment), id: "\(order.id)-ask")
    }

    /// `POST …/confirmation`, or `…/o-confirmation` where 1.4.2 confirms with an authorization code's token.
    func confirmation(of payment: BankPayment, _ order: TransferOrder, proof: ApprovalProof?) -> HTTPRequest {
        let byToken = profile.redirectFlow == .codeThenConfirm && version == .v1_4_2
        var body = JSONObject()
        if let nonce = ApprovalMemo(payment.memo).nonce { body["nonce"] = .string(nonce) }
        if case .authenticationFactor(let factor) = proof { body["psuAuthenticationFactor"] = .string(factor) }
        let step = byToken ? "/o-confirmation" : "/confirmation"
        return post(resource(payment) + step, .object(body), id: "\(order.id)-confirm")
    }

    /// `PUT /payment-requests/{id}`: the whole request again with the status of a cancellation.
    func cancellation(of payment: BankPayment, _ order: TransferOrder, _ choice: BankChoice) -> HTTPRequest {
        guard case .object(var body) = paymentRequest(order, choice) else { preconditionFailure("an object was made") }
        body["paymentInformationStatus"] = version == .v1_4_0 ? "RJCT" : "CANC"
        body["statusReasonInformation"] = "DS02"
        var request = post(resource(payment), .object(body), id: "\(order.id)-cancel")
        request.method = .put
        return request
    }

    func fallBack(after _: HTTPResponse) -> (any BankDialect)? { nil }

    func cancellationApproval(
        after _: HTTPResponse, of _: BankPayment, _: TransferOrder, _: BankChoice
    ) -> HTTPRequest? { nil }

    private func resource(_ payment: BankPayment) -> String { "/payment-requests/" + URLCoding.encode(payment.id) }

    private func request(_ method: HTTPMethod, _ path: String, id: String) -> HTTPRequest {
        HTTPRequest(
            method, profile.api + path,
            fields: ["Accept": "application/hal+json, application/json", "X-Request-ID": id])
    }

    private func post(_ path: String, _ body: JSON, id: String) -> HTTPRequest {
        var request = request(.post, path, id: id)
        request.fields.append("application/json", for: "Content-Type")
        request.body = body.bytes
        return request
    }

    // MARK: The payment request (PaymentRequestResource)

    private func paymentRequest(_ order: TransferOrder, _ choice: BankChoice) -> JSON {
        let returnURL = returnURL(choice)
        return [
            "paymentInformationId": .string(order.id.text),
            "creationDateTime": .string(Self.timestamp(choice.chosenAt)),
            "numberOfTransactions": .integer(1),
            "initiatingParty": ["name": .string(initiatingParty)],
            "paymentTypeInformation": ["serviceLevel": "SEPA"],
            "beneficiary": beneficiary(order.payee),
            "chargeBearer": "SLEV",
            // A minute ahead: some banks refuse a date that has passed when they read it.
            "requestedExecutionDate": .string(Self.timestamp(choice.chosenAt.addingTimeInterval(60))),
            "creditTransferTransaction": [transaction(order)],
            "supplementaryData": [
                "acceptedAuthenticationApproach": ["REDIRECT"],
                "successfulReportUrl": .string(returnURL),
                "unsuccessfulReportUrl": .string(returnURL),
            ],
        ]
    }

    private func beneficiary(_ payee: Payee) -> JSON {
        var beneficiary = JSONObject([
            ("creditor", ["name": .string(payee.sepaName)]),
            ("creditorAccount", ["iban": .string(payee.iban.revealed)]),
        ])
        if let bic = payee.bic { beneficiary["creditorAgent"] = ["bicFi": .string(bic.text)] }
        return .object(beneficiary)
    }

    private func transaction(_ order: TransferOrder) -> JSON {
        let text = JSON.string(order.remittance.revealed)
        let isFirst = version == .v1_4_0
        return [
            "paymentId": ["instructionId": .string(order.id.text), "endToEndId": .string(order.endToEndID)],
            "instructedAmount": [
                "currency": "EUR",
                "amount": isFirst ? .string(order.amount.decimal) : .number(order.amount.decimal),
            ],
            "remittanceInformation": isFirst ? [text] : ["unstructured": [text]],
        ]
    }

    private func returnURL(_ choice: BankChoice) -> String {
        "\(choice.returnAddress.text)?state=\(choice.returnState.revealed)"
    }

    private static func timestamp(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

import Pecule
import PeculeHTTP

/// Answers of a well-behaved bank, to be spoilt by the tests.
enum Answer {
    static func token(_ text: String = "token-1", _ edit: (inout JSONObject) -> Void = { _ in }) -> HTTPResponse {
        var body = JSONObject([
            ("access_token", .string(text)), ("token_type", "Bearer"), ("expires_in", .integer(3600)),
        ])
        edit(&body)
        return .json(.object(body))
    }

    static func opened(
        _ location: String? = "/stet/v1/payment-requests/8c41", link: JSON = ["href": .string(Sample.consent)],
        _ edit: (inout JSONObject) -> Void = { _ in }
    ) -> HTTPResponse {
        var body = JSONObject([
            ("appliedAuthenticationApproach", "REDIRECT"), ("_links", ["consentApproval": link]),
        ])
        edit(&body)
        var response = HTTPResponse.json(.object(body), status: 201, type: "application/hal+json")
        response.fields.set(location, for: "Location")
        return response
    }

    /// The payment as the bank keeps it; `edit` changes the payment, `instruction` its one transaction.
    static func payment(
        _ order: TransferOrder, _ status: JSON, _ edit: (inout JSONObject) -> Void = { _ in },
        instruction: (inout JSONObject) -> Void = { _ in }
    ) -> HTTPResponse {
        var transaction = JSONObject([
            ("paymentId", ["resourceId": "8c41-1", "endToEndId": .string(order.endToEndID)]),
            ("instructedAmount", ["currency": "EUR", "amount": .string(order.amount.decimal)]),
        ])
        instruction(&transaction)
        var request = JSONObject([
            ("resourceId", "8c41"), ("paymentInformationId", .string(order.id.text)),
            ("beneficiary", beneficiary(order.payee.iban.revealed)), ("paymentInformationStatus", status),
            ("creditTransferTransaction", [.object(transaction)]),
        ])
        edit(&request)
        return .json(["paymentRequest": .object(request)], type: "application/hal+json; charset=utf-8")
    }

    static func beneficiary(_ iban: String) -> JSON {
        ["creditor": ["name": "REGIE EXEMPLE"], "creditorAccount": ["iban": .string(iban)]]
    }

    static let empty = HTTPResponse(status: 200)
    static let html = HTTPResponse(
        status: 200, fields: ["Content-Type": "text/html"], body: Array("<html>maintenance</html>".utf8))
}

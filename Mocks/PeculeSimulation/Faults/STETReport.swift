import PeculeHTTP

/// A bank's answer about a payment, taken apart so that it can be changed.
struct STETReport {
    private let honest: HTTPResponse
    private var body: JSONObject
    private var request: JSONObject
    private var transaction: JSONObject

    /// Nil for any other answer.
    init?(_ response: HTTPResponse) {
        guard response.status == 200, let body = (try? JSON(parsing: response.body))?.object,
            let request = body["paymentRequest"]?.object,
            let transaction = request["creditTransferTransaction"]?[0]?.object
        else { return nil }
        honest = response
        self.body = body
        self.request = request
        self.transaction = transaction
    }

    var status: String {
        get { request["paymentInformationStatus"]?.string ?? "" }
        set { request["paymentInformationStatus"] = .string(newValue) }
    }

    var amount: String {
        get { transaction["instructedAmount"]?["amount"]?.scalar ?? "" }
        set { transaction["instructedAmount"] = ["currency": "EUR", "amount": .number(newValue)] }
    }

    var endToEndID: String {
        get { transaction["paymentId"]?["endToEndId"]?.string ?? "" }
        set { transaction["paymentId"] = ["instructionId": .string(newValue), "endToEndId": .string(newValue)] }
    }

    var creditor: String {
        get { request["beneficiary"]?["creditorAccount"]?["iban"]?.string ?? "" }
        set {
            let account: JSON = ["iban": .string(newValue)]
            request["beneficiary"] = ["creditor": ["name": "AUTRE"], "creditorAccount": account]
            transaction["beneficiary"] = nil
        }
    }

    var response: HTTPResponse {
        var (response, body, request) = (honest, body, request)
        request["creditTransferTransaction"] = .array([.object(transaction)])
        body["paymentRequest"] = .object(request)
        response.body = JSON.object(body).bytes
        return response
    }
}

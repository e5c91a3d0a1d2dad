import PeculeHTTP

/// A bank's answer about a payment, taken apart so that it can be changed.
protocol PaymentReport {
    var status: String { get set }
    var amount: String { get set }
    var endToEndID: String { get set }
    var creditor: String { get set }
    var response: HTTPResponse { get }

    /// Nil for any other answer.
    init?(_ response: HTTPResponse)
}

extension HTTPResponse {
    /// What it says of a payment, in whichever standard.
    var paymentReport: (any PaymentReport)? { STETReport(self) ?? BerlinGroupReport(self) }
}

struct STETReport: PaymentReport {
    private let honest: HTTPResponse
    private var body: JSONObject
    private var request: JSONObject
    private var transaction: JSONObject

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

struct BerlinGroupReport: PaymentReport {
    private let honest: HTTPResponse
    private var body: JSONObject

    init?(_ response: HTTPResponse) {
        guard response.status == 200, let body = (try? JSON(parsing: response.body))?.object,
            body["transactionStatus"] != nil, body["instructedAmount"] != nil
        else { return nil }
        honest = response
        self.body = body
    }

    var status: String {
        get { body["transactionStatus"]?.string ?? "" }
        set { body["transactionStatus"] = .string(newValue) }
    }

    var amount: String {
        get { body["instructedAmount"]?["amount"]?.string ?? "" }
        set { body["instructedAmount"] = ["currency": "EUR", "amount": .string(newValue)] }
    }

    var endToEndID: String {
        get { body["endToEndIdentification"]?.string ?? "" }
        set { body["endToEndIdentification"] = .string(newValue) }
    }

    var creditor: String {
        get { body["creditorAccount"]?["iban"]?.string ?? "" }
        set { body["creditorAccount"] = ["iban": .string(newValue)] }
    }

    var response: HTTPResponse {
        var response = honest
        response.body = JSON.object(body).bytes
        return response
    }
}

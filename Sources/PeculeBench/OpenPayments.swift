import PeculeCurl
import PeculeHTTP

/// Payments that were ordered at a mock bank and wait for their payers.
struct OpenPayments {
    let url: String
    let transport: CurlTransport

    private static let lanes = 8

    /// How many of so many orders the bank took.
    func open(_ count: Int) async -> Int {
        guard let token = await token() else { Bench.fail("mock-bank gave no token") }
        return await withTaskGroup(of: Int.self) { group in
            for lane in 0..<Self.lanes {
                group.addTask {
                    var taken = 0
                    for number in stride(from: lane, to: count, by: Self.lanes) {
                        if await order(number, token) { taken += 1 }
                    }
                    return taken
                }
            }
            return await group.reduce(0, +)
        }
    }

    private func token() async -> String? {
        // PSDFR-ACPR-99999:bac-a-sable
        let client = "UFNERlItQUNQUi05OTk5OTpiYWMtYS1zYWJsZQ=="
        let request = HTTPRequest(
            .post, url + "/deux-rives/oauth/token",
            fields: ["Authorization": "Basic \(client)", "Content-Type": "application/x-www-form-urlencoded"],
            body: Array("grant_type=client_credentials&scope=pisp".utf8))
        let response = try? await transport.send(request, within: HTTPLimits())
        return response.flatMap { try? JSON(parsing: $0.body) }?["access_token"]?.string
    }

    private func order(_ number: Int, _ token: String) async -> Bool {
        let request = HTTPRequest(
            .post, url + "/deux-rives/stet/v1/payment-requests",
            fields: [
                "Authorization": "Bearer \(token)", "Content-Type": "application/json",
                "X-Request-ID": "bench-\(number)",
            ], body: Self.body(number).bytes)
        return (try? await transport.send(request, within: HTTPLimits()))?.status == 201
    }

    private static func body(_ number: Int) -> JSON {
        let id = JSON.string("BENCH\(number)")
        let transaction: JSON = [
            "paymentId": ["instructionId": id, "endToEndId": id],
            "instructedAmount": ["currency": "EUR", "amount": "25.50"],
            "remittanceInformation": ["COMMANDE 2026-000123"],
        ]
        return [
            "paymentInformationId": id, "creationDateTime": "2026-02-12T09:41:07+01:00",
            "numberOfTransactions": .integer(1), "initiatingParty": ["name": "Banc d’essai"],
            "paymentTypeInformation": ["serviceLevel": "SEPA", "categoryPurpose": "DVPM"],
            "beneficiary": [
                "creditor": ["name": "REGIE EXEMPLE"], "creditorAccount": ["iban": "FR7699992000420000009876566"],
            ],
            "chargeBearer": "SLEV", "requestedExecutionDate": "2026-02-12T09:42:07+01:00",
            "creditTransferTransaction": [transaction],
            "supplementaryData": [
                "acceptedAuthenticationApproach": ["REDIRECT"], "successfulReportUrl": "http://127.0.0.1:9/oui",
                "unsuccessfulReportUrl": "http://127.0.0.1:9/non",
            ],
        ]
    }
}

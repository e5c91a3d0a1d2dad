import Pecule
import PeculeCrypto
import PeculeHTTP

/// Berlin Group's NextGenPSD2, payment initiation of one SEPA credit transfer.
///
/// Source: NextGenPSD2 XS2A framework 1.3.12, OpenAPI file.
struct BerlinGroupDialect: BankDialect {
    let profile: BankProfile
    let settings: BerlinGroupSettings

    /// `POST /payments/{payment-product}`.
    func initiation(of order: TransferOrder, _ choice: BankChoice, asInstant: Bool) -> HTTPRequest {
        let id = Self.id(order, Self.product(asInstant).rawValue)
        var request = request(.post, Self.collection(asInstant), id: id, body(order, choice))
        let connection = profile.sendsPayerHeaders ? choice.answers.connection : .unknown
        request.fields.append(connection.ipv4 ?? settings.address, for: "PSU-IP-Address")
        request.fields.set(connection.userAgent, for: "PSU-User-Agent")
        guard profile.redirectFlow != .decoupled else {
            request.fields.append("true", for: "TPP-Decoupled-Preferred")
            request.fields.append("true", for: "TPP-Explicit-Authorisation-Preferred")
            return request
        }
        let explicit = settings.start == .explicit
        request.fields.append("true", for: "TPP-Redirect-Preferred")
        request.fields.append(explicit ? "true" : "false", for: "TPP-Explicit-Authorisation-Preferred")
        addReturn(choice, to: &request)
        addPayer(choice, to: &request)
        return request
    }

    func refusesInstant(_ response: HTTPResponse) -> Bool {
        (400..<500).contains(response.status)
            && ["PRODUCT_INVALID", "PRODUCT_UNKNOWN"].contains(reason(from: response).code)
    }

    /// `GET /payments/{payment-product}/{paymentId}`: the payment with its status, so that what the bank transfers
    /// can be compared with the order.
    func inquiry(of payment: BankPayment, _ order: TransferOrder, random bytes: Random) -> HTTPRequest {
        request(.get, resource(payment), id: Self.uuid(bytes(16)))
    }

    /// `GET …/authorisations/{authorisationId}`: the standard rejects without a reason, and how far the payer came
    /// tells some of it.
    func question(about report: BankReport, of payment: BankPayment, random bytes: Random) -> HTTPRequest? {
        guard report.status == .rejected(RejectionReason(nil)),
            let authorisation = ApprovalMemo(payment.memo).authorisation
        else { return nil }
        return request(.get, path(payment, authorisation), id: Self.uuid(bytes(16)))
    }

    /// `PUT …/authorisations/{authorisationId}`, with the code that the payer's return brought; in the OAuth flow the
    /// token alone says it.
    func confirmation(of payment: BankPayment, _ order: TransferOrder, proof: ApprovalProof?) -> HTTPRequest {
        var body = JSONObject()
        if case .confirmationCode(let code) = proof { body["confirmationCode"] = .string(code) }
        let path = path(payment, ApprovalMemo(payment.memo).authorisation ?? "")
        return request(.put, path, id: Self.id(order, "confirm"), .object(body))
    }

    /// `DELETE /payments/{payment-product}/{paymentId}`.
    func cancellation(of payment: BankPayment, _ order: TransferOrder, _ choice: BankChoice) -> HTTPRequest? {
        guard profile.cancellation.way != .none else { return nil }
        return request(.delete, resource(payment), id: Self.id(order, "cancel"))
    }

    /// After a 202 the payer has to agree. On his telephone he can be asked at once; a second page of the bank has no
    /// place in a transfer, and the payment runs out there.
    func cancellationApproval(
        after response: HTTPResponse, of payment: BankPayment, _ order: TransferOrder, _ choice: BankChoice
    ) -> HTTPRequest? {
        guard response.status == 202, profile.redirectFlow == .decoupled else { return nil }
        let path = resource(payment) + "/cancellation-authorisations"
        var request = request(.post, path, id: Self.id(order, "agree"), [:])
        addPayer(choice, to: &request)
        return request
    }

    /// `POST …/authorisations`.
    func start(_ payment: String, of order: TransferOrder, _ choice: BankChoice, asInstant: Bool) -> HTTPRequest {
        let path = "\(Self.collection(asInstant))/\(URLCoding.encode(payment))/authorisations"
        var request = request(.post, path, id: Self.id(order, "start"), [:])
        if profile.redirectFlow != .decoupled { addReturn(choice, to: &request) }
        addPayer(choice, to: &request)
        return request
    }

    // MARK: Parts

    private static func product(_ isInstant: Bool) -> BerlinGroupSettings.Product { isInstant ? .instant : .ordinary }

    private static func collection(_ isInstant: Bool) -> String { "/payments/" + product(isInstant).rawValue }

    /// At the product under which it was opened.
    private func resource(_ payment: BankPayment) -> String {
        Self.collection(ApprovalMemo(payment.memo).isInstant) + "/" + URLCoding.encode(payment.id)
    }

    private func path(_ payment: BankPayment, _ authorisation: String) -> String {
        "\(resource(payment))/authorisations/\(URLCoding.encode(authorisation))"
    }

    private func request(_ method: HTTPMethod, _ path: String, id: String, _ body: JSON? = nil) -> HTTPRequest {
        var request = HTTPRequest(
            method, profile.api + path,
            fields: ["Accept": profile.accept.field, "X-Request-ID": id])
        if let body {
            request.fields.append("application/json", for: "Content-Type")
            request.body = body.bytes
        }
        return request
    }

    private func addReturn(_ choice: BankChoice, to request: inout HTTPRequest) {
        let address = "\(choice.returnAddress.text)?state=\(choice.returnState.revealed)"
        request.fields.append(address, for: "TPP-Redirect-URI")
        request.fields.append(address, for: "TPP-Nok-Redirect-URI")
    }

    private func addPayer(_ choice: BankChoice, to request: inout HTTPRequest) {
        if let id = choice.answers[.payerID] { request.fields.append(id, for: "PSU-ID") }
    }

    private func body(_ order: TransferOrder, _ choice: BankChoice) -> JSON {
        var body = JSONObject([
            ("endToEndIdentification", .string(order.endToEndID)),
            ("instructedAmount", ["currency": "EUR", "amount": .string(order.amount.decimal)]),
            ("creditorAccount", ["iban": .string(order.payee.iban.revealed)]),
            ("creditorName", .string(order.payee.sepaName)),
            ("remittanceInformationUnstructured", .string(order.remittance.revealed)),
        ])
        if let iban = choice.answers[.debtorIBAN] { body["debtorAccount"] = ["iban": .string(iban)] }
        if let bic = order.payee.bic { body["creditorAgent"] = .string(bic.text) }
        return .object(body)
    }

    /// `X-Request-ID` has to be a UUID: the same for the same step of the same order.
    private static func id(_ order: TransferOrder, _ step: String) -> String {
        uuid(SHA256.digest("\(order.id)-\(step)".utf8))
    }

    /// Version 8 of RFC 9562, section 5.8: made of the first 122 bits.
    private static func uuid(_ bytes: [UInt8]) -> String {
        var bytes = Array(bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Identifier.hex(bytes).utf8)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(decoding: hex[$0], as: UTF8.self) }.joined(separator: "-")
    }
}

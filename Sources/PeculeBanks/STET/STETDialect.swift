import FoundationEssentials
import Pecule
import PeculeHTTP

/// STET's payment initiation.
///
/// Source: STET PSD2 API, payment initiation (`/payment-requests`), releases 1.4.0.47, 1.4.2.17 and 1.6.
struct STETDialect: BankDialect {
    let profile: BankProfile
    let settings: STETSettings
    /// The name by which the payer's bank knows us (`initiatingParty.name`).
    let initiatingParty: String

    private var version: STETVersion { settings.version }

    /// `POST /payment-requests`.
    func initiation(of order: TransferOrder, _ choice: BankChoice, asInstant: Bool) -> HTTPRequest {
        let body = STETPaymentRequest(dialect: self, order: order, choice: choice, isInstant: asInstant).json
        var request = post("/payment-requests", body, id: "\(order.id)-open")
        guard profile.sendsPayerHeaders else { return request }
        request.fields.set(choice.answers.connection.ipv4, for: "PSU-IP-Address")
        request.fields.set(choice.answers.connection.userAgent, for: "PSU-User-Agent")
        return request
    }

    /// STET has no code for it. A refusal has opened nothing, and whatever else is wrong is refused again.
    func refusesInstant(_ response: HTTPResponse) -> Bool { [400, 403, 409, 422].contains(response.status) }

    /// `GET /payment-requests/{id}`.
    func inquiry(of payment: BankPayment, _ order: TransferOrder, random _: Random) -> HTTPRequest {
        request(.get, resource(payment), id: "\(order.id)-ask")
    }

    func question(about _: BankReport, of _: BankPayment, random _: Random) -> HTTPRequest? { nil }

    func report(_ report: BankReport, explainedBy _: HTTPResponse) -> BankReport { report }

    /// `POST …/confirmation`, or `…/o-confirmation` where 1.4.2 confirms with an authorization code's token.
    func confirmation(of payment: BankPayment, _ order: TransferOrder, proof: ApprovalProof?) -> HTTPRequest {
        let byToken = profile.redirectFlow == .codeThenConfirm && version == .v1_4_2
        var body = JSONObject()
        if let nonce = ApprovalMemo(payment.memo).nonce { body["nonce"] = .string(nonce) }
        if case .authenticationFactor(let factor) = proof { body["psuAuthenticationFactor"] = .string(factor) }
        let (path, id) = (resource(payment) + (byToken ? "/o-confirmation" : "/confirmation"), "\(order.id)-confirm")
        guard !body.members.isEmpty || settings.confirmationBody == .object else { return request(.post, path, id: id) }
        return post(path, .object(body), id: id)
    }

    /// `PUT /payment-requests/{id}`: the whole request again with the status of a cancellation.
    func cancellation(of payment: BankPayment, _ order: TransferOrder, _ choice: BankChoice) -> HTTPRequest? {
        guard profile.cancellation.way != .none else { return nil }
        let isInstant = ApprovalMemo(payment.memo).isInstant
        let ordered = STETPaymentRequest(dialect: self, order: order, choice: choice, isInstant: isInstant)
        var request = post(resource(payment), ordered.cancelled(profile.cancellation), id: "\(order.id)-cancel")
        request.method = .put
        return request
    }

    func cancellationApproval(
        after _: HTTPResponse, of _: BankPayment, _: TransferOrder, _: BankChoice
    ) -> HTTPRequest? { nil }

    private func resource(_ payment: BankPayment) -> String { "/payment-requests/" + URLCoding.encode(payment.id) }

    private func request(_ method: HTTPMethod, _ path: String, id: String) -> HTTPRequest {
        HTTPRequest(method, profile.api + path, fields: ["Accept": profile.accept.field, "X-Request-ID": id])
    }

    private func post(_ path: String, _ body: JSON, id: String) -> HTTPRequest {
        var request = request(.post, path, id: id)
        request.fields.append("application/json", for: "Content-Type")
        request.body = body.bytes
        return request
    }
}

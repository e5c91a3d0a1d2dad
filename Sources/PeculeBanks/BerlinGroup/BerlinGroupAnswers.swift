import Pecule
import PeculeHTTP

extension BerlinGroupDialect {
    /// Reads `paymentInitiationWithStatusResponse`.
    func report(from response: HTTPResponse, of payment: BankPayment) -> BankReport? {
        guard let body = try? JSON(parsing: response.body) else { return nil }
        if let id = body["paymentId"]?.string, id != payment.id { return nil }
        guard let code = body["transactionStatus"]?.string, let status = status(code, body) else { return nil }
        let amount = body["instructedAmount"]
        return BankReport(
            status,
            echo: PaymentEcho(
                amount: amount?["amount"]?.scalar.flatMap { Amount(decimal: $0) },
                currency: amount?["currency"]?.string,
                creditor: body["creditorAccount"]?["iban"]?.string.flatMap { try? IBAN($0) },
                endToEndID: body["endToEndIdentification"]?.string))
    }

    private func status(_ code: String, _ body: JSON) -> BankReport.Status? {
        if profile.confirmNow.contains(code) { return .approved }
        return switch code {
        case "RCVD", "ACTC", "PATC": .pending
        case "ACCP", "ACFC", "ACSP", "PDNG", "ACWC", "ACWP": .executing
        case "ACSC", "ACCC": .settled
        case "CANC": .cancelled
        case "RJCT": rejection(body)
        default: nil
        }
    }

    /// An authorisation that came to no end was not answered in time; one that failed without a code for why was
    /// refused. After one that ended well it is the bank that rejects, and its reason stays unsaid.
    func report(_ report: BankReport, explainedBy response: HTTPResponse) -> BankReport {
        let body = try? JSON(parsing: response.body)
        switch body?["scaStatus"]?.string {
        case "received", "psuIdentified", "psuAuthenticated", "scaMethodSelected", "started", "unconfirmed":
            return BankReport(.expired, echo: report.echo)
        case "failed":
            let code = body.flatMap(Self.messageCode)
            return BankReport(code.map { .rejected(RejectionReason($0)) } ?? .denied, echo: report.echo)
        default: return report
        }
    }

    /// The standard has no field for the reason of a rejection: a message code may tell it.
    private func rejection(_ body: JSON) -> BankReport.Status {
        switch Self.messageCode(body) {
        case "FUNDS_NOT_AVAILABLE": .rejected(.insufficientFunds)
        case "RESOURCE_EXPIRED": .expired
        case let code: .rejected(RejectionReason(code))
        }
    }

    /// Both media types: `tppMessages`, and problem details with a `code` or `additionalErrors`.
    func reason(from response: HTTPResponse) -> RejectionReason {
        let body = try? JSON(parsing: response.body)
        return RejectionReason(body.flatMap(Self.messageCode) ?? "FORMAT_ERROR")
    }

    /// 1.3.12 spells the array `tppMessage` in some bodies.
    private static func messageCode(_ body: JSON) -> String? {
        let messages = ["tppMessages", "tppMessage", "additionalErrors"].compactMap { body[$0]?[0]?["code"]?.string }
        return body["code"]?.string ?? messages.first
    }
}

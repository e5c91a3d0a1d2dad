import FoundationEssentials
import Pecule
import PeculeHTTP

extension STETDialect {
    /// A payment as the bank's 201 describes it, before the redirect is completed.
    struct Opened: Equatable {
        let id: String
        let consentURL: String
        let nonce: String?
    }

    /// Reads `HalPaymentRequestCreation`: the id is the last segment of `Location`, which banks write relative or
    /// absolute, with or without a final slash; links are objects or plain strings. Nil when any of it is missing.
    func opened(from response: HTTPResponse) -> Opened? {
        guard let body = try? JSON(parsing: response.body), let location = response.fields["Location"] else {
            return nil
        }
        let path = location.prefix { $0 != "?" && $0 != "#" }
        let link = body["_links"]?["consentApproval"]
        guard let segment = path.split(separator: "/").last, let id = URLCoding.decode(segment),
            (1...128).contains(id.utf8.count), id != ".", id != "..",
            let consent = link?["href"]?.string ?? link?.string, BankAddress(consent) != nil
        else { return nil }
        return Opened(id: id, consentURL: consent, nonce: body["nonce"]?.string)
    }

    /// Reads `HalPaymentRequest`. Nil when it is not one, speaks of another payment, or has a status that no release
    /// of STET knows.
    func report(from response: HTTPResponse, of payment: BankPayment) -> BankReport? {
        guard let body = try? JSON(parsing: response.body), let request = body["paymentRequest"] else { return nil }
        if let id = request["resourceId"]?.string, id != payment.id { return nil }
        guard let code = request["paymentInformationStatus"]?.string, let status = status(code, request) else {
            return nil
        }
        return BankReport(status, echo: Self.echo(request))
    }

    /// One table for `paymentInformationStatus`; what an instruction says is not asked, since it may lag behind.
    private func status(_ code: String, _ request: JSON) -> BankReport.Status? {
        if profile.confirmNow.contains(code) { return .approved }
        return switch code {
        case "RCVD", "ACTC", "ACCO", "PATC": .pending
        case "ACCP", "ACSP", "PDNG", "ACWC", "ACWP": .executing
        case "ACSC", "ACCC": .settled
        case "CANC": .cancelled
        case "RJCT": rejection(request)
        default: nil
        }
    }

    /// STET 1.4, `StatusReasonInformation`. `CUST` is the debtor's refusal or lack of funds: `fundsAvailability`
    /// tells which; 1.6 has `AM04` for the latter.
    private func rejection(_ request: JSON) -> BankReport.Status {
        let instruction = request["creditTransferTransaction"]?[0]
        let code = (request["statusReasonInformation"] ?? instruction?["statusReasonInformation"])?.string
        switch (code, request["fundsAvailability"]?.bool) {
        case ("DS02", _): return .cancelled
        case ("NOAS", _): return .expired
        case ("CUST", false?): return .rejected(.insufficientFunds)
        case ("CUST", true?): return .denied
        case ("CUST", nil) where profile.version == .v1_6: return .denied
        default: return .rejected(RejectionReason(code))
        }
    }

    /// What the bank gives back of the order. The one beneficiary stands at payment or at instruction level.
    private static func echo(_ request: JSON) -> PaymentEcho {
        let transactions = request["creditTransferTransaction"]?.array ?? []
        let transaction = transactions.count == 1 ? transactions[0] : nil
        let amount = transaction?["instructedAmount"]
        let beneficiary = request["beneficiary"] ?? transaction?["beneficiary"]
        let paymentID = transaction?["paymentId"]
        return PaymentEcho(
            amount: amount?["amount"]?.scalar.flatMap { Amount(decimal: $0) },
            currency: amount?["currency"]?.string,
            creditor: beneficiary?["creditorAccount"]?["iban"]?.string.flatMap { try? IBAN($0) },
            endToEndID: (paymentID?["endToEndId"] ?? paymentID?["endToEndIdentification"])?.string)
    }

    /// The best reason that an error body holds: a known member whose text is a code, else none.
    func reason(from response: HTTPResponse) -> RejectionReason {
        let body = try? JSON(parsing: response.body)
        let code = ["code", "errorCode", "error"].lazy.compactMap { body?[$0]?.string }.first
        return RejectionReason(code ?? "FF01")
    }
}

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

    /// Reads `HalPaymentRequestCreation`: the id stands where the profile says, in most banks as the last segment of
    /// `Location`, relative or absolute, with or without a final slash; links are objects or plain strings. Nil when
    /// any of it is missing.
    func opened(from response: HTTPResponse) -> Opened? {
        guard let body = try? JSON(parsing: response.body) else { return nil }
        let link = body["_links"]?["consentApproval"]
        let nonce = body["nonce"] ?? .null
        guard let consent = link?["href"]?.string ?? link?.string, let address = BankAddress(consent),
            let id = id(response.fields["Location"], address),
            nonce == .null || nonce.string.map(Self.canBeGivenBack) == true
        else { return nil }
        return Opened(id: id, consentURL: consent, nonce: nonce.string)
    }

    private func id(_ location: String?, _ consent: BankAddress) -> String? {
        switch settings.paymentID {
        case .location: location.flatMap(Self.id)
        case .consentPath: Self.id(in: consent.text)
        case .consentQuery(let name):
            URLForm(parsing: consent.query ?? "")?[name].flatMap { Self.isUsable($0) ? $0 : nil }
        }
    }

    private static func id(in location: String) -> String? {
        let path = location.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        var segments = Substring(path).parts(at: UInt8(ascii: "/"))
        // A host alone is no id: `https://bank.example/` and `//bank.example` end in one.
        let isAbsolute = segments.count > 1 && segments[1].isEmpty && (segments[0].isEmpty || segments[0].last == ":")
        if isAbsolute { segments.removeFirst(min(3, segments.count)) }
        return segments.last { !$0.isEmpty }.flatMap { URLCoding.decode($0) }.flatMap { isUsable($0) ? $0 : nil }
    }

    private static func isUsable(_ id: String) -> Bool {
        (1...128).contains(id.utf8.count) && id.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && ![".", "..", "payment-requests"].contains(id)
    }

    private static func canBeGivenBack(_ nonce: String) -> Bool {
        (1...1024).contains(nonce.utf8.count) && nonce.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// Reads `HalPaymentRequest`.
    func report(from response: HTTPResponse, of payment: BankPayment) -> BankReport? {
        guard let body = try? JSON(parsing: response.body), let request = body["paymentRequest"] else { return nil }
        if let id = request["resourceId"], id != .null, id.string != payment.id { return nil }
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
        let code = request["statusReasonInformation"]?.string ?? instruction?["statusReasonInformation"]?.string
        switch (code, request["fundsAvailability"]?.bool) {
        case ("DS02", _): return .cancelled
        case ("NOAS", _): return .expired
        case ("CUST", false?): return .rejected(.insufficientFunds)
        case ("CUST", true?): return .denied
        case ("CUST", nil) where settings.version == .v1_6: return .denied
        default: return .rejected(RejectionReason(code))
        }
    }

    /// What the bank gives back of the order. The one beneficiary stands at payment or at instruction level, or at
    /// both.
    private static func echo(_ request: JSON) -> PaymentEcho {
        let transactions = request["creditTransferTransaction"]?.array ?? []
        let transaction = transactions.count == 1 ? transactions[0] : nil
        let amount = transaction?["instructedAmount"]
        let creditors = [request, transaction].map { $0?["beneficiary"]?["creditorAccount"]?["iban"]?.string }
        let paymentID = transaction?["paymentId"]
        return PaymentEcho(
            amount: amount?["amount"]?.scalar.flatMap { Amount(decimal: $0) },
            currency: amount?["currency"]?.string,
            creditor: agreed(creditors).flatMap { try? IBAN($0) },
            endToEndID: agreed(["endToEndId", "endToEndIdentification"].map { paymentID?[$0]?.string }))
    }

    /// The text in all places that hold one; nil when two differ, since either could be what is executed.
    private static func agreed(_ texts: [String?]) -> String? {
        let given = Set(texts.compactMap(\.self))
        return given.count == 1 ? given.first : nil
    }

    /// The reason that an error body holds: the first known member whose text is a code; an invalid request without.
    func reason(from response: HTTPResponse) -> RejectionReason {
        let body = try? JSON(parsing: response.body)
        let texts = ["code", "errorCode", "message", "error"].compactMap { body?[$0]?.string }
        return RejectionReason(texts.first { RejectionReason($0).code == $0 } ?? "FF01")
    }
}

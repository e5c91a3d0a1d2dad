import PeculeHTTP

/// What the bank says about a payment: the request as posted, with the bank's own members added.
struct StetAnswer {
    let profile: MockBankProfile
    /// Absolute address of the bank.
    let address: String
    /// Whether the link to the approval is to open the bank's application.
    var isOnTelephone = false

    /// `HalPaymentRequestCreation`; without a link when nothing is left to approve.
    func creation(_ payment: Payment, approval: Bool) -> JSON {
        var members: [JSON.Member] = [("appliedAuthenticationApproach", "REDIRECT")]
        if profile.flow == .codeThenConfirm, profile.variants.givesNonce, approval {
            members.append(("nonce", .string(payment.nonce)))
        }
        let links: JSON = approval ? ["consentApproval": ["href": .string(consentAddress(payment))]] : [:]
        members.append(("_links", links))
        return .object(members)
    }

    /// `HalPaymentRequest`.
    func report(_ payment: Payment) -> JSON {
        let path = resourcePath(payment.id)
        var links: [JSON.Member] = [
            (profile.version == .v140 ? "self" : "request", ["href": .string(path)])
        ]
        if let confirmation = profile.confirmation, case .awaitingConfirmation = payment.stage {
            links.append(("confirmation", ["href": .string("\(path)/\(confirmation)")]))
        }
        return ["paymentRequest": resource(payment), "_links": .object(links)]
    }

    /// Nil where the link to the approval names the payment.
    func location(_ payment: Payment) -> String? {
        switch profile.variants.paymentID {
        case .absoluteLocation: address + "/stet/v1/payment-requests/" + payment.id
        case .relativeLocation: "payment-requests/" + payment.id
        case .locationWithSlash: resourcePath(payment.id) + "/"
        case .consentPath, .consentQuery: nil
        }
    }

    private func resourcePath(_ id: String) -> String {
        BankState.path(of: address) + "/stet/v1/payment-requests/\(id)"
    }

    private func consentAddress(_ payment: Payment) -> String {
        guard !profile.flow.usesCode else {
            return "\(address)/oauth/authorize?response_type=code&scope=pisp&context=\(payment.context)"
        }
        if isOnTelephone, profile.variants.hasApplication { return address + ApplicationFace.path(payment) }
        switch profile.variants.paymentID {
        case .consentPath: return "\(address)/consent/\(payment.id)?context=\(payment.context)"
        case .consentQuery(let name): return "\(address)/consent?context=\(payment.context)&\(name)=\(payment.id)"
        default: return "\(address)/consent?context=\(payment.context)"
        }
    }

    private func resource(_ payment: Payment) -> JSON {
        guard var body = payment.body.object else { return payment.body }
        body["resourceId"] = .string(payment.id)
        body["paymentInformationStatus"] = .string(payment.status(at: profile))
        switch payment.stage {
        case .rejected(let reason):
            body["statusReasonInformation"] = .string(reason.code(in: profile.version))
            body["fundsAvailability"] = reason.isCovered.map { .bool($0) }
        case .executing, .settled: body["fundsAvailability"] = true
        default: break
        }
        body["booking"] = .bool(payment.stage == .settled)
        body["creditTransferTransaction"] = .array([transaction(payment)])
        if var data = body["supplementaryData"]?.object {
            data["appliedAuthenticationApproach"] = "REDIRECT"
            body["supplementaryData"] = .object(data)
        }
        return .object(body)
    }

    private func transaction(_ payment: Payment) -> JSON {
        guard var transaction = payment.body["creditTransferTransaction"]?[0]?.object else { return .null }
        if var identifiers = transaction["paymentId"]?.object {
            identifiers["resourceId"] = .string("\(payment.id)-1")
            transaction["paymentId"] = .object(identifiers)
        }
        if var instructed = transaction["instructedAmount"]?.object {
            instructed["amount"] = instructed["amount"].map { amount($0, cents: payment.order.cents) }
            transaction["instructedAmount"] = .object(instructed)
        }
        switch payment.stage {
        case .executing where profile.variants.instructionLags: transaction["transactionStatus"] = "ACTC"
        case .executing: transaction["transactionStatus"] = "ACSP"
        case .settled: transaction["transactionStatus"] = "ACSC"
        case .rejected(let reason):
            transaction["transactionStatus"] = "RJCT"
            transaction["statusReasonInformation"] = .string(reason.code(in: profile.version))
        default: transaction["transactionStatus"] = "PDNG"
        }
        return .object(transaction)
    }

    /// A text in 1.4.0, a number later; the digits stay as posted where the form already fits.
    private func amount(_ posted: JSON, cents: Int) -> JSON {
        let form = profile.variants.amount ?? (profile.version == .v140 ? .string : .number)
        return switch (posted, form) {
        case (.string, .string), (.number, .number): posted
        case (_, .string): .string(StetAmount.text(cents))
        case (_, .number): .number(StetAmount.text(cents))
        }
    }
}

import PeculeHTTP

/// What the bank says about a payment.
struct BerlinAnswer {
    let profile: MockBankProfile
    /// Absolute address of the bank.
    let address: String
    let payment: Payment

    var path: String {
        BankState.path(of: address) + "/berlin-group/v1/payments/\(payment.berlin.product)/\(payment.id)"
    }

    /// `paymentInitationRequestResponse-201`.
    func creation() -> JSON {
        [
            "transactionStatus": .string(payment.status(at: profile)), "paymentId": .string(payment.id),
            "_links": .object(approvalLinks + [("self", link(path)), ("status", link(path + "/status"))]),
        ]
    }

    /// `startScaprocessResponse`.
    func started() -> JSON {
        var members: [JSON.Member] = [
            ("scaStatus", .string(scaStatus)), ("authorisationId", .string(payment.berlin.authorisation ?? "")),
            ("_links", .object(approvalLinks)),
        ]
        if profile.flow == .decoupled {
            members.append(("psuMessage", "Validez le paiement dans votre application bancaire."))
        }
        return .object(members)
    }

    /// `paymentInitiationWithStatusResponse`. The standard has a code for want of funds, and none for other reasons.
    func report() -> JSON {
        guard var body = payment.body.object else { return payment.body }
        body["transactionStatus"] = .string(payment.status(at: profile))
        if case .rejected(let reason) = payment.stage, reason == .insufficientFunds {
            body["tppMessage"] = [
                ["category": "ERROR", "code": "FUNDS_NOT_AVAILABLE", "text": .string(reason.description)]
            ]
        }
        return .object(body)
    }

    /// `scaStatusResponse`: with a message where it was the bank that ended it.
    func authorisation() -> JSON {
        var members: [JSON.Member] = [("scaStatus", .string(scaStatus))]
        if case .rejected(.payerLocked) = payment.stage {
            let text = JSON.string(RejectReason.payerLocked.description)
            members.append(("tppMessage", [["category": "ERROR", "code": "SCA_INVALID", "text": text]]))
        }
        return .object(members)
    }

    /// `authorisationConfirmationResponse`.
    func confirmed() -> JSON {
        let status = path + "/authorisations/" + (payment.berlin.authorisation ?? "")
        return ["scaStatus": .string(scaStatus), "_links": ["scaStatus": link(status)]]
    }

    private var scaStatus: String {
        switch payment.stage {
        case .awaitingApproval: "received"
        case .awaitingConfirmation: "unconfirmed"
        case .accepted, .held, .executing, .settled: "finalised"
        case .rejected(.unanswered): payment.approval == nil ? "received" : "unconfirmed"
        case .rejected: payment.approval == nil ? "failed" : "finalised"
        }
    }

    private var approvalLinks: [JSON.Member] {
        guard let authorisation = payment.berlin.authorisation else {
            let name = "startAuthorisation" + (profile.flow == .decoupled ? "WithPsuIdentification" : "")
            return [(name, link(path + "/authorisations"))]
        }
        let resource = path + "/authorisations/" + authorisation
        var links: [JSON.Member] = [("scaStatus", link(resource))]
        switch profile.flow {
        case .decoupled: break
        case .codeThenConfirm, .codeOnly:
            links.append(("scaOAuth", link(address + "/.well-known/oauth-authorization-server")))
        default: links.append(("scaRedirect", link(address + "/consent?context=" + payment.context)))
        }
        if profile.confirmNow != nil { links.append(("confirmation", link(resource))) }
        return links
    }

    private func link(_ address: String) -> JSON { ["href": .string(address)] }
}

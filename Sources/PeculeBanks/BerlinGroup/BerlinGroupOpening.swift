import Pecule
import PeculeHTTP

extension BerlinGroupDialect {
    /// Reads the 201 of a payment. An explicit authorisation is started with a second request; an authorization
    /// server is found by its metadata (RFC 8414).
    func opening(
        from response: HTTPResponse, of order: TransferOrder, _ choice: BankChoice, asInstant: Bool,
        random bytes: @escaping Random
    ) -> Opening? {
        guard let body = try? JSON(parsing: response.body), let id = body["paymentId"]?.string, Self.isPlain(id)
        else { return nil }
        var memo = ApprovalMemo()
        memo.isInstant = asInstant
        // The same payment again, which has ended since it was opened: nothing is left to approve.
        guard body["transactionStatus"]?.string != "RJCT" else { return known(id, body, choice, memo) }
        guard settings.start == .explicit else { return approval(id, body, choice, memo, random: bytes) }
        return .asks(start(id, of: order, choice, asInstant: asInstant)) { [memo] response in
            let answer = response.flatMap { try? JSON(parsing: $0.body) }
            if profile.redirectFlow == .decoupled { return known(id, answer, choice, memo) }
            // What cannot be approved any more is not asked for again and again.
            let isOver = response.map { [400, 404, 409].contains($0.status) } ?? false
            if isOver { return known(id, answer, choice, memo) }
            guard let response, response.status == 201, let body = try? JSON(parsing: response.body) else { return nil }
            return approval(id, body, choice, memo, random: bytes)
        }
    }

    /// A payment known by its id: whether a telephone rings or not, the bank's report tells the end.
    private func known(_ id: String, _ body: JSON?, _ choice: BankChoice, _ opened: ApprovalMemo) -> Opening {
        var memo = opened
        memo.authorisation = body.flatMap(Self.authorisation)
        let approval = ApprovalStep.decoupled(
            message: body.flatMap(Self.message), expires: profile.approvalEnds(choice))
        return .opened(BankPayment(id: id, approval: approval, memo: memo.memo))
    }

    private static func message(in body: JSON) -> String? {
        body["psuMessage"]?.string.flatMap { text in
            let isPlain = !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
            return isPlain && (1...500).contains(text.count) ? text : nil
        }
    }

    private func approval(
        _ id: String, _ body: JSON, _ choice: BankChoice, _ opened: ApprovalMemo, random bytes: @escaping Random
    ) -> Opening? {
        var memo = opened
        memo.authorisation = Self.authorisation(in: body)
        let needsAuthorisation = profile.redirectFlow == .factorThenConfirm || profile.redirectFlow == .codeThenConfirm
        guard !needsAuthorisation || memo.authorisation != nil else { return nil }
        guard profile.redirectFlow.proof == .authorizationCode else {
            guard let link = Self.link("scaRedirect", in: body), BankAddress(link) != nil else { return nil }
            return .opened(payment(id, at: link, memo, choice))
        }
        guard let metadata = Self.link("scaOAuth", in: body), isOurs(metadata) else { return nil }
        return .asks(HTTPRequest(.get, metadata, fields: ["Accept": "application/json"])) { [memo] response in
            guard let response, response.status == 200, let body = try? JSON(parsing: response.body),
                let endpoint = body["authorization_endpoint"]?.string
            else { return nil }
            var memo = memo
            let own = [(name: "response_type", value: "code"), (name: "scope", value: "PIS:\(id)")]
            let link = profile.authorizationRequest(at: endpoint, adding: own, choice, &memo, random: bytes)
            return link.map { .opened(payment(id, at: $0, memo, choice)) }
        }
    }

    private func payment(_ id: String, at link: String, _ memo: ApprovalMemo, _ choice: BankChoice) -> BankPayment {
        BankPayment(
            id: id, approval: .redirect(to: link, expires: profile.approvalEnds(choice)), expects: expects,
            memo: memo.memo)
    }

    private var expects: ApprovalProof.Kind? {
        profile.redirectFlow == .factorThenConfirm ? .confirmationCode : profile.redirectFlow.proof
    }

    /// Only where the profile sends us already: a bank's answer may not point our requests anywhere else.
    private func isOurs(_ address: String) -> Bool {
        let origin = BankAddress(address)?.origin
        return origin != nil && [profile.api, profile.token].contains { BankAddress($0)?.origin == origin }
    }

    static func link(_ name: String, in body: JSON) -> String? {
        body["_links"]?[name]?["href"]?.string ?? body["_links"]?[name]?.string
    }

    /// The last segment of the link to the confirmation or to the authorisation's status, or the id itself.
    private static func authorisation(in body: JSON) -> String? {
        let link = link("confirmation", in: body) ?? link("scaStatus", in: body)
        let segment = link?.parts(at: UInt8(ascii: "/")).last { !$0.isEmpty }.flatMap { URLCoding.decode($0) }
        return (body["authorisationId"]?.string ?? segment).flatMap { isPlain($0) ? $0 : nil }
    }

    private static func isPlain(_ id: String) -> Bool {
        (1...128).contains(id.utf8.count) && id.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && id != "." && id != ".."
    }
}

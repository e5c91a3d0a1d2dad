import Pecule
import PeculeHTTP

extension BankProfile {
    /// The names of all settings: those of the document itself, and of the objects in it.
    static let members: [(path: String, names: Set<String>)] = [
        (
            "",
            [
                "id", "name", "bic", "bankCodes", "country", "api", "token", "tokenBody", "client", "dialect",
                "redirectFlow", "pkce", "scope", "confirmNow", "limits", "consentLifetimeSeconds", "notFoundSeconds",
                "patience", "accept", "headers", "psuHeaders", "debtorAccount", "instant", "cancellation", "refusals",
                "mutualTLS", "signature", "notifications", "issuer",
            ]
        ),
        ("client", ["id", "secret", "authentication"]),
        ("dialect", BerlinGroupSettings.members.union(STETSettings.members).union(["standard"])),
        ("dialect.paymentID", ["in", "name"]),
        ("limits", ["minimumCents", "maximumCents"]),
        ("signature", ProfileReader.signatureMembers),
        ("debtorAccount", ["need", "ofThisBank"]),
        ("instant", ["minimumCents", "maximumCents", "insideBank", "fallsBack"]),
        ("cancellation", ["way", "onInstruction", "appliedApproach"]),
        (
            "patience",
            [
                "callSeconds", "openingSeconds", "approvalSeconds", "confirmationSeconds", "executionSeconds",
                "retryAfterSeconds", "requests",
            ]
        ),
    ]
}

extension BankStandard {
    var isSTET: Bool { if case .stet = self { true } else { false } }
}

// What every standard has.
extension ProfileReader {
    func client() throws(BankProfileError) -> ClientCredentials {
        let id = try text("client.id", otherwise: nil)
        let way: ClientCredentials.Authentication = try choice("client.authentication")
        guard way != .tls || value("client.secret") == nil else {
            throw wrong("client.secret", "not a setting of the authentication tls")
        }
        return ClientCredentials(
            id: id, secret: way == .tls ? nil : ClientSecret(revealed: try text("client.secret", otherwise: nil)),
            authentication: way)
    }

    func accept(_ standard: BankStandard) throws(BankProfileError) -> BankProfile.AcceptedMedia {
        let accept = try choice("accept", otherwise: standard.isSTET ? .hal : .problem) as BankProfile.AcceptedMedia
        guard accept != (standard.isSTET ? .problem : .hal) else { throw wrong("accept", "not of this standard") }
        return accept
    }

    /// What the connectors write themselves stays theirs.
    func headers() throws(BankProfileError) -> HTTPFields {
        let ours: Set<String> = [
            "accept", "authorization", "connection", "content-length", "content-type", "cookie", "date", "digest",
            "host", "signature", "te", "transfer-encoding", "upgrade", "x-request-id",
        ]
        var fields = HTTPFields()
        for (name, value) in try table("headers") {
            guard name.wholeMatch(of: /[A-Za-z0-9-]+/) != nil, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
            else { throw wrong("headers", "\(name): not a header field of printable ASCII") }
            guard !ours.contains(name.lowercased()) else { throw wrong("headers", "\(name): may not be set") }
            fields.append(value, for: name)
        }
        return fields
    }

    func refusals() throws(BankProfileError) -> [String: RejectionReason] {
        var reasons: [String: RejectionReason] = [:]
        for (text, code) in try table("refusals") {
            guard code.wholeMatch(of: /[A-Z]{2}[0-9]{2}|[A-Z]{4}/) != nil else {
                throw wrong("refusals", "\(code): not an ISO code of four characters")
            }
            reasons[text] = RejectionReason(code)
        }
        return reasons
    }

    func instant() throws(BankProfileError) -> InstantTransfers? {
        guard value("instant") != nil else { return nil }
        return InstantTransfers(
            amounts: try amounts("instant"), isInsideBank: try flag("instant.insideBank", otherwise: true),
            fallsBack: try flag("instant.fallsBack", otherwise: false))
    }

    func cancellation(_ standard: BankStandard) throws(BankProfileError) -> BankProfile.Cancellation {
        let usual: BankProfile.Cancellation.Way =
            switch standard {
            case .stet(let settings): settings.version == .v1_4_0 ? .rjct : .canc
            case .berlinGroup: .delete
            }
        let way = try choice("cancellation.way", otherwise: usual)
        guard way == .none || (way == .delete) == !standard.isSTET else {
            throw wrong("cancellation.way", "not a way of this standard")
        }
        let marks = try flag("cancellation.onInstruction", otherwise: false)
        let repeats = try flag("cancellation.appliedApproach", otherwise: false)
        guard !marks && !repeats || way == .rjct || way == .canc else {
            throw wrong("cancellation", "nothing is put that could carry more")
        }
        return BankProfile.Cancellation(way: way, marksInstruction: marks, repeatsApproach: repeats)
    }

    func bank(
        _ standard: BankStandard, _ flow: RedirectFlow, _ instant: InstantTransfers?
    ) throws(BankProfileError) -> Bank {
        guard let id = value("id")?.string.flatMap(BankID.init) else {
            throw wrong("id", "not 1 to 35 letters, digits or dashes")
        }
        var bic: BIC?
        if let found = value("bic") {
            bic = found.string.flatMap(BIC.init)
            if bic == nil { throw wrong("bic", "not a BIC of 8 or 11 characters") }
        }
        let country = try text("country", otherwise: "FR")
        guard country.wholeMatch(of: /[A-Z]{2}/) != nil else {
            throw wrong("country", "not a country code of two letters")
        }
        let codes = try texts("bankCodes", in: /[0-9]{5}/, otherwise: [])
        return Bank(
            id: id, name: try text("name", otherwise: nil), country: country, bic: bic, bankCodes: codes,
            limits: try limits(instant), questions: try questions(standard, codes),
            proofParameter: standard.confirmationCode,
            issuer: value("issuer") == nil ? nil : try address("issuer"),
            needsReturn: flow.proof != nil, patience: try patience())
    }

    /// Where every transfer is an instant one, its limits are the bank's.
    private func limits(_ instant: InstantTransfers?) throws(BankProfileError) -> ClosedRange<Amount> {
        let limits = try amounts("limits")
        guard let instant, !instant.fallsBack else { return limits }
        guard limits.overlaps(instant.amounts) else { throw wrong("instant", "no amount is within limits too") }
        return limits.clamped(to: instant.amounts)
    }

    private enum Need: String, CaseIterable {
        case none, optional, required
    }

    private func questions(_ standard: BankStandard, _ codes: [String]) throws(BankProfileError) -> [BankQuestion] {
        let usual = standard.isSTET ? Need.none : .required
        let need = try choice("debtorAccount.need", otherwise: usual)
        let isOfThisBank = try flag("debtorAccount.ofThisBank", otherwise: false)
        guard !isOfThisBank || !codes.isEmpty else { throw wrong("debtorAccount.ofThisBank", "needs bankCodes") }
        let account = BankQuestion.debtorAccount(
            isRequired: need == .required, atBankCodes: isOfThisBank ? Set(codes) : [])
        return (need == .none ? [] : [account]) + (standard.needsPayerID ? [.payerID] : [])
    }

    /// The longest waits in each state, and what else is different at this bank.
    private func patience() throws(BankProfileError) -> Patience? {
        guard value("patience") != nil else { return nil }
        var patience = Patience()
        try read("patience.callSeconds", 45...600, into: &patience.call)
        try read("patience.openingSeconds", 5...86_400, into: &patience.opening.longest)
        try read("patience.approvalSeconds", 5...86_400, into: &patience.approval.longest)
        try read("patience.confirmationSeconds", 5...86_400, into: &patience.confirmation.longest)
        try read("patience.executionSeconds", 5...86_400, into: &patience.execution.longest)
        try read("patience.retryAfterSeconds", 1...86_400, into: &patience.longestRetryAfter)
        patience.requests = try whole("patience.requests", in: 10...100_000, otherwise: patience.requests)
        return patience
    }

    private func read(
        _ path: String, _ range: ClosedRange<Int>, into seconds: inout Double
    ) throws(BankProfileError) {
        seconds = Double(try whole(path, in: range, otherwise: Int(seconds)))
    }
}

import FoundationEssentials
import Pecule
public import PeculeHTTP

/// What is wrong with a bank profile, and where.
public struct BankProfileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Path of the member: `limits.minimumCents`; empty for the document.
    public let field: String
    public let problem: String

    public var description: String { field.isEmpty ? "bank profile: \(problem)" : "bank profile: \(field): \(problem)" }
}

extension BankProfile {
    /// Reads a document that is one profile or an array of them.
    public static func list(parsing bytes: [UInt8]) throws(BankProfileError) -> [BankProfile] {
        let document: JSON
        do throws(JSONError) { document = try JSON(parsing: bytes) } catch {
            throw BankProfileError(field: "", problem: error.description)
        }
        guard let elements = document.array else { return [try BankProfile(document)] }
        var profiles: [BankProfile] = []
        for element in elements { profiles.append(try BankProfile(element)) }
        return profiles
    }

    public init(_ json: JSON) throws(BankProfileError) {
        let reader = ProfileReader(json: json)
        try reader.refuseUnknown()
        let flow: RedirectFlow = try reader.choice("redirectFlow")
        let confirmNow = try reader.texts("confirmNow", in: /ACTC|ACCP|ACSP|ACCO/, otherwise: [])
        guard flow.waitsForConfirmation != confirmNow.isEmpty else {
            let problem = confirmNow.isEmpty ? "waits for a confirmation: name the status" : "has no confirmation"
            throw BankProfileError(field: "confirmNow", problem: "the flow \(flow.rawValue) \(problem)")
        }
        let usesPKCE = try reader.flag("pkce", otherwise: false)
        guard flow.proof == .authorizationCode || !usesPKCE else {
            throw BankProfileError(field: "pkce", problem: "the flow \(flow.rawValue) has no authorization request")
        }
        let standard = try reader.standard(flow)
        self.init(
            bank: try reader.bank(asking: standard), api: try reader.address("api"), token: try reader.address("token"),
            client: try reader.client(), standard: standard, redirectFlow: flow,
            usesPKCE: usesPKCE, scope: try reader.text("scope", otherwise: "pisp"),
            confirmNow: Set(confirmNow),
            consentLifetime: .seconds(try reader.whole("consentLifetimeSeconds", in: 60...86_400, otherwise: 900)))
        usesMutualTLS = try reader.flag("mutualTLS", otherwise: false)
        signature = try reader.signature()
        guard usesMutualTLS || client.authentication != .tls else {
            throw BankProfileError(field: "mutualTLS", problem: "the client authentication tls needs it")
        }
    }
}

extension RedirectFlow {
    fileprivate var waitsForConfirmation: Bool {
        switch self {
        case .simpleThenConfirm, .factorThenConfirm, .codeThenConfirm: true
        case .simple, .codeOnly, .bankConfirms, .decoupled: false
        }
    }
}

/// As documents write them.
private enum StandardName: String, CaseIterable {
    case stet
    case berlinGroup = "berlin-group"
}

/// Reads members by path, each with its own complaint.
struct ProfileReader {
    let json: JSON

    /// The document itself and the objects in it.
    private static let members: [(path: String, names: Set<String>)] = [
        (
            "",
            [
                "id", "name", "bic", "bankCodes", "country", "api", "token", "client", "dialect", "redirectFlow",
                "pkce", "scope", "confirmNow", "limits", "consentLifetimeSeconds", "patience", "mutualTLS", "signature",
            ]
        ),
        ("client", ["id", "secret", "authentication"]),
        ("dialect", BerlinGroupSettings.members.union(["standard", "version"])),
        ("limits", ["minimumCents", "maximumCents"]),
        ("signature", signatureMembers),
        (
            "patience",
            [
                "callSeconds", "openingSeconds", "approvalSeconds", "confirmationSeconds", "executionSeconds",
                "retryAfterSeconds", "requests",
            ]
        ),
    ]

    /// A name that is misspelt would otherwise be a setting that is silently not there.
    func refuseUnknown() throws(BankProfileError) {
        for (path, names) in Self.members {
            guard let found = value(path) else { continue }
            guard let object = found.object else { throw wrong(path, "not an object") }
            if let unknown = object.members.map(\.name).first(where: { !names.contains($0) }) {
                let field = path.isEmpty ? unknown : "\(path).\(unknown)"
                throw BankProfileError(field: field, problem: "no setting of this name")
            }
        }
        if let country = value("country"), country.string?.wholeMatch(of: /[A-Z]{2}/) == nil {
            throw wrong("country", "not a country code of two letters")
        }
    }

    private func value(_ path: String) -> JSON? {
        path.split(separator: ".").reduce(json as JSON?) { $0?[String($1)] }
    }

    private func wrong(_ path: String, _ problem: String) -> BankProfileError {
        BankProfileError(field: path, problem: value(path) == nil ? "missing" : problem)
    }

    func text(_ path: String, otherwise fallback: String?) throws(BankProfileError) -> String {
        if value(path) == nil, let fallback { return fallback }
        guard let text = value(path)?.string, (1...200).contains(text.count),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw wrong(path, "not a text of 1 to 200 characters without control characters") }
        return text
    }

    func texts(
        _ path: String, in pattern: Regex<Substring>, otherwise fallback: [String]
    ) throws(BankProfileError) -> [String] {
        guard let found = value(path) else { return fallback }
        let texts = (found.array ?? [.null]).map(\.string)
        guard texts.allSatisfy({ $0.flatMap { try? pattern.wholeMatch(in: $0) } != nil }) else {
            throw wrong(path, "not an array of well-formed codes")
        }
        return texts.compactMap(\.self)
    }

    func flag(_ path: String, otherwise fallback: Bool) throws(BankProfileError) -> Bool {
        guard let found = value(path) else { return fallback }
        guard let flag = found.bool else { throw wrong(path, "neither true nor false") }
        return flag
    }

    func whole(
        _ path: String, in range: ClosedRange<Int>, otherwise fallback: Int
    ) throws(BankProfileError) -> Int {
        guard let found = value(path) else { return fallback }
        guard let number = found.integer, range.contains(number) else {
            throw wrong(path, "not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ path: String
    ) throws(BankProfileError) -> Choice where Choice.RawValue == String {
        guard let choice = value(path)?.string.flatMap(Choice.init) else {
            throw wrong(path, "not one of: \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func address(_ path: String) throws(BankProfileError) -> String {
        guard let text = value(path)?.string, let address = BankAddress(text), address.query == nil,
            text.last != "/"
        else { throw wrong(path, "not an https address (http on this machine) without query and final slash") }
        return text
    }

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

    func standard(_ flow: RedirectFlow) throws(BankProfileError) -> BankStandard {
        let name: StandardName = try choice("dialect.standard")
        let foreign = name == .stet ? BerlinGroupSettings.members.sorted() : ["version"]
        if let member = foreign.first(where: { value("dialect.\($0)") != nil }) {
            throw wrong("dialect.\(member)", "not a setting of \(name.rawValue)")
        }
        guard flow != .decoupled || name == .berlinGroup else { throw wrong("redirectFlow", "not a flow of stet") }
        return name == .stet ? .stet(try choice("dialect.version")) : .berlinGroup(try berlinGroup(flow))
    }

    private func berlinGroup(_ flow: RedirectFlow) throws(BankProfileError) -> BerlinGroupSettings {
        guard flow != .simpleThenConfirm, flow != .bankConfirms else {
            throw wrong("redirectFlow", "not a flow of berlin-group")
        }
        let settings = BerlinGroupSettings(
            start: try choice("dialect.start"), product: try choice("dialect.product"),
            fallsBack: try flag("dialect.fallsBack", otherwise: false),
            needsDebtorAccount: try flag("dialect.debtorAccount", otherwise: true),
            needsPayerID: try flag("dialect.payerID", otherwise: false),
            address: try text("dialect.address", otherwise: nil))
        guard settings.address.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{1,3}){3}/) != nil else {
            throw wrong("dialect.address", "not an IPv4 address")
        }
        // A repeated opening would make the telephone ring for two payments, and the payer could agree to both.
        guard flow != .decoupled || settings.start == .explicit else {
            throw wrong("dialect.start", "the flow decoupled needs: explicit")
        }
        guard flow != .decoupled || settings.needsPayerID else {
            throw wrong("dialect.payerID", "the flow decoupled needs it")
        }
        return settings
    }

    func bank(asking standard: BankStandard) throws(BankProfileError) -> Bank {
        guard let id = value("id")?.string.flatMap(BankID.init) else {
            throw wrong("id", "not 1 to 35 letters, digits or dashes")
        }
        var bic: BIC?
        if let found = value("bic") {
            bic = found.string.flatMap(BIC.init)
            if bic == nil { throw wrong("bic", "not a BIC of 8 or 11 characters") }
        }
        return Bank(
            id: id, name: try text("name", otherwise: nil), country: try text("country", otherwise: "FR"), bic: bic,
            bankCodes: try texts("bankCodes", in: /[0-9]{5}/, otherwise: []), limits: try limits(),
            questions: standard.questions, patience: try patience())
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
        _ path: String, _ range: ClosedRange<Int>, into seconds: inout TimeInterval
    ) throws(BankProfileError) {
        seconds = TimeInterval(try whole(path, in: range, otherwise: Int(seconds)))
    }

    private func limits() throws(BankProfileError) -> ClosedRange<Amount> {
        let all = 1...Amount.largest.cents
        let least = try whole("limits.minimumCents", in: all, otherwise: 1)
        let most = try whole("limits.maximumCents", in: all, otherwise: Amount.largest.cents)
        guard least <= most, let lower = Amount(cents: least), let upper = Amount(cents: most) else {
            throw wrong("limits", "the minimum is above the maximum")
        }
        return lower...upper
    }
}

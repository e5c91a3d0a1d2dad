import PeculeCrypto
import PeculeHTTP

/// One bank exactly as a gateway's configuration describes it. What is as at most banks is left out.
struct BankDocument {
    let state: BankState

    private var profile: MockBankProfile { state.profile }
    private var variants: MockBankProfile.Variants { profile.variants }

    var json: JSON {
        var document = JSONObject([
            ("id", .string(profile.id)),
            ("name", .string(profile.name)),
            ("bic", .string(profile.bic)),
            ("bankCodes", [.string(profile.bankCode)]),
            ("country", "FR"),
            ("api", .string(state.address + profile.interface)),
            ("token", .string(state.tokenAddress)),
            ("client", .object(client)),
            ("dialect", .object(profile.berlinGroup.map(berlinGroup) ?? stet)),
            ("redirectFlow", .string(profile.flow.rawValue)),
            ("pkce", .bool(profile.flow.usesCode && variants.needsPKCE)),
            ("scope", .string(variants.scope)),
            ("confirmNow", .array(profile.confirmNow.map { [.string($0)] } ?? [])),
            (
                "limits",
                ["minimumCents": .integer(profile.minimumCents), "maximumCents": .integer(profile.maximumCents)]
            ),
            ("consentLifetimeSeconds", .integer(Int(state.timing.consentLifetime))),
        ])
        document["issuer"] = profile.flow.usesCode ? .string(state.address) : nil
        document["tokenBody"] = variants.readsJSONTokenRequests ? "json" : nil
        document["accept"] = variants.refusesHAL ? "application/json" : nil
        document["headers"] = variants.header.map { .object([($0.name, .string($0.value))]) }
        document["psuHeaders"] = variants.payerHeaders == .required ? true : nil
        document["notFoundSeconds"] = variants.appearsAfter > 0 ? .integer(variants.appearsAfter) : nil
        document["instant"] = variants.instant.map(instant)
        document["debtorAccount"] = debtorAccount
        document["cancellation"] = cancellation
        document["refusals"] = refusals
        document["notifications"] = variants.notifies ? true : nil
        document["mutualTLS"] = profile.security.map { .bool($0.demandsClientCertificate) }
        document["signature"] = profile.security?.signature.map(signature)
        return .object(document)
    }

    private var client: JSONObject {
        let client = OAuthClient.seed[0]
        var object = JSONObject([
            ("id", .string(client.id)), ("authentication", .string(profile.clientAuthentication.rawValue)),
        ])
        object["secret"] = profile.clientAuthentication == .tls ? nil : .string(client.secret)
        return object
    }

    private func signature(_ rule: SignatureRule) -> JSON {
        var signature = JSONObject([
            ("algorithm", .string(rule.algorithm.rawValue)), ("headers", .array(rule.headers.map(JSON.string))),
            ("headersIfPresent", .array(rule.headersIfPresent.map(JSON.string))),
            ("keyID", .string(rule.keyID.rawValue)), ("answers", .bool(rule.signsAnswers)),
        ])
        signature["keyURL"] = rule.keyID == .url ? "https://initiator.example/qseal" : nil
        return .object(signature)
    }

    private var stet: JSONObject {
        var dialect = JSONObject([("standard", "stet"), ("version", .string(profile.version.rawValue))])
        dialect["amount"] = variants.amount.map { .string($0.rawValue) }
        dialect["beneficiary"] = variants.beneficiary.map { .string($0.rawValue) }
        dialect["confirmationBody"] = variants.refusesConfirmationBody ? "none" : nil
        dialect["executionDate"] = variants.clock.map { .string($0.rawValue) }
        switch variants.paymentID {
        case .absoluteLocation, .relativeLocation, .locationWithSlash: break
        case .consentPath: dialect["paymentID"] = ["in": "consentPath"]
        case .consentQuery(let name): dialect["paymentID"] = ["in": "consentQuery", "name": .string(name)]
        }
        return dialect
    }

    private func berlinGroup(_ rules: MockBankProfile.BerlinGroup) -> JSONObject {
        JSONObject([
            ("standard", "berlin-group"), ("start", rules.isExplicit ? "explicit" : "implicit"),
            ("payerID", .bool(profile.flow == .decoupled)), ("address", "127.0.0.1"),
            ("confirmationCode", .string(rules.confirmationCode)),
        ])
    }

    private func instant(_ instant: MockBankProfile.Instant) -> JSON {
        guard instant.isTold else { return ["fallsBack": true] }
        return [
            "minimumCents": .integer(instant.minimumCents), "maximumCents": .integer(instant.maximumCents),
            "insideBank": .bool(instant.isInside), "fallsBack": true,
        ]
    }

    private var debtorAccount: JSON? {
        switch variants.debtorAccount {
        case .free: nil
        case .optionalHere: ["need": "optional", "ofThisBank": true]
        case .requiredHere: ["need": "required", "ofThisBank": true]
        }
    }

    private var cancellation: JSON? {
        switch variants.cancellation {
        case .onPayment: nil
        case .everywhere: ["onInstruction": true, "appliedApproach": true]
        case .none: ["way": "none"]
        }
    }

    private var refusals: JSON? {
        let known = Decline.allCases.map { ($0.text(variants.refusal), JSON.string($0.reason)) }
        return variants.refusal == .text ? nil : .object(known)
    }
}

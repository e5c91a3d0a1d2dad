import PeculeCrypto
import PeculeHTTP

/// What a gateway or a person may read about the simulated banks before anything is paid.
struct DirectoryFace: Sendable {
    let desk: Desk

    private var books: BankBooks { desk.books }

    func install(in router: inout HTTPRouter) {
        router.on(.get, "/mock/banks") { _, _ in .json(.array(books.all { [Self.configuration($0)] })) }
        router.on(.get, "/") { _, _ in
            HomePage(root: BankState.path(of: books.baseURL), seed: desk.currentSeed).response()
        }
        router.on(.get, HomePage.stylesheet) { _, _ in Stylesheet.response(colour: HomePage.colour) }
        router.on(.get, "/health") { _, _ in .json(["status": "ok"]) }
    }

    private static func dialect(_ profile: MockBankProfile) -> JSON {
        guard let rules = profile.berlinGroup else {
            return ["standard": "stet", "version": .string(profile.version.rawValue)]
        }
        return [
            "standard": "berlin-group", "start": rules.isExplicit ? "explicit" : "implicit",
            "product": .string(rules.products.last ?? ""), "fallsBack": .bool(rules.products.count > 1),
             "payerID": .bool(profile.flow == .decoupled), "address": "127.0.0.1",
        ]
    }

    private static func security(_ profile: MockBankProfile) -> [JSON.Member] {
        guard let security = profile.security else { return [] }
        let mutual: JSON.Member = ("mutualTLS", .bool(security.demandsClientCertificate))
        guard let rule = security.signature else { return [mutual] }
        var signature: [JSON.Member] = [
            ("algorithm", .string(rule.algorithm.rawValue)), ("headers", .array(rule.headers.map(JSON.string))),
            ("headersIfPresent", .array(rule.headersIfPresent.map(JSON.string))),
            ("keyID", .string(rule.keyID.rawValue)), ("answers", .bool(rule.signsAnswers)),
        ]
        if rule.keyID == .url { signature.append(("keyURL", "https://initiator.example/qseal")) }
        return [mutual, ("signature", .object(signature))]
    }

    /// One bank exactly as a gateway's configuration describes it.
    private static func configuration(_ state: BankState) -> JSON {
        let profile = state.profile
        let client = OAuthClient.seed[0]
        let settings: JSON = [
            "id": .string(profile.id),
            "name": .string(profile.name),
            "bic": .string(profile.bic),
            "bankCodes": [.string(profile.bankCode)],
            "country": "FR",
            "api": .string(state.address + (profile.berlinGroup == nil ? "/stet/v1" : "/berlin-group/v1")),
            "token": .string(state.address + "/oauth/token"),
            "client": .object(
                [
                    ("id", .string(client.id)), ("authentication", .string(profile.clientAuthentication.rawValue)),
                ] + (profile.clientAuthentication == .tls ? [] : [("secret", .string(client.secret))])),
            "dialect": dialect(profile),
            "redirectFlow": .string(profile.flow.rawValue),
            "pkce": .bool(profile.flow.usesCode),
            "scope": "pisp",
            "confirmNow": .array(profile.confirmNow.map { [.string($0)] } ?? []),
            "limits": [
                "minimumCents": .integer(profile.minimumCents), "maximumCents": .integer(profile.maximumCents),
            ],
            "consentLifetimeSeconds": .integer(Int(state.timing.consentLifetime)),
        ]
        return .object((settings.object?.members ?? []) + security(profile))
    }
}

import PeculeHTTP

/// From application to application: a bank gives payers on a telephone a link that their telephone opens in the bank's
/// application, because the two files served here say whose it is (Apple's universal links, Android's App Links).
/// Where there is no application, the same link shows the pages.
struct ApplicationFace: Sendable {
    let books: BankBooks

    func install(in router: inout HTTPRouter) {
        router.on(.get, "/.well-known/apple-app-site-association") { _, _ in .json(apple) }
        router.on(.get, "/.well-known/assetlinks.json") { _, _ in .json(android) }
    }

    /// Where a payer on a telephone comes in.
    static func path(_ payment: Payment) -> String { "/app/\(payment.id)?context=\(payment.context)" }

    /// Whether the payer who orders this sits before a telephone, as far as the initiator tells.
    static func isOnTelephone(_ request: HTTPRequest) -> Bool {
        guard let agent = request.fields["PSU-User-Agent"] else { return false }
        return ["iPhone", "Android", "Mobile"].contains { agent.firstRange(of: $0) != nil }
    }

    private var apple: JSON {
        let details = banks.map { bank -> JSON in
            ["appIDs": [.string("EXEMPLE000." + Self.name(bank))], "components": [["/": .string("*/\(bank)/app/*")]]]
        }
        return ["applinks": ["details": .array(details)]]
    }

    private var android: JSON {
        .array(
            banks.map { bank in
                [
                    "relation": ["delegate_permission/common.handle_all_urls"],
                    "target": [
                        "namespace": "android_app", "package_name": .string(Self.name(bank)),
                        // No application was ever signed with it.
                        "sha256_cert_fingerprints": [.string(Array(repeating: "00", count: 32).joined(separator: ":"))],
                    ],
                ]
            })
    }

    private var banks: [String] {
        books.all { $0.profile.variants.hasApplication ? [$0.profile.id] : [] }
    }

    private static func name(_ bank: String) -> String { "example.\(bank)" }
}

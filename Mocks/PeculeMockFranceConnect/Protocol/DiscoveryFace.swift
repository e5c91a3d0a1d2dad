import PeculeHTTP

/// What the provider publishes of itself.
struct DiscoveryFace: Sendable {
    let desk: ProviderDesk

    func install(in router: inout HTTPRouter) {
        router.on(.get, ProviderPath.root) { _, _ in HomePage(issuer: desk.issuer).response() }
        router.on(.get, ProviderPath.stylesheet) { _, _ in Stylesheet.response }
        router.on(.get, "\(ProviderPath.issuer)/.well-known/openid-configuration") { _, _ in
            .json(Self.document(desk.issuer))
        }
        router.on(.get, "\(ProviderPath.issuer)/jwks") { _, _ in
            .json(
                desk.change { state, _ in
                    for service in state.services.values { _ = state.keys.current(service.algorithm) }
                    return state.keys.document
                }, type: "application/jwk-set+json")
        }
    }

    private static func document(_ issuer: String) -> JSON {
        let addresses = [
            ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("userinfo_endpoint", "userinfo"),
            ("jwks_uri", "jwks"), ("end_session_endpoint", "session/end"), ("revocation_endpoint", "token/revocation"),
        ].map { ($0, JSON.string("\(issuer)/\($1)")) }
        let lists: [(String, [String])] = [
            ("response_types_supported", ["code"]), ("grant_types_supported", ["authorization_code"]),
            ("subject_types_supported", ["pairwise"]), ("acr_values_supported", ["eidas1"]),
            ("token_endpoint_auth_methods_supported", ["client_secret_post"]),
            ("id_token_signing_alg_values_supported", ["ES256", "RS256"]),
            ("userinfo_signing_alg_values_supported", ["ES256", "RS256"]),
            ("code_challenge_methods_supported", ["S256"]), ("scopes_supported", Scope.allCases.map(\.rawValue)),
            ("claims_supported", ["sub"] + Claim.allCases.map(\.rawValue)), ("response_modes_supported", ["query"]),
        ]
        return .object(
            [("issuer", .string(issuer))] + addresses + lists.map { ($0, .array($1.map(JSON.string))) } + [
                ("claims_parameter_supported", true), ("authorization_response_iss_parameter_supported", true),
            ])
    }
}

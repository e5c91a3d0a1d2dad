public import FoundationEssentials
public import PeculeCrypto
public import PeculeHTTP

/// Logging in by FranceConnect, version 2: an OpenID Connect relying party (authorization code, `client_secret_post`).
///
/// ```swift
/// let (attempt, url) = try await franceConnect.start()           // keep the attempt in the session, redirect to url
/// let login = try await franceConnect.finish(query, of: attempt) // where FranceConnect sends the browser back
/// let url = try await franceConnect.logoutURL(login.idToken, state: state)
/// ```
/// One for the process: it keeps FranceConnect's documents.
public struct FranceConnect: Sendable {
    public let configuration: FranceConnectConfiguration
    private let exchange: ProviderExchange
    private let documents: ProviderDocuments
    private let verifier: TokenVerifier
    private let clock: @Sendable () -> Date
    private let random: @Sendable (Int) -> [UInt8]

    /// - Parameters:
    ///   - limits: what one exchange may cost; the code is worth nothing after 30 seconds.
    ///   - random: gives that many bytes that nobody can guess.
    public init(
        _ configuration: FranceConnectConfiguration, transport: any HTTPTransport,
        limits: HTTPLimits = HTTPLimits(connect: .seconds(3), total: .seconds(8), responseBody: 64 << 10),
        clock: @escaping @Sendable () -> Date, random: @escaping @Sendable (Int) -> [UInt8] = SecureRandom.bytes
    ) {
        self.configuration = configuration
        exchange = ProviderExchange(transport: transport, limits: limits)
        documents = ProviderDocuments(configuration, exchange: exchange, clock: clock)
        verifier = TokenVerifier(configuration: configuration, documents: documents, clock: clock)
        (self.clock, self.random) = (clock, random)
    }

    /// Begins a login: send the browser to the address, in the same tab.
    public func start() async throws(FranceConnectError) -> (attempt: LoginAttempt, url: String) {
        let endpoint = try await documents.endpoints().authorization
        let attempt = LoginAttempt(at: clock(), usesPKCE: configuration.usesPKCE, random: random)
        var form = URLForm([
            ("client_id", configuration.clientID), ("redirect_uri", configuration.redirectURI),
            ("response_type", "code"), ("scope", configuration.scopes.joined(separator: " ")),
            ("state", attempt.state), ("nonce", attempt.nonce), ("acr_values", FranceConnectConfiguration.acr),
        ])
        if let verifier = attempt.verifier {
            form.append(PKCE.challenge(for: verifier), for: "code_challenge")
            form.append("S256", for: "code_challenge_method")
        }
        return (attempt, Self.address(endpoint, form))
    }

    /// Ends a login with the query of the browser's return. Asks FranceConnect at once, for nothing of it lives longer
    /// than a minute.
    public func finish(
        _ query: String, of attempt: LoginAttempt
    ) async throws(FranceConnectError) -> FranceConnectLogin {
        let callback = try LoginCallback(query: query, of: attempt, issuer: configuration.issuer, at: clock())
        let tokens = try await redeem(callback.code, attempt)
        let claims = try await verifier.claims(of: tokens.id)
        let subject = try verifier.subject(of: claims, in: attempt)
        let identity = try await identity(of: subject, bearing: tokens.access)
        return FranceConnectLogin(identity: identity, idToken: IDToken(tokens.id))
    }

    /// Where to send the browser to end its session at FranceConnect, too. End the session here first.
    /// - Parameter state: comes back at `postLogoutRedirectURI`.
    public func logoutURL(_ idToken: IDToken, state: String) async throws(FranceConnectError) -> String {
        let form = URLForm([
            ("id_token_hint", idToken.revealed), ("post_logout_redirect_uri", configuration.postLogoutRedirectURI),
            ("state", state),
        ])
        return Self.address(try await documents.endpoints().endSession, form)
    }

    private static func address(_ endpoint: String, _ form: URLForm) -> String {
        WebAddress(endpoint)?.appending(form) ?? "\(endpoint)?\(form.text)"
    }
}

extension FranceConnect {
    private func redeem(
        _ code: String, _ attempt: LoginAttempt
    ) async throws(FranceConnectError) -> (access: String, id: String) {
        var form = URLForm([
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", configuration.redirectURI),
            ("client_id", configuration.clientID), ("client_secret", configuration.clientSecret.revealed),
        ])
        if let verifier = attempt.verifier { form.append(verifier, for: "code_verifier") }
        let request = HTTPRequest(
            .post, try await documents.endpoints().token,
            fields: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: Array(form.text.utf8))
        let response = try await exchange.send(request)
        let body = try? JSON(parsing: response.body)
        guard response.status == 200 else {
            let error = body?["error"]?.string ?? ""
            if error == "invalid_grant" { throw .outdated }
            throw .misconfigured(LogText.of("token endpoint", "HTTP \(response.status)", error))
        }
        guard let body, let access = body["access_token"]?.string, (1...8192).contains(access.utf8.count),
            access.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let id = body["id_token"]?.string,
            body["token_type"]?.string?.lowercased() == "bearer"
        else { throw .notTrusted(.unreadableToken) }
        return (access, id)
    }

    private func identity(
        of subject: String, bearing token: String
    ) async throws(FranceConnectError) -> FranceConnectIdentity {
        let address = try await documents.endpoints().userinfo
        let response = try await exchange.send(
            HTTPRequest(.get, address, fields: ["Authorization": "Bearer \(token)", "Accept": "application/jwt"]))
        guard response.status != 401 else { throw .outdated }
        guard response.status == 200 else { throw .misconfigured("userinfo endpoint: HTTP \(response.status)") }
        let type = response.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        guard type == "application/jwt", let text = String(validating: response.body, as: UTF8.self) else {
            throw .notTrusted(.unsignedIdentity)
        }
        let claims = try await verifier.claims(of: text)
        guard claims["sub"]?.string == subject else { throw .notTrusted(.wrongSubject) }
        return try FranceConnectIdentity(claims, subject: subject)
    }
}

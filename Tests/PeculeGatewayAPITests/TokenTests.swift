import Foundation
import Pecule
import PeculeCrypto
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Testing

/// `private_key_jwt`: a client asks for a token with an assertion that it has signed.
@Suite("Tokens against a client's own key")
struct TokenTests {
    private static let (elliptic, rsa) = (PrivateKey.make(.ellipticCurve), PrivateKey.make(.rsa))
    private let desk: Desk
    private let client = Sample.make(ClientName("portail"))

    init() async throws { desk = try await Desk() }

    private func register(
        _ key: PrivateKey = elliptic, _ scopes: Set<Scope> = [.pay, .read]
    ) async throws -> ClientKey {
        try await desk.register.add(try #require(PublicKey(pem: key.publicPEM)), of: client, scopes)
    }

    /// A sound assertion but for these claims and header members; null leaves one out.
    private func assertion(
        _ claims: [String: JSON] = [:], header: [String: JSON] = [:], by key: PrivateKey = elliptic,
        _ algorithm: JWSAlgorithm = .es256
    ) -> String {
        let now = Int(desk.clock.now.timeIntervalSince1970)
        let sound: [String: JSON] = [
            "iss": "portail", "sub": "portail", "aud": .string(Desk.audience), "exp": .integer(now + 60),
            "jti": .string("\(UUID())"),
        ]
        func part(_ members: [String: JSON]) -> [UInt8] {
            JSON.object(members.filter { $1 != .null }.map { ($0, $1) }).bytes
        }
        let head = ["alg": .string(algorithm.rawValue)].merging(header) { $1 }
        return CompactJWS(
            header: part(head), payload: part(sound.merging(claims) { $1 }), key: key, algorithm: algorithm
        ).text
    }

    private func ask(_ assertion: String, _ fields: [String: String] = [:]) async -> HTTPResponse {
        let sound = [
            "grant_type": "client_credentials", "client_assertion": assertion,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ]
        let form = URLForm(sound.merging(fields) { $1 }.filter { !$1.isEmpty }.map { ($0, $1) })
        return await desk.send(
            .post, "/v1/token", form.text,
            ["Authorization": "", "Content-Type": "application/x-www-form-urlencoded"])
    }

    private func status(_ token: String) async -> Int {
        await desk.send(.get, "/v1/banks", nil, ["Authorization": "Bearer \(token)"]).status
    }

    @Test("a token opens what its scopes allow, for five minutes", arguments: [
        (elliptic, JWSAlgorithm.es256), (rsa, .rs256), (rsa, .ps256),
    ])
    func token(key: PrivateKey, algorithm: JWSAlgorithm) async throws {
        let kept = try await register(key)
        let answer = await ask(assertion(header: ["kid": .string(kept.id)], by: key, algorithm))
        let token = try #require(answer.json?["access_token"]?.string)
        #expect(answer.status == 200 && answer.json?["token_type"] == "Bearer")
        #expect(answer.json?["expires_in"] == .integer(300) && answer.json?["scope"] == "pay read")
        #expect(answer.fields["Cache-Control"] == "no-store")
        #expect(await status(token) == 200)
        let cases = await desk.send(.get, "/v1/cases", nil, ["Authorization": "Bearer \(token)"])
        #expect(cases.code == "insufficient_scope")
        desk.clock.advance(301)
        #expect(await status(token) == 401)
        for item in desk.store.items("access-token", after: "", limit: 10) {
            #expect(!item.text.contains(try #require(token.split(separator: "_").last)), "only a hash is kept")
        }
    }

    @Test("an assertion that is not as it has to be", arguments: [
        (["iss": "other"], [:]), (["sub": "other"], [:]), (["iss": .null], [:]),
        (["aud": "https://gateway.example"], [:]), (["aud": "https://gateway.example/v1/token/"], [:]),
        (["aud": ["https://gateway.example/v1/token", "https://other.example"]], [:]), (["aud": .null], [:]),
        (["exp": .null], [:]), (["exp": .integer(1_000_000_000)], [:]), (["exp": .integer(4_000_000_000)], [:]),
        (["exp": "soon"], [:]), (["iat": .integer(4_000_000_000)], [:]), (["nbf": .integer(4_000_000_000)], [:]),
        (["jti": .null], [:]), (["jti": ""], [:]),
        ([:], ["alg": "none"]), ([:], ["alg": "HS256"]), ([:], ["alg": "RS256"]), ([:], ["alg": "ES384"]),
        ([:], ["alg": .null]), ([:], ["crit": ["exp"]]), ([:], ["kid": "portail_00000000"]),
    ] as [([String: JSON], [String: JSON])])
    func refused(claims: [String: JSON], header: [String: JSON]) async throws {
        _ = try await register()
        let answer = await ask(assertion(claims, header: header))
        #expect(answer.status == 401 && answer.json?["error"] == "invalid_client")
        #expect(await ask(assertion()).status == 200, "the sound one is taken")
    }

    @Test("one that nobody of the client has signed, or that was changed afterwards")
    func forged() async throws {
        #expect(await ask(assertion()).status == 401, "nothing is registered")
        let kept = try await register()
        #expect(await ask(assertion(by: Self.rsa, .rs256)).status == 401)
        let sound = assertion(["jti": "once"])
        let parts = sound.split(separator: ".").map(String.init)
        for broken in ["\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1])", sound + "=", "x.y.z", "", parts[1]] {
            #expect(await ask(broken).status >= 400)
        }
        let other = assertion(["jti": "twice"]).split(separator: ".")
        #expect(await ask("\(parts[0]).\(other[1]).\(parts[2])").status == 401)
        #expect(await ask(sound).status == 200, "none of these has used it up")
        #expect(try await desk.register.remove(kept.id))
        #expect(await ask(assertion()).status == 401)
    }

    @Test("an assertion is good once, at every gateway of the store, and by many at once")
    func replay() async throws {
        _ = try await register()
        let sound = assertion()
        let answers = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { await ask(sound).status } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter { $0 == 200 }.count == 1 && answers.filter { $0 == 401 }.count == 19)
        let elsewhere = ClientRegister(desk.store, environment: desk.clock.environment)
        var api = GatewayAPI(
            desk.gateway, keys: desk.keys, register: elsewhere, board: ChangeBoard(),
            environment: desk.clock.environment)
        api.addTokens(audience: Desk.audience)
        #expect(desk.store.items("assertion", after: "", limit: 10).count == 1)
        desk.clock.advance(120)
        #expect(await ask(assertion()).status == 200)
        #expect(desk.store.items("assertion", after: "", limit: 10).count == 1, "what has run out is cleared away")
    }

    @Test("a request that is none, in the words of OAuth", arguments: [
        (["grant_type": "password"], "unsupported_grant_type"), (["grant_type": ""], "unsupported_grant_type"),
        (["client_assertion": ""], "invalid_request"), (["client_assertion_type": "jwt"], "invalid_request"),
        (["client_id": "other"], "invalid_client"), (["client_id": "portail"], nil), (["scope": "read"], nil),
        (["scope": "operate"], "invalid_scope"), (["scope": "read write"], "invalid_scope"),
        (["scope": " "], "invalid_scope"),
    ] as [([String: String], String?)])
    func form(fields: [String: String], error: String?) async throws {
        _ = try await register()
        let answer = await ask(assertion(), fields)
        #expect(answer.json?["error"]?.string == error && (answer.status == 200) == (error == nil))
        if fields["scope"] == "read" { #expect(answer.json?["scope"] == "read") }
    }

    /// Whether certificates are registered, what the connection shows, and whether the call is let in.
    @Test("a client with a certificate is let in over a connection that shows it", arguments: [
        ([], nil, true), ([], [1], true), ([[1]], [1], true), ([[1], [2]], [2], true), ([[1]], nil, false),
        ([[1]], [2], false), ([[1]], [], false),
    ] as [([[UInt8]], [UInt8]?, Bool)])
    func certificate(registered: [[UInt8]], shown: [UInt8]?, isLetIn: Bool) async throws {
        let papers = Dictionary(uniqueKeysWithValues: [[], [1], [2]].map { ($0 as [UInt8], Self.certificate()) })
        for name in registered { _ = try await desk.register.add(try #require(papers[name]), of: client) }
        var call = desk.request(.get, "/v1/banks")
        call.clientCertificate = shown.flatMap { papers[$0]?.der }
        let answer = await desk.api.respond(to: call)
        #expect((answer.status == 200) == isLetIn && (answer.code == "certificate_required") == !isLetIn)
        _ = try await register()
        let form = URLForm([
            ("grant_type", "client_credentials"), ("client_assertion", assertion()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ])
        var request = desk.request(
            .post, "/v1/token", form.text, ["Content-Type": "application/x-www-form-urlencoded"])
        request.clientCertificate = call.clientCertificate
        #expect((await desk.api.respond(to: request).status == 200) == isLetIn)
        let stranger = try await desk.keys.add(Sample.make(ClientName("other")), [.read])
        #expect(await status(stranger.revealed) == 200, "another client needs none")
    }

    private static func certificate() -> Certificate {
        CertificateAuthority(.init(commonName: "A", organization: "A"), validity: 0...4_000_000_000).certificate
    }
}

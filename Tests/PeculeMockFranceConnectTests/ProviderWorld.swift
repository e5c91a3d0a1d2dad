import FoundationEssentials
import PeculeCrypto
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Synchronization

/// The simulated provider, and a service written against the published rules alone.
final class ProviderWorld: Sendable {
    let provider: MockFranceConnect
    private let box: Box

    static let origin = "http://127.0.0.1:1001"
    static let issuer = origin + "/franceconnect/api/v2"
    static let back = "http://localhost:9/retour"
    static let nonce = "nonce-de-22-caracteres"

    static let service = MockService.demonstration(return: back, logout: "http://localhost:9/au-revoir")
    static let other = MockService(
        clientID: "autre", secret: "autre-secret", name: "Autre service", redirectURIs: [back + "?de=autre"],
        postLogoutRedirectURIs: ["http://localhost:9/autre"], scopes: ["given_name"], algorithm: .rs256,
        isPublic: false)

    init() {
        let box = Box()
        self.box = box
        provider = MockFranceConnect(
            services: [Self.service, Self.other], clock: { box.now }, random: { box.random($0) })
        provider.move(to: Self.origin)
    }

    /// Time and randomness as the test has them.
    private final class Box: Sendable {
        private let state = Mutex((now: Date(timeIntervalSince1970: 1_770_885_667), drawn: 0))

        var now: Date { state.withLock(\.now) }
        func advance(_ seconds: TimeInterval) { state.withLock { $0.now += seconds } }
        func random(_ count: Int) -> [UInt8] {
            let number = state.withLock { state in
                state.drawn += 1
                return state.drawn
            }
            return Array(SHA256.digest("\(number)".utf8).prefix(count))
        }
    }

    func advance(_ seconds: TimeInterval) { box.advance(seconds) }

    var network: HandOver { HandOver([Self.origin: provider]) }
    var browser: PageBrowser { PageBrowser(Self.origin, over: network) }

    /// A complete request, as changed.
    static func request(_ changes: [String: String?] = [:], of service: MockService = service) -> [URLForm.Pair] {
        var pairs: [URLForm.Pair] = [
            ("client_id", service.clientID), ("redirect_uri", service.redirectURIs.first ?? ""),
            ("response_type", "code"), ("scope", "openid given_name email"), ("state", "etat"), ("nonce", nonce),
            ("acr_values", "eidas1"),
        ]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            pairs.removeAll { $0.name == name }
            if let value { pairs.append((name, value)) }
        }
        return pairs
    }

    func authorize(_ browser: inout PageBrowser, _ pairs: [URLForm.Pair] = request()) async throws {
        try await browser.open("\(Self.issuer)/authorize?\(URLForm(pairs).text)")
    }

    /// From the request to the code.
    func code(
        _ login: String = "camille", _ pairs: [URLForm.Pair] = request(), in browser: inout PageBrowser
    ) async throws -> String {
        try await authorize(&browser, pairs)
        try await browser.submit("provider", [("provider", "fournisseur-alpha")])
        try await browser.submit("identity", [("identity", login)])
        try await browser.submit("continue", [("consent", "on")])
        return browser.answer("code") ?? ""
    }

    static func tokenRequest(
        _ code: String, _ changes: [String: String?] = [:], of service: MockService = service
    ) -> [URLForm.Pair] {
        let pairs: [URLForm.Pair] = [
            ("grant_type", "authorization_code"), ("code", code),
            ("redirect_uri", service.redirectURIs.first ?? ""), ("client_id", service.clientID),
            ("client_secret", service.secret),
        ]
        return pairs.filter { changes[$0.name] == nil }
            + changes.compactMap { name, value in value.map { (name, $0) } }
    }

    func post(_ path: String, _ pairs: [URLForm.Pair], fields: HTTPFields = [:]) async throws -> HTTPResponse {
        var request = HTTPRequest(.post, Self.issuer + path, fields: fields, body: Array(URLForm(pairs).text.utf8))
        request.fields.set("application/x-www-form-urlencoded", for: "Content-Type")
        return try await network.send(request, within: HTTPLimits())
    }

    func get(_ path: String, token: String? = nil) async throws -> HTTPResponse {
        var request = HTTPRequest(.get, Self.issuer + path)
        if let token { request.fields.set("Bearer \(token)", for: "Authorization") }
        return try await network.send(request, within: HTTPLimits())
    }

    func tokens(
        _ login: String = "camille", _ pairs: [URLForm.Pair] = request(), of service: MockService = service
    ) async throws -> JSON {
        var browser = browser
        let code = try await code(login, pairs, in: &browser)
        return try await post("/token", Self.tokenRequest(code, of: service)).json
    }
}

extension HTTPResponse {
    var json: JSON { (try? JSON(parsing: body)) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension JSON {
    /// What a signed text says, believed or not.
    static func claims(_ token: String) -> JSON {
        CompactJWS(token).flatMap { try? JSON(parsing: $0.payload) } ?? .null
    }
}

import FoundationEssentials
import PeculeCrypto
import PeculeCurl
import PeculeFranceConnect
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeServer
import PeculeTestNetwork
import Synchronization

/// Where a login is played. The same relying party, provider and browser stand in both.
enum WorldKind: String, CaseIterable, Sendable {
    /// One process, no socket.
    case handedOver
    /// The epoll server and the libcurl client.
    case sockets
}

/// The simulated provider and a service that people log in to, with a clock that stands still.
final class LoginWorld: Sendable {
    let provider: MockFranceConnect
    let network: AlteringTransport
    let origin: String
    private let clock = TestClock()
    private let server: HTTPServer?

    static let service = MockService.demonstration(
        return: "http://127.0.0.1:9/retour", logout: "http://127.0.0.1:9/au-revoir")

    init(_ kind: WorldKind = .handedOver, _ service: MockService = LoginWorld.service) throws {
        provider = MockFranceConnect(services: [service], clock: { [clock] in clock.now })
        switch kind {
        case .handedOver:
            (server, origin) = (nil, "http://127.0.0.1:1001")
            network = AlteringTransport(HandOver([origin: provider]))
        case .sockets:
            let running = try HTTPServer.start(handler: provider)
            (server, origin) = (running, "http://127.0.0.1:\(running.port)")
            network = AlteringTransport(CurlTransport())
        }
        provider.move(to: origin)
    }

    func stop() async { await server?.stop(within: .seconds(1)) }

    func advance(_ seconds: TimeInterval) { clock.advance(seconds) }

    func relyingParty(
        secret: String = service.secret, scopes: [String] = FranceConnectConfiguration.leastScopes,
        algorithm: JWSAlgorithm = .es256, usesPKCE: Bool = false, redirectURI: String = "http://127.0.0.1:9/retour"
    ) throws -> FranceConnect {
        let configuration = try FranceConnectConfiguration(
            issuer: provider.issuer, clientID: Self.service.clientID, clientSecret: ClientSecret(secret),
            redirectURI: redirectURI, postLogoutRedirectURI: "http://127.0.0.1:9/au-revoir", scopes: scopes,
            algorithm: algorithm, usesPKCE: usesPKCE)
        return FranceConnect(configuration, transport: network, clock: { [clock] in clock.now })
    }

    var browser: PageBrowser { PageBrowser(origin, over: network) }

    /// What the browser brings back from FranceConnect after a login with that identity.
    func callback(_ url: String, as login: String, in browser: inout PageBrowser) async throws -> String {
        try await browser.open(url)
        try await browser.submit("provider", [("provider", "fournisseur-alpha")])
        try await browser.submit("identity", [("identity", login)])
        try await browser.submit("continue")
        guard let left = browser.left else { throw Stuck(html: browser.html) }
        return String(left.drop { $0 != "?" }.dropFirst())
    }

    /// The whole way.
    func logIn(_ login: String, at party: FranceConnect) async throws -> FranceConnectLogin {
        var browser = browser
        let (attempt, url) = try await party.start()
        return try await party.finish(try await callback(url, as: login, in: &browser), of: attempt)
    }

    /// The browser came to a page that leads nowhere.
    struct Stuck: Error { let html: String }
}

final class TestClock: Sendable {
    /// 2026-02-12T08:41:07Z
    private let moment = Mutex(Date(timeIntervalSince1970: 1_770_885_667))

    var now: Date { moment.withLock { $0 } }
    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

/// Changes answers on their way, and counts requests.
final class AlteringTransport: HTTPTransport {
    typealias Alteration = @Sendable (inout HTTPResponse) -> Void

    private let inner: any HTTPTransport
    private let state = Mutex<(alterations: [String: Alteration], counts: [String: Int])>(([:], [:]))

    init(_ inner: any HTTPTransport) { self.inner = inner }

    /// Changes every answer from a path that ends so.
    func alter(_ suffix: String, _ change: @escaping Alteration) { state.withLock { $0.alterations[suffix] = change } }

    /// How many requests went to paths that end so.
    func count(_ suffix: String) -> Int {
        state.withLock { $0.counts.filter { $0.key.hasSuffix(suffix) }.values.reduce(0, +) }
    }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let path = String(request.path)
        state.withLock { $0.counts[path, default: 0] += 1 }
        var response = try await inner.send(request, within: limits)
        let change = state.withLock { state in state.alterations.first { path.hasSuffix($0.key) }?.value }
        change?(&response)
        return response
    }
}

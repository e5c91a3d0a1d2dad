public import FoundationEssentials
public import PeculeCrypto
public import PeculeHTTP
import Synchronization

/// A small identity provider with the rules of FranceConnect, version 2: its parameters, lifetimes, signatures and
/// pages, for invented persons. Everything is in memory, and every page says that it is a simulation.
public final class MockFranceConnect: HTTPHandler, Sendable {
    private let desk: ProviderDesk
    private let router: HTTPRouter

    /// First segment of every path.
    public static let folder = "franceconnect"

    /// - Parameters:
    ///   - baseURL: where the server is reached, without a slash at the end. The issuer is below it.
    ///   - random: gives that many unpredictable bytes.
    public init(
        baseURL: String = "http://127.0.0.1:8080", services: [MockService] = [],
        clock: @escaping @Sendable () -> Date,
        random: @escaping @Sendable (Int) -> [UInt8] = { SecureRandom.bytes($0) }
    ) {
        let desk = ProviderDesk(baseURL: baseURL, services: services, clock: clock, random: random)
        var router = HTTPRouter()
        DiscoveryFace(desk: desk).install(in: &router)
        AuthorizeFace(desk: desk).install(in: &router)
        InteractionFace(desk: desk).install(in: &router)
        TokenFace(desk: desk).install(in: &router)
        UserinfoFace(desk: desk).install(in: &router)
        LogoutFace(desk: desk).install(in: &router)
        ControlFace(desk: desk).install(in: &router)
        (self.desk, self.router) = (desk, router)
    }

    /// Every route served, as `openapi.yaml` lists them.
    public var routes: [HTTPRoute] { router.routes }

    /// What a relying party is configured with.
    public var issuer: String { desk.issuer }

    /// Tells where the server is reached, once its port is known and before anyone speaks to it.
    public func move(to baseURL: String) { desk.change { state, _ in state.baseURL = baseURL } }

    /// Makes a service known, in place of one with the same client id.
    public func register(_ service: MockService) {
        desk.change { state, _ in state.services[service.clientID] = service }
    }

    public func respond(to request: HTTPRequest) async -> HTTPResponse { await deliver(request).response }
    public func deliver(_ request: HTTPRequest) async -> HTTPDelivery { await router.deliver(request) }
}

import Foundation
import Pecule
import PeculeCrypto
import PeculeCurl
import PeculeGatewayAPI
import PeculeHTTP
import PeculeServer
import PeculeStoreSamples
import Synchronization
import Testing

/// Deliveries over real sockets.
@Suite("Webhooks on the wire")
struct WireTests {
    /// A server that notes what it is asked and answers as told.
    private final class Place: HTTPHandler {
        private let seen = Mutex<[HTTPRequest]>([])
        private let answer: @Sendable (HTTPRequest) -> HTTPDelivery

        init(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPDelivery) { self.answer = answer }

        var requests: [HTTPRequest] { seen.withLock { $0 } }

        func respond(to request: HTTPRequest) async -> HTTPResponse { await deliver(request).response }

        func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
            seen.withLock { $0.append(request) }
            return answer(request)
        }
    }

    private static func with(
        _ place: Place, loopback: Bool = true, timeout: Duration = .seconds(20),
        _ body: (WebhookWorld, WebhookCourier, WebhookDesk, String) async throws -> Void
    ) async throws {
        let server = try HTTPServer.start(handler: place)
        let world = WebhookWorld()
        // The name meant an address outside when it was subscribed to.
        let reach = WebhookReach(admitting: loopback ? IPNetwork.loopback : []) { _ in
            loopback ? [Self.loopback] : [WebhookWorld.outside]
        }
        let courier = WebhookCourier(
            store: world.store, transport: CurlTransport(.init { reach.admits($0) }), reach: reach, timeout: timeout,
            environment: world.clock.environment)
        let desk = WebhookDesk(store: world.store, reach: reach, environment: world.clock.environment)
        do {
            try await body(world, courier, desk, "//localhost:\(server.port)/hooks")
        } catch {
            await server.stop(within: .zero)
            throw error
        }
        await server.stop(within: .zero)
    }

    private static let loopback = Sample.make(IPAddress([127, 0, 0, 1]))

    @Test("a message arrives as it was signed")
    func arrives() async throws {
        let place = Place { _ in HTTPDelivery(HTTPResponse(status: 204)) }
        try await Self.with(place) { world, courier, desk, place2 in
            let (hook, secret) = try await desk.create("http:" + place2, for: "portal")
            try await world.begin("T-1")
            try await courier.turn()
            let request = try #require(place.requests.first)
            let now = Int(world.clock.now.timeIntervalSince1970)
            let id = try WebhookVerifier([secret]).verify(request.body, at: now) { request.fields[$0] }
            #expect(id == "msg_T-1_2" && request.target == "/hooks" && place.requests.count == 1)
            #expect(try await desk.attempts(hook.id, of: "portal").attempts.map(\.status) == [204])
        }
    }

    @Test("a redirect is not followed, a hanging receiver is left, a huge answer is not read", arguments: [
        ("redirect", 307, nil), ("hang", nil, "timeout"), ("huge", nil, "tooLarge"), ("reset", nil, "reset"),
    ] as [(String, Int?, String?)])
    func trouble(kind: String, status: Int?, fault: String?) async throws {
        let place = Place { request in
            switch kind {
            case "redirect": HTTPDelivery(HTTPResponse(status: 307, fields: ["Location": "/inside"]))
            case "hang": HTTPDelivery(HTTPResponse(status: 200), damage: .silence)
            case "huge": HTTPDelivery(HTTPResponse(status: 200, body: [UInt8](repeating: 0x61, count: 1 << 20)))
            default: HTTPDelivery(HTTPResponse(status: 200), damage: .reset)
            }
        }
        let timeout = Duration.seconds(kind == "hang" ? 2 : 20)
        try await Self.with(place, timeout: timeout) { world, courier, desk, address in
            let (hook, _) = try await desk.create("http:" + address, for: "portal")
            try await world.begin("T-1")
            try await courier.turn()
            let log = try await desk.attempts(hook.id, of: "portal").attempts
            #expect(log.map(\.status) == [status] && log.map(\.fault) == [fault])
            #expect(log.map(\.outcome) == [.failed] && Set(place.requests.map(\.target)) == ["/hooks"])
        }
    }

    @Test("a name that leads inside when the message goes is not followed there")
    func rebinding() async throws {
        let place = Place { _ in HTTPDelivery(HTTPResponse(status: 204)) }
        try await Self.with(place, loopback: false) { world, courier, desk, address in
            let (hook, _) = try await desk.create("https:" + address, for: "portal")
            try await world.begin("T-1")
            try await courier.turn()
            #expect(try await desk.attempts(hook.id, of: "portal").attempts.map(\.fault) == ["forbidden"])
            #expect(place.requests.isEmpty)
        }
    }
}

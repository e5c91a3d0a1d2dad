import PeculeHTTP
import Synchronization

/// Holds the port of the return page while the gateway, which has to know that port, is being made.
final class PortalRelay: HTTPHandler, Sendable {
    private let portal = Mutex<DemoPortal?>(nil)

    func open(_ portal: DemoPortal) { self.portal.withLock { $0 = portal } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let portal = portal.withLock({ $0 }) else {
            return .problem(503, code: "not_ready", title: "The portal is starting")
        }
        return await portal.respond(to: request)
    }
}

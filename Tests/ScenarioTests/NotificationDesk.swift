import Pecule
import PeculeBanks
import PeculeHTTP
import Synchronization

/// The gateway's address for notifications, as a service in front of it has one: always 204, and a reason to ask.
final class NotificationDesk: HTTPHandler {
    private let gateway = Mutex<PeculeGateway?>(nil)

    static let path = "/v1/bank-notifications"

    func open(_ gateway: PeculeGateway) { self.gateway.withLock { $0 = gateway } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        if let id = NotificationAddress.transfer(notifiedBy: request) { await gateway.withLock { $0 }?.notified(id) }
        return HTTPResponse(status: 204)
    }
}

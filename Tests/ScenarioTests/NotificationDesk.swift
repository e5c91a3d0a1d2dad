import Pecule
import PeculeBanks
import PeculeHTTP
import Synchronization

/// The gateway's address for notifications, as a service in front of it has one: always 204, and a reason to ask.
final class NotificationDesk: HTTPHandler {
    private let gateway = Mutex<(gateway: PeculeGateway, payer: AccountID)?>(nil)
    private let seen = Mutex<[TransferID]>([])

    static let path = "/v1/bank-notifications"

    /// Whose transfers they are: a service knows it from its store.
    func open(_ gateway: PeculeGateway, for payer: AccountID) { self.gateway.withLock { $0 = (gateway, payer) } }

    /// The transfers about which something arrived, in that order.
    var arrivals: [TransferID] { seen.withLock { $0 } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        if let id = NotificationAddress.transfer(notifiedBy: request), let open = gateway.withLock({ $0 }) {
            seen.withLock { $0.append(id) }
            _ = try? await open.gateway.refresh(id, by: open.payer)
        }
        return HTTPResponse(status: 204)
    }
}

public import Pecule
public import PeculeHTTP

/// Where banks tell the gateway that a payment has changed: an address of the gateway, and the transfer's id behind it.
///
/// A notification is a reason to ask the bank, and nothing more. Anybody can send one, so that neither its body nor its
/// signature is looked at: what the bank answers when it is asked decides.
public struct NotificationAddress: Sendable, Hashable, CustomStringConvertible {
    private let base: String

    /// - Parameter base: https (http on this machine), without a query and a final slash; nil for anything else. Banks
    ///   may want it in the domain of the client certificate (Berlin Group 1.3.12, `TPP-Notification-URI`).
    public init?(_ base: String) {
        guard let address = BankAddress(base), address.query == nil, base.last != "/" else { return nil }
        self.base = base
    }

    public var description: String { base }

    /// What a bank is told for one transfer.
    func address(of transfer: TransferID) -> String { "\(base)/\(transfer)" }

    /// The transfer about which a message is a reason to ask, whoever sent it and whatever it says; nil for a request
    /// that is no notification.
    public static func transfer(notifiedBy request: HTTPRequest) -> TransferID? {
        guard request.method == .post, let name = request.path.split(separator: "/").last else { return nil }
        return TransferID(String(name))
    }
}

import PeculeHTTP

/// What an initiator wants to be told of a payment, and where, as its opening said it (Berlin Group 1.3.12,
/// `TPP-Notification-URI` and `TPP-Notification-Content-Preferred`). The banks of STET that do it borrow both fields.
struct NotificationWish: Sendable, Equatable {
    /// The only address to which anything of this payment is sent.
    let address: String
    /// Whether only the last status is told, instead of each.
    let isOnlyLast: Bool

    static let field = "TPP-Notification-URI"

    /// Nil where the bank tells nothing, where nobody asks for it, and for an address to which nothing is sent.
    init?(_ request: HTTPRequest, at profile: MockBankProfile) {
        guard profile.variants.notifies, let text = request.fields[Self.field],
            let address = WebAddress(text), address.isSafeReturn
        else { return nil }
        let preferred = request.fields["TPP-Notification-Content-Preferred"] ?? ""
        let contents = preferred.trimmingPrefix("status=").split(separator: ",").map { $0.filter { $0 != " " } }
        self.address = address.text
        isOnlyLast = contents.contains("LAST") && !contents.contains("PROCESS")
    }

    /// What the bank will tell.
    var content: String { isOnlyLast ? "status=LAST" : "status=PROCESS,LAST" }
}

extension HTTPResponse {
    /// Tells whoever asked for notifications whether the bank sends any of this payment.
    mutating func promiseNotifications(
        _ wish: NotificationWish?, to request: HTTPRequest, at profile: MockBankProfile
    ) {
        guard profile.variants.notifies, request.fields.contains(NotificationWish.field) else { return }
        fields.set(wish == nil ? "false" : "true", for: "ASPSP-Notification-Support")
        fields.set(wish?.content, for: "ASPSP-Notification-Content")
    }
}

import PeculeHTTP

/// A kind of request, whatever the dialect.
enum Endpoint: String, Sendable, CaseIterable {
    /// A token is asked for.
    case token
    /// A payment request is posted.
    case open
    /// A payment is read.
    case status
    /// A payment is confirmed, or its authorisation is worked on.
    case confirm
    /// A payment is cancelled.
    case cancel
    /// A page of the bank, or a form of one.
    case page
    /// All of them, where a scenario names a place.
    case any

    /// - Parameter place: which segment of the path names a payment, if one does.
    init?(_ request: HTTPRequest, segments: [Substring], payment place: Int?) {
        guard segments.count >= 2, segments[0] != "mock", segments[1] != ".well-known" else { return nil }
        if ["approval", "consent", "phone", "style.css"].contains(segments[1]) || segments.last == "authorize" {
            self = .page
        } else if segments.last == "token" {
            self = .token
        } else if let place {
            self = Self.ofPayment(request.method, isWhole: place == segments.count - 1)
        } else if request.method == .post {
            self = .open
        } else {
            self = .status
        }
    }

    private static func ofPayment(_ method: HTTPMethod, isWhole: Bool) -> Endpoint {
        switch method {
        case .get: .status
        case .delete: .cancel
        case .put where isWhole: .cancel
        default: .confirm
        }
    }

    func includes(_ other: Endpoint) -> Bool { self == .any || self == other }
}

import Pecule
import PeculeHTTP

/// One request of the gateway on its way, and what it is about.
struct Exchange {
    /// As a server receives it.
    let request: HTTPRequest
    /// The first segment of the path.
    let bank: String
    /// Nil for a token, for what a bank publishes, and for a payment that nobody has opened.
    let transfer: TransferID?
    /// `open`, `start`, `ask`, `confirm`, `cancel`, `agree`, `look` or `token`.
    let step: String

    /// - Parameter payments: the transfers of payments that were opened, by the bank's id.
    init(_ sent: HTTPRequest, _ payments: [String: TransferID]) {
        request = World.received(sent)
        let path = request.path.parts(at: UInt8(ascii: "/")).dropFirst()
        bank = path.first.map { String($0) } ?? ""
        (transfer, step) =
            path.dropFirst().first == "berlin-group"
            ? Self.berlinGroup(request, path.dropFirst(4), payments) : Self.stet(request, path)
    }

    /// The gateway's request ids there are the transfer's id and the step.
    private static func stet(_ request: HTTPRequest, _ path: ArraySlice<Substring>) -> (TransferID?, String) {
        let trace = request.fields["X-Request-ID"] ?? ""
        guard let end = trace.utf8.lastIndex(of: UInt8(ascii: "-")) else {
            return (nil, path.contains(".well-known") ? "look" : "token")
        }
        return (TransferID(String(trace[..<end])), String(trace[end...].dropFirst()))
    }

    /// The request ids there are UUIDs: the order names the transfer, and then the payment's id does.
    private static func berlinGroup(
        _ request: HTTPRequest, _ place: ArraySlice<Substring>, _ payments: [String: TransferID]
    ) -> (TransferID?, String) {
        guard let id = place.dropFirst().first else {
            let order = (try? JSON(parsing: request.body))?["endToEndIdentification"]?.string
            return (order.flatMap { TransferID($0) }, "open")
        }
        let step =
            switch (request.method, place.dropFirst(2).first) {
            case (.post, "authorisations"): "start"
            case (.post, _): "agree"
            case (.put, _): "confirm"
            case (.delete, _): "cancel"
            default: "ask"
            }
        return (payments[String(id)], step)
    }

    /// The same for the same question about the same payment; nil for what no cache would keep.
    var key: String? { transfer.map { "\(request.method.rawValue) \(request.target) \($0.text) \(step)" } }
}

import Pecule
import PeculeHTTP

/// One request of the gateway on its way, and what it is about.
struct Exchange {
    /// As a server receives it.
    let request: HTTPRequest
    /// The first segment of the path.
    let bank: String
    /// Nil for a token.
    let transfer: TransferID?
    /// `open`, `ask`, `confirm`, `cancel` or `token`.
    let step: Substring

    init(_ sent: HTTPRequest) {
        var request = sent
        request.target = String(request.target.dropFirst(World.bankOrigin.count))
        self.request = request
        bank = String(request.path.dropFirst().prefix { $0 != "/" })
        let trace = request.fields["X-Request-ID"] ?? ""
        let end = trace.lastIndex(of: "-")
        transfer = end.flatMap { TransferID(String(trace[..<$0])) }
        step = end.map { trace[$0...].dropFirst() } ?? "token"
    }

    /// The same for the same question about the same payment; nil for what no cache would keep.
    var key: String? { transfer.map { "\(request.method.rawValue) \(request.target) \($0.text) \(step)" } }
}

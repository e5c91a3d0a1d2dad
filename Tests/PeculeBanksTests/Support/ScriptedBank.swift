import Foundation
import PeculeHTTP
import Synchronization
import Testing

/// A bank without sockets: answers what the script says, and remembers every request that left.
///
/// The script names a request by method and what follows the profile's `api`; the token endpoint is `POST token`.
/// Several answers to one name are given in turn, the last one again and again. A request that the script does not
/// know, on whatever host, fails the test.
final class ScriptedBank: HTTPTransport {
    enum Reply: Sendable {
        case answer(HTTPResponse)
        case failure(HTTPTransportError)
        /// Computed from the request.
        case when(@Sendable (HTTPRequest) -> HTTPResponse)
        /// Comes when the test opens the gate.
        indirect case after(Gate, Reply)
    }

    private struct State {
        var script: [String: [Reply]]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ script: [String: [Reply]] = [:]) {
        state = Mutex(State(script: script.merging([Self.token: [.answer(Answer.token())]]) { given, _ in given }))
    }

    static let token = "POST token"
    static let open = "POST /payment-requests"
    static let ask = "GET /payment-requests/8c41"
    static let confirm = "POST /payment-requests/8c41/confirmation"
    static let confirmByToken = "POST /payment-requests/8c41/o-confirmation"
    static let cancel = "PUT /payment-requests/8c41"

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var lines: [String] { requests.map(Self.line) }

    func requests(_ line: String) -> [HTTPRequest] { requests.filter { Self.line($0) == line } }

    func rewrite(_ line: String, _ replies: Reply...) { state.withLock { $0.script[line] = replies } }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let line = Self.line(request)
        let reply = state.withLock { state in
            state.requests.append(request)
            guard let replies = state.script[line], let first = replies.first else { return Reply?.none }
            if replies.count > 1 { state.script[line]?.removeFirst() }
            return first
        }
        guard let reply else {
            Issue.record("a request that nobody expected: \(line)")
            throw HTTPTransportError(.connect, mayHaveBeenReceived: false)
        }
        return try await Self.give(reply, to: request)
    }

    private static func give(_ reply: Reply, to request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        switch reply {
        case .answer(let response): return response
        case .failure(let error): throw error
        case .when(let answer): return answer(request)
        case .after(let gate, let reply):
            await gate.pass()
            return try await give(reply, to: request)
        }
    }

    private static func line(_ request: HTTPRequest) -> String {
        let target = request.target == Sample.tokenURL ? "token"
            : request.target.hasPrefix(Sample.api + "/") ? String(request.target.dropFirst(Sample.api.count))
            : request.target
        return "\(request.method) \(target)"
    }
}

extension ScriptedBank: CustomReflectable {
    /// What a bank under test shows of itself must not come from here.
    var customMirror: Mirror { Mirror(self, children: []) }
}

import PeculeHTTP
import Synchronization

/// Holds a port while the handler, which has to know that port, is being made.
final class HandlerRelay: HTTPHandler, Sendable {
    private let handler = Mutex<(any HTTPHandler)?>(nil)

    func open(_ handler: any HTTPHandler) { self.handler.withLock { $0 = handler } }

    func refusal(of error: HTTPParseError) -> HTTPResponse {
        handler.withLock { $0 }?.refusal(of: error) ?? error.response
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let handler = handler.withLock({ $0 }) else {
            return .problem(503, code: "not_ready", title: "The server is starting")
        }
        return await handler.respond(to: request)
    }
}

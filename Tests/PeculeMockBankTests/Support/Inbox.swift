import PeculeHTTP
import Synchronization

/// The initiator's end of notifications: keeps what arrives, and answers as it is told.
final class Inbox: HTTPTransport {
    private struct State {
        var received: [HTTPRequest] = []
        var answers: [HTTPResponse?] = []
    }

    private let state = Mutex(State())
    private let arrivals = AsyncStream.makeStream(of: Void.self)

    static let address = "http://127.0.0.1:9/v1/bank-notifications/T1"

    /// - Parameter answers: one after the other, nil for a connection that is refused; 204 to all that follow.
    init(_ answers: [HTTPResponse?] = []) { state.withLock { $0.answers = answers } }

    var received: [HTTPRequest] { state.withLock { $0.received } }

    /// The statuses that were told, in the order of their arrival.
    var statuses: [String] {
        received.compactMap { request in
            let body = try? JSON(parsing: request.body)
            return (body?["transactionStatus"] ?? body?["paymentInformationStatus"])?.string
        }
    }

    /// Suspends until the next one arrives that nobody waited for yet.
    func arrival() async { for await _ in arrivals.stream { return } }

    func send(_ request: HTTPRequest, within _: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let answer: HTTPResponse? = state.withLock { state in
            state.received.append(request)
            return state.answers.isEmpty ? HTTPResponse(status: 204) : state.answers.removeFirst()
        }
        arrivals.continuation.yield()
        guard let answer else { throw HTTPTransportError(.connect, mayHaveBeenReceived: false) }
        return answer
    }
}

import Foundation
import Pecule
import PeculeCrypto
public import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Synchronization

/// A courier on virtual time, a receiver that answers as it is told, and a store.
final class WebhookWorld: Sendable {
    let store: any TransferStore & ItemStore
    let receiver = Receiver()
    let clock = VirtualClock()
    let attempts = Noted<WebhookAttempt>()
    let stops = Noted<Webhook>()
    let desk: WebhookDesk
    let courier: WebhookCourier
    static let url = "https://portail.example/hooks"

    init(store: any TransferStore & ItemStore = InMemoryStore()) {
        self.store = store
        let reach = WebhookReach { $0 == "inside.example" ? [Self.inside] : [Self.outside] }
        desk = WebhookDesk(store: store, reach: reach, environment: clock.environment)
        courier = WebhookCourier(
            store: store, transport: receiver, reach: reach, environment: clock.environment, onAttempt: attempts.note,
            onStop: stops.note)
    }

    static let inside = Sample.make(IPAddress([10, 0, 0, 1]))
    static let outside = Sample.make(IPAddress([93, 184, 216, 34]))

    /// A process with nothing in its memory, on the same store, receiver and time.
    func restarted() -> WebhookCourier {
        WebhookCourier(
            store: store, transport: receiver, reach: WebhookReach { _ in [] }, environment: clock.environment)
    }

    func subscribe(
        _ client: ClientName = "portal", url: String = url
    ) async throws -> (id: String, secret: WebhookSecret) {
        let (webhook, secret) = try await desk.create(url, for: client)
        return (webhook.id, secret)
    }

    /// A transfer of that client, in version 2: one notice.
    @discardableResult
    func begin(_ id: String, of client: String = "portal") async throws -> Transfer {
        try await store.begin(Sample.draft(id, by: "\(client):jeanne"))
    }

    /// Versions 3 and 4 of a transfer that has begun.
    func finish(_ transfer: Transfer) async throws {
        let opened = try await store.change(transfer, .initiated(Sample.payment("P-" + transfer.id.text))).transfer
        try await store.change(opened, .reported(BankReport(.settled, echo: opened.echo)))
    }

    /// Turns while time goes by in steps, as often as given.
    func pass(_ seconds: Int, step: Int = 1) async throws {
        for _ in 0..<(seconds / step) {
            clock.advance(step)
            try await courier.turn()
        }
    }

    func log(_ id: String, of client: ClientName = "portal") async throws -> [WebhookAttempt] {
        try await desk.attempts(id, of: client).attempts
    }
}

/// Time that goes by only when a test says so; randomness that never repeats and never lengthens a pause.
final class VirtualClock: Sendable {
    private let state = Mutex((now: Sample.morning, draws: 0))

    var now: Date { state.withLock { $0.now } }

    func advance(_ seconds: Int) { state.withLock { $0.now += TimeInterval(seconds) } }

    var environment: Environment {
        Environment(
            now: { self.now },
            sleep: { _ in
                try Task.checkCancellation()
                await Task.yield()
            },
            randomBytes: { count in
                let draw = self.state.withLock { state in
                    state.draws += 1
                    return state.draws
                }
                return (0..<count).map { $0 < 2 ? 0 : UInt8(truncatingIfNeeded: draw >> (8 * ($0 % 3))) }
            })
    }
}

/// What a courier tells of.
final class Noted<Value: Sendable>: Sendable {
    private let noted = Mutex<[Value]>([])

    func note(_ value: Value) { noted.withLock { $0.append(value) } }

    /// Those since the last time.
    func taken() -> [Value] {
        noted.withLock { noted in
            defer { noted = [] }
            return noted
        }
    }
}

/// The other end: notes what comes, answers by script.
final class Receiver: HTTPTransport {
    struct Message: Sendable, Equatable {
        let url: String
        let request: HTTPRequest
        let answered: Bool

        var id: String { request.fields["webhook-id"] ?? "" }
        var body: JSON? { try? JSON(parsing: request.body) }
        var version: Int { body?["data"]?["version"]?.integer ?? 0 }
        var transfer: String { body?["data"]?["id"]?.string ?? "" }
        var timestamp: Int { request.fields["webhook-timestamp"].flatMap { Int($0) } ?? 0 }
    }

    typealias Answer = @Sendable (HTTPRequest) async -> Result<HTTPResponse, HTTPTransportError>

    private let state = Mutex((messages: [Message](), answer: Receiver.status(204)))

    static func status(_ status: Int, fields: HTTPFields = [:]) -> Answer {
        { _ in .success(HTTPResponse(status: status, fields: fields)) }
    }

    static func fault(_ reason: HTTPTransportError.Reason) -> Answer {
        { _ in .failure(HTTPTransportError(reason, mayHaveBeenReceived: true)) }
    }

    func answers(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }

    var messages: [Message] { state.withLock { $0.messages } }

    /// What came, as `T-1 v2`.
    var names: [String] { messages.map { "\($0.transfer) v\($0.version)" } }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let answer = state.withLock { $0.answer }
        let result = await answer(request)
        let message = Message(url: request.target, request: request, answered: (try? result.get()) != nil)
        state.withLock { $0.messages.append(message) }
        return try result.get()
    }
}

extension ClientName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = Sample.make(ClientName(value)) }
}

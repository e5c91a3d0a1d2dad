import FoundationEssentials
import PeculeCrypto
import PeculeHTTP
import Synchronization

/// A session from a seed: every request with its time and its answer, byte for byte.
final class Recorder: Sendable {
    struct Exchange: Sendable {
        let at: Date
        let request: HTTPRequest
        let response: HTTPResponse
    }

    private struct Session {
        let seed: String
        let baseURL: String
        let openedAt: Date
        var exchanges: [Exchange] = []
    }

    /// A session is a test's, not a day's.
    static let capacity = 5_000
    private let session = Mutex<Session?>(nil)
    /// While a session is recorded, requests that come together are answered one by one: the order that is written down
    /// is the order in which the banks decided.
    let turns = Turns()

    var isOn: Bool { session.withLock { $0.map { $0.exchanges.count < Self.capacity } ?? false } }

    /// - Parameter openedAt: when the banks were made.
    func start(seed: String, baseURL: String, openedAt: Date) {
        session.withLock { $0 = Session(seed: seed, baseURL: baseURL, openedAt: openedAt) }
    }

    func add(_ exchange: Exchange) { session.withLock { $0?.exchanges.append(exchange) } }

    /// Ends the session and gives it; nil when none was begun.
    func stop() -> JSON? {
        session.withLock { session in
            defer { session = nil }
            return session.map { session in
                [
                    "seed": .string(session.seed), "baseURL": .string(session.baseURL),
                    "openedAt": .integer(session.openedAt.milliseconds),
                    "exchanges": .array(session.exchanges.map(\.json)),
                ]
            }
        }
    }
}

extension Recorder.Exchange {
    fileprivate var json: JSON {
        [
            "at": .integer(at.milliseconds),
            "request": [
                "method": .string(request.method.rawValue), "target": .string(request.target),
                "fields": Self.fields(request.fields), "body": .string(Base64.encode(request.body)),
            ],
            "response": Self.json(response),
        ]
    }

    static func json(_ response: HTTPResponse) -> JSON {
        [
            "status": .integer(response.status), "fields": fields(response.fields),
            "body": .string(Base64.encode(response.body)),
        ]
    }

    private static func fields(_ fields: HTTPFields) -> JSON {
        .array(fields.all.map { .array([.string($0.name), .string($0.value)]) })
    }

    /// - Parameter place: where it stands in the document, for the error.
    init(_ value: JSON, _ place: String) throws(ControlFault) {
        guard let at = value["at"]?.integer, let request = value["request"], let response = value["response"],
            let method = request["method"]?.string.flatMap(HTTPMethod.init), let target = request["target"]?.string,
            let sent = request["body"]?.string.flatMap({ Base64.decode($0) }), let status = response["status"]?.integer,
            let received = response["body"]?.string.flatMap({ Base64.decode($0) })
        else { throw ControlFault("\(place) is not an exchange as a recording writes it") }
        self.at = Date(milliseconds: at)
        self.request = HTTPRequest(method, target, fields: Self.read(request["fields"]), body: sent)
        self.response = HTTPResponse(status: status, fields: Self.read(response["fields"]), body: received)
    }

    private static func read(_ value: JSON?) -> HTTPFields {
        var fields = HTTPFields()
        for pair in value?.array ?? [] { fields.append(pair[1]?.string ?? "", for: pair[0]?.string ?? "") }
        return fields
    }
}

extension Date {
    /// Since 1970.
    var milliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }

    init(milliseconds: Int) { self.init(timeIntervalSince1970: TimeInterval(milliseconds) / 1000) }
}

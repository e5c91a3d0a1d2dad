import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Synchronization

/// A gateway behind its API, without a socket: two clients, one payer of the first, one bank.
struct Desk: Sendable {
    let api: GatewayAPI
    let gateway: PeculeGateway
    let store: InMemoryStore
    let bank: ScriptedBank
    let keys: KeyRing
    let register: ClientRegister
    let clock: Clock
    let key: APIKey
    let neighbour = Neighbour()

    static let audience = "https://gateway.example/v1/token"

    static let body = """
        {"payer": {"birth_name": "Petit", "given_names": ["Jeanne", "Anne-Marie"]}, "permit": "240001",
        "amount_cents": 4250}
        """

    init(_ scopes: Set<Scope> = Set(Scope.allCases), sleeping: Clock.Sleep = .advances) async throws {
        let (clock, metrics) = (Clock(sleeping), GatewayMetrics())
        self.clock = clock
        bank = ScriptedBank(Bank(id: Sample.bank, name: "Banque des Deux Rives"))
        let permit = Sample.permit(payer: Sample.payer("portail:jeanne"))
        store = InMemoryStore(establishments: [Sample.establishment()], permits: [permit])
        let board = ChangeBoard(neighbour, environment: clock.environment)
        gateway = PeculeGateway(
            store: store, permits: store, banks: try BankDirectory([bank]), returnAddresses: [Sample.address],
            environment: clock.environment,
            onChange: { change in
                board.note(change)
                metrics.note(change)
            }, onCall: metrics.note)
        keys = KeyRing(store, environment: clock.environment)
        key = try await keys.add(Sample.make(ClientName("portail")), scopes)
        register = ClientRegister(store, environment: clock.environment)
        var api = GatewayAPI(
            gateway, keys: keys, register: register, board: board, metrics: metrics, environment: clock.environment)
        api.addTokens(audience: Self.audience)
        self.api = api
    }

    /// - Parameter fields: besides or instead of those of a well-formed call; an empty value leaves the field out.
    func send(
        _ method: HTTPMethod, _ target: String, _ body: String? = nil, _ fields: [String: String] = [:]
    ) async -> HTTPResponse { await api.respond(to: request(method, target, body, fields)) }

    func request(
        _ method: HTTPMethod, _ target: String, _ body: String? = nil, _ fields: [String: String] = [:]
    ) -> HTTPRequest {
        var request = HTTPRequest(method, target, body: Array((body ?? "").utf8))
        var all = ["Authorization": "Bearer \(key.revealed)", "Pecule-Payer": "jeanne"]
        if body != nil { all["Content-Type"] = "application/json" }
        for (name, value) in all.merging(fields, uniquingKeysWith: { $1 }) where !value.isEmpty {
            request.fields.set(value, for: name)
        }
        return request
    }

    func create(
        _ key: String = "key-1", _ body: String = Desk.body, _ fields: [String: String] = [:]
    ) async -> HTTPResponse {
        await send(.post, "/v1/transfers", body, ["Idempotency-Key": key].merging(fields) { $1 })
    }

    func chooseBank(_ id: String) async -> HTTPResponse {
        let body = """
            {"bank": "deux-rives", "browser": "browser-of-jeanne-1",
            "return_address": "https://portail.example/retour"}
            """
        return await send(.post, "/v1/transfers/\(id)/bank", body)
    }
}

/// Whoever else has the store: tells how many changes he has made.
final class Neighbour: SharedStore {
    private let made = Mutex(0)

    func change() { made.withLock { $0 += 1 } }
    func changesElsewhere() -> ChangesElsewhere { ChangesElsewhere(made.withLock { $0 }) }
}

/// A clock that stands still but for those who sleep.
final class Clock: Sendable {
    enum Sleep { case advances, never }

    private let moment = Mutex(Sample.morning)
    private let sleep: Sleep

    init(_ sleep: Sleep) { self.sleep = sleep }

    var now: Date { moment.withLock { $0 } }
    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }

    var environment: Environment {
        let system = Environment.system.randomBytes
        return Environment(
            now: { self.now },
            sleep: { duration in
                guard self.sleep == .advances else { return try await Gate().pass() }
                try Task.checkCancellation()
                self.advance(duration / .seconds(1))
                await Task.yield()
            }, randomBytes: system)
    }
}

extension HTTPResponse {
    var json: JSON? { try? JSON(parsing: body) }
    var code: String? { json?["code"]?.string }
    var id: String { json?["id"]?.string ?? "none" }
}

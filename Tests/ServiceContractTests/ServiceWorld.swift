import Foundation
import Pecule
import PeculeClient
import PeculeCurl
import PeculeGatewayAPI
import PeculeHTTP
import PeculeServer
import PeculeStoreSamples
import PeculeTestNetwork
import Synchronization

/// Where the gateway stands that a portal calls.
enum ServicePlace: String, CaseIterable, Sendable {
    /// In the portal's own process.
    case embedded
    /// Behind its API, without a socket between.
    case remote
    /// Behind its API, over the HTTP client and server.
    case sockets
    /// The same with TLS, certificates both ways, and a key of the client's own in place of an API key.
    case certified
}

/// One portal with its gateway, wherever that is: two banks, one payer with a permit, and a clock that stands still.
final class ServiceWorld: Sendable {
    let service: any PeculeService
    let gateway: PeculeGateway
    let store: InMemoryStore
    let bank: ScriptedBank
    let clock = StillClock()
    let server: HTTPServer?
    let network: LossyTransport?
    let events = ClientEvents()

    static let browser = Sample.make(BrowserSession("browser-of-jeanne-1"))
    static let audience = "https://gateway.example/v1/token"
    static let origin = "http://gateway.test"

    init(
        _ place: ServicePlace, _ bank: ScriptedBank = ScriptedBank(ServiceWorld.known), cap: TransferCap? = nil
    ) async throws {
        let clock = clock
        self.bank = bank
        let account = place == .embedded ? "account-jeanne" : "portail:account-jeanne"
        let permit = Sample.permit(payer: Sample.payer(account))
        store = InMemoryStore(establishments: [Sample.establishment(cap: cap)], permits: [permit])
        let other = ScriptedBank(Bank(id: Sample.make(BankID("rivage")), name: "Banque du Rivage"))
        let board = ChangeBoard(store, environment: clock.environment)
        gateway = PeculeGateway(
            store: store, permits: store, banks: try BankDirectory([bank, other]), returnAddresses: [Sample.address],
            environment: clock.environment, onChange: board.note)
        let keys = KeyRing(store, environment: clock.environment)
        let key = try await keys.add(Sample.make(ClientName("portail")), [.pay, .read])
        let register = ClientRegister(store, environment: clock.environment)
        var api = GatewayAPI(gateway, keys: keys, register: register, board: board, environment: clock.environment)
        api.addTokens(audience: Self.audience)
        var credentials: ClientCredentials?
        switch place {
        case .embedded: (server, network) = (nil, nil)
        case .remote: (server, network) = (nil, LossyTransport(HandOver([Self.origin: api])))
        case .sockets:
            server = try HTTPServer.start(handler: api)
            network = LossyTransport(CurlTransport())
        case .certified:
            let papers = try TestPapers.shared.get()
            server = try HTTPServer.start(.init(tls: papers.server), handler: api)
            network = LossyTransport(CurlTransport(papers.client))
            credentials = try await papers.register("portail", at: register, for: Self.audience)
        }
        guard let network else {
            service = gateway
            return
        }
        let scheme = credentials == nil ? "http" : "https"
        let address = server.map { "\(scheme)://localhost:\($0.port)" } ?? Self.origin
        let (environment, hooks) = (clock.environment, events.add)
        service =
            credentials.map {
                PeculeClient(address, as: $0, transport: network, environment: environment, hooks: hooks)
            } ?? PeculeClient(address, key: key.revealed, transport: network, environment: environment, hooks: hooks)
    }

    static let known = Bank(
        id: Sample.bank, name: "Banque des Deux Rives", bic: BIC("AAAAFRPP"), bankCodes: ["99999"],
        limits: Sample.amount(100)...Sample.amount(100_000))

    /// A bank that says who it is when it sends browsers back.
    static let issuing = Bank(id: Sample.bank, name: "Banque des Deux Rives", issuer: "https://bank.example")

    func stop() async { await server?.stop(within: .seconds(1)) }

    func draft(
        _ id: String = "T-1", cents: Int = 4_250, by payer: Payer = Sample.payer()
    ) async throws(PeculeError) -> TransferSummary {
        try await service.draft(
            Sample.id(id), payer: payer, permit: Sample.permit().number, amount: Sample.amount(cents))
    }

    func begin(
        _ id: String = "T-1", at bank: String = "deux-rives", to address: ReturnAddress = Sample.address,
        answering answers: [String: String] = [:]
    ) async throws(PeculeError) -> TransferSummary {
        try await service.begin(
            Sample.id(id), by: Sample.payer().account, at: Sample.make(BankID(bank)), from: Self.browser,
            returningTo: address, answering: answers,
            over: PayerConnection(ipAddress: "198.51.100.7", userAgent: "Mozilla/5.0 (é)"))
    }

    func resume(
        _ parameters: String = "", from browser: BrowserSession = ServiceWorld.browser
    ) async throws(PeculeError) -> TransferSummary {
        let state = bank.choices.last?.returnState.revealed ?? ""
        return try await service.resume(query: "state=\(state)\(parameters)", from: browser)
    }

    func refresh(_ id: String = "T-1") async throws(PeculeError) -> TransferSummary {
        clock.advance(2)
        return try await service.refresh(Sample.id(id), by: Sample.payer().account)
    }
}

/// What the client told of its requests.
final class ClientEvents: Sendable {
    private let events = Mutex<[ClientEvent]>([])

    var all: [ClientEvent] { events.withLock { $0 } }
    func add(_ event: ClientEvent) { events.withLock { $0.append(event) } }
}

/// A clock that a test moves; whoever sleeps moves it, too.
final class StillClock: Sendable {
    private let moment = Mutex(Sample.morning)

    var now: Date { moment.withLock { $0 } }
    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }

    var environment: Environment {
        let drawn = Atomic(0)
        return Environment(
            now: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.advance(duration / .seconds(1))
                await Task.yield()
            },
            randomBytes: { count in
                let number = drawn.add(1, ordering: .relaxed).newValue
                return (0..<count).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0 &* 7) }
            })
    }
}

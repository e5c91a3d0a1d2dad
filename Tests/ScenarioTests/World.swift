import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeHTTP
import PeculeMockBank
import PeculeServer
import Synchronization

@testable import PeculeCLI

/// Where a scenario is played. The same gateway, banks and payer stand in both.
enum WorldKind: String, CaseIterable, Sendable {
    /// One process, no socket: requests are handed over.
    case handedOver
    /// Real sockets: the epoll server and the libcurl client.
    case sockets
}

/// A mock bank, a gateway and a return page, joined by a transport that can lose messages on order.
struct World {
    let bank: MockBank
    let gateway: PeculeGateway
    let store: InMemoryStore
    let data: DemoData
    let clock: DemoClock
    let browser: BrowserSession
    let address: ReturnAddress
    let faults: LossyTransport
    let payerTransport: any HTTPTransport
    let profiles: [BankProfile]
    private let servers: [HTTPServer]

    init(
        _ kind: WorldKind, banks mocks: [MockBankProfile] = MockBankProfile.fictional,
        over secured: DemoNetwork? = nil,
        through wrap: (any HTTPTransport) -> any HTTPTransport = { $0 }
    ) async throws {
        let clock = DemoClock()
        let bank = MockBank(profiles: mocks, trust: secured?.banks, clock: clock.now)
        let relay = PortalRelay()
        let network: any HTTPTransport
        let origins: (bank: String, portal: String)
        switch kind {
        case .handedOver:
            servers = []
            origins = ("http://127.0.0.1:1001", "http://127.0.0.1:1002")
            network = HandOver([origins.bank: bank, origins.portal: relay])
        case .sockets:
            let wires = secured ?? DemoNetwork()
            servers = [
                try HTTPServer.start(.init(tls: wires.banks?.server), handler: bank),
                try HTTPServer.start(handler: relay),
            ]
            origins = ("\(wires.scheme)://127.0.0.1:\(servers[0].port)", "http://127.0.0.1:\(servers[1].port)")
            network = wires.gateway
        }
        bank.move(to: origins.bank)
        let faults = LossyTransport(wrap(network))
        let documents = try await network.send(HTTPRequest(.get, origins.bank + "/mock/banks"), within: HTTPLimits())
        profiles = try BankProfile.list(parsing: documents.body)
        let banks = profiles.map { profile in
            HTTPBank(
                profile, initiatingParty: "Scenario", transport: faults, environment: clock.environment,
                seal: secured?.seal)
        }
        data = try Self.some(DemoData())
        store = InMemoryStore(establishments: [data.establishment], permits: [data.permit])
        address = try Self.some(ReturnAddress(origins.portal + DemoPortal.path))
        browser = try Self.some(BrowserSession("a-browser-of-the-scenario"))
        gateway = PeculeGateway(
            store: store, permits: store, banks: try BankDirectory(banks), returnAddresses: [address],
            environment: clock.environment)
        relay.open(DemoPortal(gateway: gateway, browser: browser))
        self.bank = bank
        self.clock = clock
        self.faults = faults
        payerTransport = secured?.browser ?? network
    }

    func stop() async {
        for server in servers { await server.stop(within: .seconds(1)) }
    }

    func begin(
        at bank: String, amount: String = "25,50", answering answers: [String: String] = [:]
    ) async throws -> Transfer {
        let id = TransferID(random: Environment.system.randomBytes)
        let amount = try Amount(typed: amount)
        _ = try await gateway.draft(id, payer: data.payer, permit: data.permit.number, amount: amount)
        return try await gateway.begin(
            id, by: data.payer.account, at: try Self.some(BankID(bank)), from: browser, returningTo: address,
            answering: answers)
    }

    func payer(_ login: String = "camille") -> ScriptedPayer {
        ScriptedPayer(login: login, transport: payerTransport, journal: Journal(Terminal(isSilent: true)))
    }

    /// The sweeper alone, until the transfer is final or an hour has passed on the clock of the scenario.
    func sweepUntilFinal(_ id: TransferID) async throws -> Transfer {
        for _ in 0..<120 {
            if let transfer = store.transfer(id), transfer.state.isFinal { return transfer }
            clock.skip(30)
            try await Sweeper(gateway).sweep()
        }
        return try Self.some(store.transfer(id))
    }

    /// Cents that left the payers' accounts for this transfer.
    func debits(of transfer: Transfer) -> [Int] {
        bank.ledger().filter { $0.endToEndID == transfer.order.endToEndID && $0.kind == "execution" }.map(\.amountCents)
    }

    static func some<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw CocoaError(.coderValueNotFound) }
        return value
    }
}

/// Hands requests to the handler of their origin, in the form in which a server receives them.
struct HandOver: HTTPTransport {
    private let handlers: [String: any HTTPHandler]

    init(_ handlers: [String: any HTTPHandler]) { self.handlers = handlers }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        guard let (origin, handler) = handlers.first(where: { request.target.hasPrefix($0.key) }) else {
            throw HTTPTransportError(.connect, mayHaveBeenReceived: false)
        }
        var received = request
        received.target = String(request.target.dropFirst(origin.count))
        received.fields.append(String(origin.dropFirst("http://".count)), for: "Host")
        return try await handler.deliver(received).received(within: limits)
    }
}

/// A network that loses what it is told to lose.
final class LossyTransport: HTTPTransport {
    enum Loss: String, CaseIterable, Sendable { case request, reply }

    private let inner: any HTTPTransport
    private let plan = Mutex<(method: HTTPMethod, suffix: String, loss: Loss)?>(nil)

    init(_ inner: any HTTPTransport) { self.inner = inner }

    /// Loses the next message to a path that ends so.
    func lose(_ loss: Loss, of method: HTTPMethod, to suffix: String) {
        plan.withLock { $0 = (method, suffix, loss) }
    }

    var isSpent: Bool { plan.withLock { $0 == nil } }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let loss = plan.withLock { plan -> Loss? in
            guard let due = plan, due.method == request.method, request.target.hasSuffix(due.suffix) else { return nil }
            plan = nil
            return due.loss
        }
        if loss == .request { throw HTTPTransportError(.timeout, mayHaveBeenReceived: true) }
        let response = try await inner.send(request, within: limits)
        if loss == .reply { throw HTTPTransportError(.reset, mayHaveBeenReceived: true) }
        return response
    }
}

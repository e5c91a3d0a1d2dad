import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeHTTP
import PeculeMockBank
import PeculeServer
import PeculeTestNetwork
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
    let notifications = NotificationDesk()
    let payerTransport: any HTTPTransport
    private let visits: Visits
    let profiles: [BankProfile]
    let bankOrigin: String
    private let servers: [HTTPServer]

    init(
        _ kind: WorldKind, banks mocks: [MockBankProfile] = MockBankProfile.all,
        over secured: DemoNetwork? = nil,
        through wrap: (any HTTPTransport) -> any HTTPTransport = { $0 }
    ) async throws {
        let clock = DemoClock()
        let relay = HandlerRelay()
        let network: any HTTPTransport
        let origins: (bank: String, portal: String, notified: String)
        switch kind {
        case .handedOver:
            servers = []
            origins = ("http://127.0.0.1:1001", "http://127.0.0.1:1002", "http://127.0.0.1:1003")
            let carrier = HandOver([origins.notified: notifications])
            bank = MockBank(profiles: mocks, trust: secured?.banks, transport: carrier, clock: clock.now)
            // Some banks give tokens at a host of its own: this machine by its other name.
            network = HandOver([origins.bank: bank, "http://localhost:1001": bank, origins.portal: relay])
        case .sockets:
            let wires = secured ?? DemoNetwork()
            bank = MockBank(profiles: mocks, trust: secured?.banks, transport: wires.browser, clock: clock.now)
            servers = [
                try HTTPServer.start(.init(tls: wires.banks?.server), handler: bank),
                try HTTPServer.start(handler: relay),
                try HTTPServer.start(handler: notifications),
            ]
            origins = (
                "\(wires.scheme)://127.0.0.1:\(servers[0].port)", "http://127.0.0.1:\(servers[1].port)",
                "http://127.0.0.1:\(servers[2].port)"
            )
            network = wires.gateway
        }
        bank.move(to: origins.bank)
        let faults = LossyTransport(wrap(network))
        let documents = try await network.send(HTTPRequest(.get, origins.bank + "/mock/banks"), within: HTTPLimits())
        profiles = try BankProfile.list(parsing: documents.body)
        let told = try Self.some(NotificationAddress(origins.notified + NotificationDesk.path))
        let banks = profiles.map { profile in
            HTTPBank(
                profile, initiatingParty: "Scenario", transport: faults, environment: clock.environment,
                seal: secured?.seal, notifications: told)
        }
        data = try Self.some(DemoData())
        store = InMemoryStore(establishments: [data.establishment], permits: [data.permit])
        address = try Self.some(ReturnAddress(origins.portal + DemoPortal.path))
        browser = try Self.some(BrowserSession("a-browser-of-the-scenario"))
        gateway = PeculeGateway(
            store: store, permits: store, banks: try BankDirectory(banks), returnAddresses: [address],
            environment: clock.environment)
        relay.open(DemoPortal(gateway: gateway, browser: browser))
        notifications.open(gateway)
        self.clock = clock
        self.faults = faults
        visits = Visits(secured?.browser ?? network, to: address.text)
        (payerTransport, bankOrigin) = (visits, origins.bank)
    }

    /// The queries with which browsers came back to the portal.
    var returns: [String] { visits.queries }

    func stop() async {
        for server in servers { await server.stop(within: .seconds(1)) }
    }

    func begin(
        at bank: String, amount: String = "25,50", answering answers: [String: String] = [:]
    ) async throws -> TransferSummary {
        let id = TransferID(random: Environment.system.randomBytes)
        let amount = try Amount(typed: amount)
        _ = try await gateway.draft(id, payer: data.payer, permit: data.permit.number, amount: amount)
        return try await gateway.begin(
            id, by: data.payer.account, at: try Self.some(BankID(bank)), from: browser, returningTo: address,
            answering: answers, over: Self.connection)
    }

    static let connection = PayerConnection(ipAddress: "198.51.100.7", userAgent: "Mozilla/5.0 (essai)")

    /// What this customer answers to the questions of any bank.
    func answers(_ bank: String, _ login: String = "camille") -> [String: String] {
        let account = self.bank.accounts().first { $0.bank == bank && $0.owner == login }
        return ["debtor_iban": account?.iban ?? "", "psu_id": login]
    }

    /// Opened, if need be by the sweeper after the call itself got no answer.
    func open(at bank: String, as login: String = "camille") async throws -> TransferSummary {
        do { return try await begin(at: bank, answering: answers(bank, login)) } catch is PeculeError {
            let begun = store.history(of: data.payer.account, since: .distantPast, after: nil, limit: 1)
            clock.skip(30)
            try await Sweeper(gateway).sweep()
            return TransferSummary(try Self.some(begun.first.flatMap { store.transfer($0.id) }))
        }
    }

    /// Opened where the scenario loses the bank's answers, and answered by the payer once the sweeper has found it.
    func openUnheard(at bank: String, answering answers: [String: String]) async throws -> TransferID {
        _ = try? await begin(at: bank, answering: answers)
        let first = store.history(of: data.payer.account, since: .distantPast, after: nil, limit: 1).first
        let id = try Self.some(first?.id)
        // An explicit authorisation is a second request that the scenario strikes.
        for _ in 0..<4 {
            clock.skip(60)
            try await Sweeper(gateway).sweep()
        }
        try await answer(TransferSummary(try Self.some(store.transfer(id))))
        return id
    }

    /// What the payer does at the bank, in the browser or on the telephone.
    func answer(_ begun: TransferSummary, _ ending: DemoOutcome = .settled) async throws {
        let login = Demo.login(for: ending)
        switch begun.outcome {
        case .approve(.redirect(let link, _)):
            var payer = payer(login)
            payer.refuses = ending == .refused
            payer.mistypes = ending == .wrongCode
            payer.leavesBefore = ending == .closedTab ? address.text : nil
            _ = try await payer.walk(from: link)
        case .approve(.decoupled):
            if ending != .expired { _ = try await say(ending == .refused ? "refuse" : "approve", login, begun) }
        default: throw CocoaError(.coderValueNotFound)
        }
    }

    /// What the customer presses on the telephone.
    func say(_ answer: String, _ login: String, _ begun: TransferSummary) async throws -> Int {
        let bank = try Self.some(begun.bank)
        let path = "\(bankOrigin)/\(bank)/phone/\(login)/\(begun.bankReference ?? "")/\(answer)"
        return try await payerTransport.send(HTTPRequest(.post, path), within: HTTPLimits()).status
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
    func debits(of id: TransferID) -> [Int] {
        bank.ledger().filter { $0.endToEndID == id.text && $0.kind == "execution" }.map(\.amountCents)
    }

    static func some<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw CocoaError(.coderValueNotFound) }
        return value
    }
}

/// The browsers' way, which notes who comes back to the portal.
private final class Visits: HTTPTransport {
    private let inner: any HTTPTransport
    private let portal: String
    private let seen = Mutex<[String]>([])

    init(_ inner: any HTTPTransport, to portal: String) { (self.inner, self.portal) = (inner, portal) }

    var queries: [String] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        if request.target.hasPrefix(portal + "?") {
            seen.withLock { $0.append(String(request.target.dropFirst(portal.count + 1))) }
        }
        return try await inner.send(request, within: limits)
    }
}

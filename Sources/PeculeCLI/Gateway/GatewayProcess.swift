import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeGatewayAPI
import PeculeHTTP
import PeculeMockBank
import PeculeServer

/// A gateway that listens: store, banks, people, keys and sweeper around `GatewayAPI`.
struct GatewayProcess {
    let settings: GatewaySettings
    let log: EventLog

    /// Runs until `isOver` returns, then finishes what is in flight.
    func run(until isOver: @Sendable () async -> Void) async throws {
        let mockBank = settings.isDemo ? try MockBankServer.start(MockBank(), host: "127.0.0.1", port: 0) : nil
        let store = try await settings.store.open()
        let (board, metrics) = (ChangeBoard(), GatewayMetrics())
        metrics.watch(store)
        let address = mockBank?.baseURL
        let people = try people()
        let gateway = PeculeGateway(
            store: store, permits: InMemoryStore(establishments: people.establishments, permits: people.permits),
            banks: try BankDirectory(try await banks(at: address ?? settings.banks)),
            returnAddresses: returnAddresses,
            onChange: { change in
                board.note(change)
                metrics.note(change)
                log.note(change)
            },
            onCall: { call in
                metrics.note(call)
                log.note(call)
            })
        let keys = KeyRing(store)
        let reach = WebhookReach(admitting: settings.webhookNetworks) { await HostResolver.addresses(of: $0) }
        var api = GatewayAPI(gateway, keys: keys, board: board, metrics: metrics)
        api.addWebhooks(WebhookDesk(store: store, reach: reach))
        let courier = WebhookCourier(
            store: store, transport: CurlTransport(.init { reach.admits($0) }), reach: reach,
            onAttempt: metrics.note, onStop: log.note)
        let server = try HTTPServer.start(.init(host: settings.host, port: settings.port), handler: api)
        let sweeping = Task { await Sweeper(gateway).run() }
        let telling = Task { await courier.run() }
        await tell(server.port, try await demoKey(keys), address)
        await isOver()
        await server.stop(within: .seconds(10))
        sweeping.cancel()
        await sweeping.value
        telling.cancel()
        await telling.value
        await mockBank?.stop(within: .seconds(1))
    }

    private func tell(_ port: UInt16, _ key: String?, _ bank: String?) async {
        Terminal().line("pecule gateway ready at http://\(settings.host):\(port)")
        if let key { Terminal().line("client demo, user camille, permit 900417, key \(key)") }
        if let bank { Terminal().line("mock bank at \(bank); log in there as camille / demo") }
    }

    private func demoKey(_ keys: KeyRing) async throws -> String? {
        guard settings.isDemo, let client = ClientName("demo") else { return nil }
        return try await keys.add(client, Set(Scope.allCases)).revealed
    }

    private var returnAddresses: Set<ReturnAddress> {
        let page = settings.isDemo ? ReturnAddress("http://127.0.0.1:\(settings.port)/retour") : nil
        return settings.returnAddresses.union([page].compactMap(\.self))
    }

    func people() throws -> PeopleDirectory {
        guard settings.isDemo else {
            return try PeopleDirectory(Array(try Data(contentsOf: URL(filePath: settings.directory))))
        }
        return try PeopleDirectory(Array(Self.demo.utf8))
    }

    private func banks(at place: String) async throws -> [HTTPBank] {
        let transport = CurlTransport()
        return try await Self.profiles(at: place, over: transport).map { profile in
            HTTPBank(
                profile, initiatingParty: settings.initiatingParty, transport: transport,
                notifications: settings.notifications)
        }
    }

    /// - Parameter place: a file, or the address of a mock bank.
    static func profiles(at place: String, over transport: CurlTransport) async throws -> [BankProfile] {
        guard place.hasPrefix("http://") || place.hasPrefix("https://") else {
            return try BankProfile.list(parsing: Array(try Data(contentsOf: URL(filePath: place))))
        }
        let answer = try await transport.send(HTTPRequest(.get, "\(place)/mock/banks"), within: HTTPLimits())
        return try BankProfile.list(parsing: answer.body)
    }

    /// Invented people, places and numbers.
    private static let demo = """
        {
          "establishments": [{
            "id": "demo-valmont", "name": "Centre pénitentiaire de Valmont (inventé)",
            "payee": {"name": "Régie des comptes nominatifs Valmont", "iban": "FR7699920000420000041700138"},
            "per_transfer_cents": 20000, "per_month_cents": 30000000
          }],
          "permits": [{
            "number": "900417", "holder": {"birth_name": "Exemple", "given_names": ["Camille"]},
            "establishment": "demo-valmont", "ecrou_number": "042137",
            "detainee": {"birth_name": "Modèle", "given_names": ["Noé", "André"]},
            "registered_by": "demo:camille"
          }]
        }
        """
}

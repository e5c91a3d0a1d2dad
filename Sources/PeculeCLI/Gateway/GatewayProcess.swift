import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeGatewayAPI
import PeculeHTTP
import PeculeServer

/// A gateway that listens: store, banks, people, keys and sweeper around `GatewayAPI`.
struct GatewayProcess {
    let settings: GatewaySettings
    let log: EventLog

    /// Runs until `isOver` returns, then finishes what is in flight.
    func run(until isOver: @Sendable () async -> Void) async throws {
        CrashText.keepSilent()
        let demo = settings.isDemo ? try GatewayDemo() : nil
        let files = try await GatewayFiles(settings, demo)
        let store = try await settings.store.open()
        let (board, metrics) = (ChangeBoard(store as? any SharedStore), GatewayMetrics())
        metrics.watch(store)
        let gateway = PeculeGateway(
            store: store, permits: InMemoryStore(
                establishments: files.people.establishments, permits: files.people.permits),
            banks: try BankDirectory(banks(files.profiles)),
            returnAddresses: settings.returnAddresses.union([demo?.returnAddress].compactMap(\.self)),
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
        var api = GatewayAPI(
            gateway, keys: keys, register: ClientRegister(store), board: board, metrics: metrics)
        api.addWebhooks(WebhookDesk(store: store, reach: reach))
        let courier = WebhookCourier(
            store: store, transport: CurlTransport(.init { reach.admits($0) }), reach: reach,
            onAttempt: metrics.note, onStop: log.note)
        api.addTokens(audience: "\(settings.address)/v1/token")
        let server = try settings.listen(api)
        let sweeping = Task { await Sweeper(gateway).run() }
        let telling = Task { await courier.run() }
        Terminal().line("pecule gateway ready at \(settings.scheme)://\(settings.host):\(server.port)")
        try await demo?.open(gateway, keys, settings.store)
        await isOver()
        await server.stop(within: .seconds(10))
        sweeping.cancel()
        await sweeping.value
        telling.cancel()
        await telling.value
        await demo?.stop()
    }

    private func banks(_ profiles: [BankProfile]) -> [HTTPBank] {
        let transport = CurlTransport()
        return profiles.map { profile in
            HTTPBank(
                profile, initiatingParty: settings.initiatingParty, transport: transport,
                notifications: settings.notifications)
        }
    }
}

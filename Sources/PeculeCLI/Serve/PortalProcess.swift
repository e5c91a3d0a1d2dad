import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeFranceConnect
import PeculeHTTP
import PeculeMockBank
import PeculeMockFranceConnect
import PeculePortal
import PeculeServer

/// The portal on this machine, with its gateway, and the world around it simulated.
struct PortalProcess {
    let options: ServeOptions

    /// Runs until `isOver` returns, then finishes what is in flight.
    func run(until isOver: @Sendable () async -> Void) async throws {
        let provider = MockFranceConnect(clock: Environment.system.now)
        let world = try MockBankServer.start(
            MockBank(), host: "127.0.0.1", port: 0, guests: [MockFranceConnect.folder: provider])
        provider.move(to: world.baseURL)
        let store = try await (options.store ?? .fresh("pecule-portal")).open()
        let book = PermitBook(store)
        try await DemoTown.move(into: book)

        let relay = HandlerRelay()
        let server = try HTTPServer.start(.init(host: "127.0.0.1", port: options.port), handler: relay)
        let settings = try PortalSettings(
            address: "http://localhost:\(server.port)", secret: try await PortalSecret.kept(in: store))
        provider.register(.demonstration(return: settings.signInAddress, logout: settings.signOutAddress))
        let gateway = try await gateway(store, book, at: world.baseURL, returningTo: settings.returnAddress)
        relay.open(
            Portal(
                settings, service: gateway, permits: book, items: store, signIn: try signIn(settings, provider.issuer)))
        let sweeping = Task { await Sweeper(gateway).run() }

        Terminal().line("portal ready at \(settings.address)")
        Terminal().line("log in as `camille` of the simulated FranceConnect; permit 900417, Valmont, écrou 042137")
        Terminal().line("banks and FranceConnect simulated at \(world.baseURL); at the banks: camille / demo")
        await isOver()
        await server.stop(within: .seconds(10))
        sweeping.cancel()
        await sweeping.value
        await world.stop(within: .seconds(1))
    }

    private func gateway(
        _ store: any TransferStore, _ book: PermitBook, at bank: String, returningTo address: String
    ) async throws -> PeculeGateway {
        let transport = CurlTransport()
        let banks = try await GatewayProcess.profiles(at: bank, over: transport).map { profile in
            HTTPBank(profile, initiatingParty: "Portail des proches", transport: transport)
        }
        guard let address = ReturnAddress(address) else { throw UsageError(problem: "no return address: \(address)") }
        return PeculeGateway(
            store: store, permits: book, banks: try BankDirectory(banks), returnAddresses: [address])
    }

    private func signIn(_ settings: PortalSettings, _ issuer: String) throws -> FranceConnect {
        let service = MockService.demonstration(return: settings.signInAddress, logout: settings.signOutAddress)
        let configuration = try FranceConnectConfiguration(
            issuer: issuer, clientID: service.clientID, clientSecret: ClientSecret(service.secret),
            redirectURI: settings.signInAddress, postLogoutRedirectURI: settings.signOutAddress)
        return FranceConnect(configuration, transport: CurlTransport(), clock: Environment.system.now)
    }
}

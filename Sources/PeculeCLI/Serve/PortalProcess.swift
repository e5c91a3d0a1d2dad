import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeFranceConnect
import PeculeHTTP
import PeculeMail
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
            MockBank(profiles: MockBankProfile.all), host: "127.0.0.1", port: 0,
            guests: [MockFranceConnect.folder: provider])
        provider.move(to: world.baseURL)
        let store = try await (options.store ?? .fresh("pecule-portal")).open()
        let book = PermitBook(store)
        try await DemoTown.move(into: book)
        try await DemoTown.staff(StaffBook(store))

        let relay = HandlerRelay()
        let server = try HTTPServer.start(
            .init(host: "127.0.0.1", port: options.port, limits: Self.limits), handler: relay)
        let settings = try PortalSettings(
            address: "http://localhost:\(server.port)", secret: try await PortalSecret.kept(in: store),
            // It listens on this machine alone.
            payerAddress: { _ in "127.0.0.1" })
        provider.register(.demonstration(return: settings.signInAddress, logout: settings.signOutAddress))
        let gateway = try await gateway(store, book, at: world.baseURL, returningTo: settings.returnAddress)
        let mails = CaughtMails()
        let letters = ApplicationMails(contact: try Self.contact(), portal: settings.address)
        let applications = ApplicationDesk(
            store: store, register: try DemoTown.register(), permits: book,
            keys: try DocumentKeyFile.keys(for: options),
            notify: PortalCourier.notify(through: letters, in: store, book))
        let portal = Portal(
            settings, service: gateway, permits: book, applications: applications, items: store,
            signIn: try signIn(settings, provider.issuer),
            tell: PortalCourier.tell(through: letters, in: store))
        relay.open(HTTPMount([CaughtMails.folder: mails], else: portal))
        let courier = PortalCourier(
            store: store, portal: portal, applications: applications, accounts: AccountAddresses(store), mails: letters,
            carrier: try options.smtp.map { try Self.carrier($0) } ?? mails)
        let tasks = [Task { await Sweeper(gateway).run() }, Task { await courier.run() }]

        Terminal().line("portal ready at \(settings.address)")
        Terminal().line("log in as `camille` of the simulated FranceConnect; permit 900417, Valmont, écrou 042137")
        let (name, code) = DemoTown.agent
        Terminal().line("establishments decide at \(settings.address)/etablissement: \(name) / \(code)")
        if options.smtp == nil {
            Terminal().line("mails are caught, and shown at \(settings.address)/\(CaughtMails.folder)")
        }
        Terminal().line("banks and FranceConnect simulated at \(world.baseURL); at the banks: camille / demo")
        Terminal().line(DemoTown.hints(world.baseURL))
        await isOver()
        await server.stop(within: .seconds(10))
        for task in tasks {
            task.cancel()
            await task.value
        }
        await world.stop(within: .seconds(1))
    }

    private func gateway(
        _ store: any TransferStore, _ book: PermitBook, at bank: String, returningTo address: String
    ) async throws -> PeculeGateway {
        let transport = CurlTransport()
        let banks = try await GatewayFiles.profiles(at: bank, over: transport).map { profile in
            HTTPBank(profile, initiatingParty: "Portail des proches", transport: transport)
        }
        guard let address = ReturnAddress(address) else { throw UsageError(problem: "no return address: \(address)") }
        return PeculeGateway(
            store: store, permits: book, banks: try BankDirectory(banks), returnAddresses: [address])
    }

    /// Room, and time on a slow line, for a document of ten megabytes in a form, and for one that is too large: its
    /// sender gets a page that says so.
    private static let limits: HTTPServerLimits = {
        var limits = HTTPServerLimits()
        limits.body = 24 << 20
        limits.bodyTimeout = .seconds(120)
        return limits
    }()

    private static func carrier(_ server: SMTPServer) throws -> any MailCarrier {
        guard let address = EmailAddress("ne-pas-repondre@portail.example"),
            let sender = MailSender(name: "Portail des proches", address: address)
        else { throw UsageError(problem: "no sender") }
        return SMTPCarrier(SMTPClient(server), from: sender)
    }

    private static func contact() throws -> ServiceContact {
        guard let email = EmailAddress("support@portail.example") else { throw UsageError(problem: "no address") }
        return ServiceContact(
            name: "Portail des proches (simulation)", postalAddress: "1 rue Inventée, 00000 Nulle-Part", email: email,
            phone: "00 00 00 00 00")
    }

    private func signIn(_ settings: PortalSettings, _ issuer: String) throws -> FranceConnect {
        let service = MockService.demonstration(return: settings.signInAddress, logout: settings.signOutAddress)
        let configuration = try FranceConnectConfiguration(
            issuer: issuer, clientID: service.clientID, clientSecret: ClientSecret(service.secret),
            redirectURI: settings.signInAddress, postLogoutRedirectURI: settings.signOutAddress)
        return FranceConnect(configuration, transport: CurlTransport(), clock: Environment.system.now)
    }
}

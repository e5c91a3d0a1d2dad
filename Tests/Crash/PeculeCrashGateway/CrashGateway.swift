import Foundation
import Glibc
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeHTTP
import PeculePostgres
import PeculeSQLite
import PeculeStoreSamples

/// A gateway with its sweeper in a process of its own, to be killed. Takes calls on its standard input, a line each,
/// and answers on its standard output; also says every change of a transfer once it is durable.
enum CrashGateway {
    static func run(_ arguments: [String]) async {
        guard let options = Options(arguments) else {
            return Lines.say("usage: STORE BANKS RETURN-ADDRESS [--kill N] [--plant BUG]")
        }
        Guillotine.arm(options.blade)
        do {
            let store = try await open(options.store)
            let banks = try await banks(options)
            let gateway = service(store, banks, options, .short())
            let hasty = service(store, banks, options, .short(draft: 1))
            let sweeping = Task.detached { await Sweeper(gateway, lease: 1).run(every: .milliseconds(250)) }
            Lines.say("ready \(Guillotine.points)")
            let desk = Desk(
                gateway: gateway, hasty: hasty, store: store, address: options.returnAddress, bug: options.bug)
            while let line = readLine() { Task.detached { await desk.answer(line) } }
            sweeping.cancel()
            await store.close()
            Lines.say("stopped \(Guillotine.points)")
        } catch {
            Lines.say("not opened: \(error)")
        }
    }

    private static func open(_ name: String) async throws -> any ClosableStore {
        if name.hasPrefix("postgresql:") {
            StoreServer.watch(name)
            return try await PostgresStore(name, connections: 4)
        }
        StoreFolder.watch(around: name)
        return try SQLiteStore(path: name)
    }

    private static func banks(_ options: Options) async throws -> BankDirectory {
        var transport: any HTTPTransport = Questions(transport: CurlTransport())
        if options.bug == .newKey { transport = NewKeys(transport: transport) }
        let document = try await transport.send(HTTPRequest(.get, options.banks), within: HTTPLimits())
        let limits = HTTPLimits(connect: .seconds(1), total: .seconds(2))
        let banks = try BankProfile.list(parsing: document.body).map { [transport] profile in
            HTTPBank(profile, initiatingParty: "Portail des proches", transport: transport, limits: limits)
        }
        return try BankDirectory(banks)
    }

    private static func service(
        _ store: any TransferStore, _ banks: BankDirectory, _ options: Options, _ patience: Patience
    ) -> PeculeGateway {
        PeculeGateway(
            store: store, permits: InMemoryStore(establishments: [Sample.establishment()], permits: [Sample.permit()]),
            banks: banks, returnAddresses: [options.returnAddress], patience: patience
        ) { change in
            let record = change.record
            Lines.say("change \(change.transfer) \(record.version) \(record.state) \(record.event)")
        }
    }
}

private protocol ClosableStore: TransferStore {
    func close() async
}

extension SQLiteStore: ClosableStore {}
extension PostgresStore: ClosableStore {}

extension Patience {
    /// So that what a crash interrupts is taken up again at once.
    fileprivate static func short(draft: TimeInterval = 60) -> Patience {
        var patience = Patience()
        patience.draft = draft
        patience.call = 0.5
        patience.freshness = 0
        for waits in [\Patience.opening, \.approval, \.confirmation, \.execution] {
            patience[keyPath: waits] = Waits(first: 0.5, longest: 0.5)
        }
        return patience
    }
}

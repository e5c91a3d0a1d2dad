import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Synchronization

@testable import PeculeCLI

/// The real gateway and the real mock bank in one process, with payers who end their transfers in every way. Time and
/// chance are the same in each run.
struct World {
    /// What a payer does.
    enum Deed {
        case approves(String)
        case refuses
        /// Goes to the bank and no further.
        case waits
        case cancelsDraft
        case leavesDraft
    }

    let bank: MockBank
    let gateway: PeculeGateway
    let clock = TestClock()
    private let network: HandOver
    private let data: DemoData
    private let browser: BrowserSession
    private let address: ReturnAddress

    private static let bankOrigin = "http://127.0.0.1:1001"
    private static let portalOrigin = "http://127.0.0.1:1002"

    init(_ makeStore: (DemoData) throws -> (any TransferStore, any PermitStore)) async throws {
        data = try Self.some(DemoData())
        let bank = MockBank(baseURL: Self.bankOrigin, clock: clock.now, random: TestRandom().bytes)
        let relay = HandlerRelay()
        let network = HandOver([Self.bankOrigin: bank, Self.portalOrigin: relay])
        let environment = Environment(now: clock.now, sleep: { _ in }, randomBytes: TestRandom().bytes)
        let document = await bank.respond(to: HTTPRequest(.get, "/mock/banks"))
        let banks = try BankProfile.list(parsing: document.body).map { profile in
            HTTPBank(profile, initiatingParty: "Audit", transport: network, environment: environment)
        }
        let (store, permits) = try makeStore(data)
        address = try Self.some(ReturnAddress(Self.portalOrigin + DemoPortal.path))
        browser = try Self.some(BrowserSession("a-browser-of-the-audit"))
        gateway = PeculeGateway(
            store: store, permits: permits, banks: try BankDirectory(banks), returnAddresses: [address],
            environment: environment)
        relay.open(DemoPortal(gateway: gateway, browser: browser))
        (self.bank, self.network) = (bank, network)
    }

    /// One payer with one transfer.
    func play(_ name: String, at bank: String, cents: Int, _ deed: Deed) async throws {
        let id = try Self.some(TransferID(name))
        let amount = try Self.some(Amount(cents: cents))
        _ = try await gateway.draft(id, payer: data.payer, permit: data.permit.number, amount: amount)
        switch deed {
        case .leavesDraft: return
        case .cancelsDraft: _ = try await gateway.cancel(id, by: data.payer.account)
        case .waits: _ = try await begin(id, at: bank)
        case .refuses: try await visit(try await begin(id, at: bank), as: "camille", refuses: true)
        case .approves(let login): try await visit(try await begin(id, at: bank), as: login, refuses: false)
        }
    }

    private func begin(_ id: TransferID, at bank: String) async throws -> TransferSummary {
        try await gateway.begin(
            id, by: data.payer.account, at: try Self.some(BankID(bank)), from: browser, returningTo: address)
    }

    private func visit(_ transfer: TransferSummary, as login: String, refuses: Bool) async throws {
        guard case .approve(.redirect(let link, _)) = transfer.outcome else { throw CocoaError(.coderValueNotFound) }
        var payer = ScriptedPayer(login: login, transport: network, journal: Journal(Terminal(isSilent: true)))
        payer.refuses = refuses
        _ = try await payer.walk(from: link)
    }

    /// Half a minute at a time, the sweeper alone at work.
    func pass(minutes: Int) async throws {
        for _ in 0..<(2 * minutes) {
            clock.advance(30)
            try await Sweeper(gateway).sweep()
        }
    }

    static func some<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw CocoaError(.coderValueNotFound) }
        return value
    }
}

/// A clock that the test moves; starts in the morning of 2026-09-16.
final class TestClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_789_540_200))

    func now() -> Date { time.withLock { $0 } }
    func advance(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
}

/// The same bytes in every run, no two draws alike.
final class TestRandom: Sendable {
    private let drawn = Mutex<UInt64>(0)

    func bytes(_ count: Int) -> [UInt8] {
        drawn.withLock { drawn in
            (0..<count).map { _ in
                drawn = drawn &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: drawn >> 33)
            }
        }
    }
}

import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Testing

@testable import PeculeCLI

/// A gateway that takes its time from the mock bank follows the clock that QA moves.
@Suite struct VirtualClockTests {
    /// One after the other, from 12 February 2026, 9:41 in Paris: what is advanced, the state after the next look, and
    /// whether the history still shows the transfer. Six months later it does so until the end of the day in Paris.
    static let steps: [(advance: String, state: TransferState, isShown: Bool)] = [
        ("PT0S", .executing, true), ("PT1M", .settled, true), ("P3M", .settled, true), ("P3M", .settled, true),
        ("PT13H17M", .settled, true), ("PT1M", .settled, false), ("P6M", .settled, false),
    ]

    @Test func settlementAndTheBoundaryOfSixMonthsFollow() async throws {
        let place = try await Place()
        let begun = try await place.begin()
        var payer = place.payer
        _ = try await payer.walk(from: begun.link)
        for step in Self.steps {
            try await place.advance(step.advance)
            #expect(try await place.gateway.refresh(begun.id, by: place.payerAccount).state == step.state)
            let history = try await place.gateway.history(of: place.payerAccount)
            #expect(history.transfers.map(\.id) == (step.isShown ? [begun.id] : []), "\(step.advance)")
        }
    }

    @Test func expiryFollows() async throws {
        let place = try await Place()
        let begun = try await place.begin()
        try await place.advance("P3M")
        #expect(try await place.gateway.refresh(begun.id, by: place.payerAccount).state == .failed(.expired))
    }
}

/// One bank and a gateway on its clock, which stands still until it is advanced.
private struct Place {
    let gateway: PeculeGateway
    let payer: ScriptedPayer
    let payerAccount: AccountID
    private let data: DemoData
    private let address: ReturnAddress
    private let network: HandOver

    private static let origin = "http://127.0.0.1:1001"

    init() async throws {
        let bank = MockBank(baseURL: Self.origin, clock: { Date(timeIntervalSince1970: 1_770_885_667) })
        let relay = HandlerRelay()
        network = HandOver([Self.origin: bank, "http://127.0.0.1:1002": relay])
        let documents = try await network.send(HTTPRequest(.get, Self.origin + "/mock/banks"), within: HTTPLimits())
        let environment = Environment(
            now: { bank.now }, sleep: Environment.system.sleep, randomBytes: Environment.system.randomBytes)
        let banks = try BankProfile.list(parsing: documents.body).map { [network] profile in
            HTTPBank(profile, initiatingParty: "Scenario", transport: network, environment: environment)
        }
        data = try World.some(DemoData())
        address = try World.some(ReturnAddress("http://127.0.0.1:1002" + DemoPortal.path))
        let store = InMemoryStore(establishments: [data.establishment], permits: [data.permit])
        gateway = PeculeGateway(
            store: store, permits: store, banks: try BankDirectory(banks), returnAddresses: [address],
            environment: environment)
        relay.open(DemoPortal(gateway: gateway, browser: try Self.browser()))
        payer = ScriptedPayer(login: "camille", transport: network, journal: Journal(Terminal(isSilent: true)))
        payerAccount = data.payer.account
    }

    private static func browser() throws -> BrowserSession {
        try World.some(BrowserSession("a-browser-of-the-scenario"))
    }

    func begin() async throws -> (id: TransferID, link: String) {
        let id = TransferID(random: Environment.system.randomBytes)
        _ = try await gateway.draft(
            id, payer: data.payer, permit: data.permit.number, amount: try Amount(typed: "25,50"))
        let begun = try await gateway.begin(
            id, by: payerAccount, at: try World.some(BankID("deux-rives")), from: try Self.browser(),
            returningTo: address)
        guard case .approve(.redirect(let link, _)) = begun.outcome else { throw CocoaError(.coderValueNotFound) }
        return (id, link)
    }

    func advance(_ duration: String) async throws {
        let body = JSON.object([("advance", .string(duration))]).bytes
        let request = HTTPRequest(.post, Self.origin + "/mock/clock", body: body)
        #expect(try await network.send(request, within: HTTPLimits()).status == 200)
    }
}

import Pecule
import PeculeGatewayAPI
import PeculeMockBank
import PeculeServer

/// What `pecule gateway --demo` has at hand: a mock bank, the return page of a portal, a permit, a key.
struct GatewayDemo {
    /// Where the mock bank is.
    let bank: String
    let returnAddress: ReturnAddress
    private let browser: BrowserSession
    private let relay = HandlerRelay()
    private let mockBank: MockBankServer
    private let portal: HTTPServer

    /// As the client `demo` names its user's browser; the return page is visited by that one.
    private static let browserName = "the-browser-of-camille"

    init() throws {
        mockBank = try MockBankServer.start(MockBank(), host: "127.0.0.1", port: 0)
        portal = try HTTPServer.start(handler: relay)
        guard let address = ReturnAddress("http://127.0.0.1:\(portal.port)\(DemoPortal.path)"),
            let browser = BrowserSession("demo:\(Self.browserName)")
        else { throw UsageError(problem: "the demo cannot have its return page") }
        (bank, returnAddress, self.browser) = (mockBank.baseURL, address, browser)
    }

    func people() throws(PeopleDirectory.Problem) -> PeopleDirectory { try PeopleDirectory(Array(Self.directory.utf8)) }

    /// Opens the return page, makes the key, and says what there is.
    func open(_ gateway: PeculeGateway, _ keys: KeyRing, _ store: StoreLocation) async throws {
        guard let client = ClientName("demo") else { return }
        relay.open(DemoPortal(gateway: gateway, browser: browser))
        let key = try await keys.add(client, Set(Scope.allCases))
        let terminal = Terminal()
        terminal.line("client demo, user camille, permit 900417, key \(key.revealed)")
        terminal.line("return address \(returnAddress.text), browser \(Self.browserName)")
        terminal.line("mock bank at \(bank); log in there as camille / demo")
        terminal.line("store \(store)")
    }

    func stop() async {
        await portal.stop(within: .seconds(1))
        await mockBank.stop(within: .seconds(1))
    }

    /// Invented people, places and numbers.
    private static let directory = """
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

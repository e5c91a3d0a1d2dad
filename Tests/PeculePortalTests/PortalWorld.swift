import Foundation
import Pecule
import PeculeFranceConnect
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Synchronization
import Testing

@testable import PeculePortal

/// A portal with a gateway whose one bank does what it is told, a simulated FranceConnect, and a clock that stands
/// still; all in this process.
struct PortalWorld {
    static let origin = "http://localhost:1003"
    static let provider = "http://127.0.0.1:1001"

    let bank: ScriptedBank
    let clock = TestClock()
    let store = InMemoryStore(establishments: [], permits: [])
    let permits: PermitBook
    let gateway: PeculeGateway
    let back = origin + "/virements/retour"
    let portal: Portal
    let network: HandOver
    let staff: StaffBook
    let applications: ApplicationDesk
    /// What applicants would have been told.
    let mailed = Mailed()

    init(needsReturn: Bool = true) async throws {
        let id = try #require(BankID("rives"))
        bank = ScriptedBank(Bank(id: id, name: "Banque des Deux Rives", needsReturn: needsReturn))
        let settings = try PortalSettings(address: Self.origin, secret: Array(repeating: 7, count: 32))
        let service = MockService.demonstration(return: settings.signInAddress, logout: settings.signOutAddress)
        let mock = MockFranceConnect(services: [service], clock: { [clock] in clock.now })
        mock.move(to: Self.provider)
        let configuration = try FranceConnectConfiguration(
            issuer: mock.issuer, clientID: service.clientID, clientSecret: ClientSecret(service.secret),
            redirectURI: settings.signInAddress, postLogoutRedirectURI: settings.signOutAddress)
        let outside = HandOver([Self.provider: mock])
        let environment = Environment(
            now: { [clock] in clock.now }, sleep: { _ in }, randomBytes: Environment.system.randomBytes)
        permits = PermitBook(store, environment: environment)
        staff = StaffBook(store, environment: environment)
        gateway = PeculeGateway(
            store: store, permits: permits, banks: try BankDirectory([bank]),
            returnAddresses: [try #require(ReturnAddress(settings.returnAddress))], environment: environment)
        let keys = try #require(DocumentKeys(current: "1", keys: ["1": [UInt8](repeating: 9, count: 32)]))
        let applications = ApplicationDesk(
            store: store, register: Sample.register, permits: permits, keys: keys, environment: environment,
            notify: { [mailed] notice, _ in mailed.note(notice) })
        self.applications = applications
        portal = Portal(
            settings, service: gateway, permits: permits, applications: applications, items: store,
            signIn: FranceConnect(configuration, transport: outside, clock: { [clock] in clock.now }),
            environment: environment, tell: { [mailed] notice, _ in mailed.note(notice) })
        network = HandOver([Self.provider: mock, Self.origin: portal])
        try await Sample.move(into: permits)
    }

    var browser: PageBrowser { PageBrowser(Self.origin, over: network) }

    /// A browser in which somebody has logged in.
    func logIn(_ login: String = "camille") async throws -> PageBrowser {
        var browser = browser
        try await browser.open(Self.origin + "/connexion")
        let begun = try #require(browser.left)
        try await browser.open(Self.origin + "/connexion/retour?\(try await answer(begun, as: login))")
        return browser
    }

    /// What FranceConnect sends a browser back with.
    func answer(_ begun: String, as login: String) async throws -> String {
        var away = PageBrowser(Self.provider, over: network)
        try await away.open(begun)
        try await away.submit("provider", [("provider", "fournisseur-alpha")])
        try await away.submit("identity", [("identity", login)])
        try await away.submit("continue")
        return String(try #require(away.left).drop { $0 != "?" }.dropFirst())
    }

    /// With the permit for Valmont on the space of `camille`.
    func withPermit() async throws -> PageBrowser {
        var browser = try await logIn()
        try await browser.open(Self.origin + "/permis/ajouter")
        try await browser.submit("ajouter", Sample.permit())
        return browser
    }

    /// At the page of the amount.
    func atAmount() async throws -> PageBrowser {
        var browser = try await withPermit()
        try await browser.open(Self.origin + "/pecule")
        let key = try #require(Markup.between("href=\"/pecule/", "\"", in: browser.html))
        try await browser.open(Self.origin + "/pecule/\(key)/montant")
        return browser
    }

    /// At the list of banks, with a transfer of that amount.
    func atBanks(_ amount: String = "42,50") async throws -> PageBrowser {
        var browser = try await atAmount()
        try await browser.submit("montant", [("montant", amount)])
        return browser
    }

    /// The path of the page shown.
    static func path(_ browser: PageBrowser) -> String {
        String(browser.address.dropFirst(origin.count).prefix { $0 != "?" })
    }
}

final class Mailed: Sendable {
    private let kept = Mutex<[ApplicationNotice.Kind]>([])
    private let told = Mutex<[PortalNotice]>([])

    var all: [ApplicationNotice.Kind] { kept.withLock { $0 } }
    var notices: [PortalNotice] { told.withLock { $0 } }
    func note(_ notice: PortalNotice) { told.withLock { $0.append(notice) } }
    func note(_ notice: ApplicationNotice) { kept.withLock { $0.append(notice.kind) } }
}

final class TestClock: Sendable {
    /// 2026-02-12T08:41:07Z
    private let moment = Mutex(Date(timeIntervalSince1970: 1_770_885_667))

    var now: Date { moment.withLock { $0 } }
    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

enum Sample {
    static func make<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("a sample is not valid") }
        return value
    }

    /// What is typed to register the permit of `camille`.
    static func permit(
        _ number: String = "900417", at place: String = "valmont", _ ecrou: String = "042137"
    ) -> [URLForm.Pair] {
        [("permis", number), ("etablissement", place), ("ecrou", ecrou)]
    }

    /// Two convicted persons and one on remand, at Valmont.
    static let register = DetaineeList(
        [("042137", "Modèle", "Noé", PenalStatus.convicted), ("050111", "Songe", "Lou", .convicted),
            ("050222", "Fable", "Sasha", .remand),
        ].map { row in
            let person = Detainee(
                establishment: make(EstablishmentID("valmont")), ecrouNumber: make(try? EcrouNumber(row.0)),
                name: make(try? PersonName(birthName: row.1, givenNames: [row.2])))
            return (person, row.3)
        })

    static func move(into book: PermitBook) async throws {
        let iban = try IBAN("FR7699920000420000041700138")
        let payee = make(Payee(name: "Régie des comptes nominatifs Valmont", iban: iban))
        let cap = TransferCap(perTransfer: Amount(cents: 200_00), perMonth: Amount(cents: 300_00))
        for (id, cap, isOpen) in [("valmont", cap, true), ("estran", nil, false)] {
            try await book.keep(
                Establishment(
                    id: make(EstablishmentID(id)), name: "Centre de \(id)", payee: payee, cap: cap,
                    acceptsTransfers: isOpen))
        }
        let camille = try PersonName(birthName: "Martel", givenNames: ["Camille"])
        let jeanne = try PersonName(birthName: "Fabrègue", usageName: "Tournier", givenNames: ["Jeanne"])
        for (number, holder, place, ecrou, status) in [
            ("900417", camille, "valmont", "042137", VisitPermit.Status.active),
            ("900418", camille, "valmont", "042138", .suspended), ("900419", camille, "estran", "11002", .active),
            ("900420", jeanne, "valmont", "042137", .active),
        ] {
            let person = Detainee(
                establishment: make(EstablishmentID(place)), ecrouNumber: try EcrouNumber(ecrou),
                name: try PersonName(birthName: "Modèle", givenNames: ["Noé"]))
            try await book.keep(
                GrantedPermit(
                    VisitPermit(
                        number: make(PermitNumber(number)), holder: holder, detainee: person, status: status,
                        registeredBy: nil)))
        }
    }
}

import Foundation
import Pecule
import PeculeFranceConnect
import PeculeHTTP
import PeculeMockFranceConnect
import PeculePortal
import PeculeSQLite
import PeculeServer

/// The contestant of `bench portal`: a process with a portal on a file, at which many people have logged in.
enum PortalServing {
    private static let origin = "http://localhost:1003"
    private static let provider = "http://127.0.0.1:1001"

    /// Says `ADDRESS COOKIE AMOUNT-PAGE`, and serves until it is ended.
    static func run(store path: String, sessions: Int) async {
        do { try await serve(path, sessions) } catch { Bench.fail("\(error)") }
    }

    private static func serve(_ path: String, _ sessions: Int) async throws {
        let store = try SQLiteStore(path: path)
        let book = PermitBook(store)
        try await fill(book)
        let settings = try PortalSettings(address: origin, secret: [UInt8](repeating: 1, count: 32))
        let service = MockService.demonstration(return: settings.signInAddress, logout: settings.signOutAddress)
        let mock = MockFranceConnect(baseURL: provider, services: [service], clock: Environment.system.now)
        let configuration = try FranceConnectConfiguration(
            issuer: mock.issuer, clientID: service.clientID, clientSecret: ClientSecret(service.secret),
            redirectURI: settings.signInAddress, postLogoutRedirectURI: settings.signOutAddress)
        let gateway = PeculeGateway(
            store: store, permits: book, banks: try BankDirectory([]), returnAddresses: [])
        guard let keys = DocumentKeys(current: "1", keys: ["1": [UInt8](repeating: 1, count: 32)]) else {
            Bench.fail("no key")
        }
        let applications = ApplicationDesk(
            store: store, register: DetaineeList([]), permits: book, keys: keys, notify: { _, _ in })
        let portal = Portal(
            settings, service: gateway, permits: book, applications: applications, items: store,
            signIn: FranceConnect(
                configuration, transport: Neighbours([provider: mock]), clock: Environment.system.now))
        let network = Neighbours([provider: mock, origin: portal])
        var first: BenchRelative?
        for _ in 0..<sessions {
            var relative = BenchRelative(network)
            try await relative.logIn(at: origin)
            first = first ?? relative
        }
        guard var relative = first else { Bench.fail("nobody logged in") }
        let page = try await relative.register(at: origin)
        let server = try HTTPServer.start(.init(loops: 1), handler: portal)
        print("http://127.0.0.1:\(server.port) \(relative.cookie) \(page)")
        fflush(nil)
        while true { pause() }
    }

    private static func fill(_ book: PermitBook) async throws {
        guard let place = EstablishmentID("valmont"), let number = PermitNumber("900417"),
            let payee = Payee(name: "Régie des comptes nominatifs", iban: try IBAN("FR7699920000420000041700138"))
        else { Bench.fail("a sample is not valid") }
        try await book.add(
            Establishment(
                id: place, name: "Valmont", payee: payee,
                cap: TransferCap(perTransfer: Amount(cents: 200_00), perMonth: Amount(cents: 300_00))))
        let person = Detainee(
            establishment: place, ecrouNumber: try EcrouNumber("042137"),
            name: try PersonName(birthName: "Modèle", givenNames: ["Noé"]))
        let holder = try PersonName(birthName: "Martel", givenNames: ["Camille"])
        try await book.add(
            GrantedPermit(
                VisitPermit(number: number, holder: holder, detainee: person, status: .active, registeredBy: nil)))
    }
}

/// Hands requests to handlers in this process.
private struct Neighbours: HTTPTransport {
    private let handlers: [String: any HTTPHandler]

    init(_ handlers: [String: any HTTPHandler]) { self.handlers = handlers }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        guard let (origin, handler) = handlers.first(where: { request.target.hasPrefix($0.key) }) else {
            throw HTTPTransportError(.connect, mayHaveBeenReceived: false)
        }
        var received = request
        received.target = String(request.target.dropFirst(origin.count))
        return await handler.respond(to: received)
    }
}

/// A relative's browser: follows what it is sent to, and presses the one button of each form.
private struct BenchRelative {
    private let network: Neighbours
    private var cookies: [String: String] = [:]
    private var page = ""
    private var origin = ""

    init(_ network: Neighbours) { self.network = network }

    /// Of the portal.
    var cookie: String { cookies.filter { $0.key.hasPrefix("__Host-") }.map { "\($0.key)=\($0.value)" }.joined() }

    mutating func logIn(at portal: String) async throws {
        try await go(HTTPRequest(.get, portal + "/connexion"))
        try await press("provider", [("provider", "fournisseur-alpha")])
        try await press("identity", [("identity", "camille")])
        try await press("continue", [])
    }

    /// Puts the permit on the space; gives the path of its amount page.
    mutating func register(at portal: String) async throws -> String {
        try await go(HTTPRequest(.get, portal + "/permis/ajouter"))
        try await press("ajouter", [("permis", "900417"), ("etablissement", "valmont"), ("ecrou", "042137")])
        guard let key = text(after: "href=\"/pecule/", before: "\"", in: page) else { Bench.fail("no permit: \(page)") }
        return "/pecule/\(key)/montant"
    }

    private mutating func press(_ action: String, _ typed: [URLForm.Pair]) async throws {
        let form = page.components(separatedBy: "<form").first { $0.contains("/\(action)\"") } ?? ""
        guard let address = text(after: "action=\"", before: "\"", in: form) else { Bench.fail("no form: \(page)") }
        let hidden = form.components(separatedBy: "<input type=\"hidden\" name=\"").dropFirst().map { part in
            (
                String(part.prefix { $0 != "\"" }),
                text(after: "value=\"", before: "\"", in: part) ?? ""
            )
        }
        try await go(
            HTTPRequest(
                .post, origin + address, fields: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(URLForm(hidden + typed).text.utf8)))
    }

    private mutating func go(_ first: HTTPRequest) async throws {
        var request = first
        while true {
            let known = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            request.fields.set(known.isEmpty ? nil : known, for: "Cookie")
            let response = try await network.send(request, within: HTTPLimits())
            origin = request.target.components(separatedBy: "/").prefix(3).joined(separator: "/")
            for text in response.fields.values(of: "Set-Cookie") {
                let pair = text.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
                cookies[pair[0]] = text.contains("Max-Age=0") ? nil : pair.last
            }
            guard response.status == 303, let place = response.fields["Location"] else {
                page = String(decoding: response.body, as: UTF8.self)
                return
            }
            request = HTTPRequest(.get, place.hasPrefix("/") ? origin + place : place)
        }
    }

    private func text(after start: String, before end: Character, in text: String) -> String? {
        guard let range = text.range(of: start) else { return nil }
        return String(text[range.upperBound...].prefix { $0 != end })
    }
}

import FoundationEssentials
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import PeculeMockBank
import PeculeMockFranceConnect
import Testing

/// The routes of `openapi.yaml` against those that are served.
enum RouteRules {
    private static let methods: Set<String> = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    /// `GET /path` for every operation. Reads lines, not YAML: paths stand two spaces in, methods four.
    static func documented(in yaml: String) -> Set<String> {
        var routes: Set<String> = []
        var path: Substring?
        let lines = yaml.split(separator: "\n").drop { $0 != "paths:" }.dropFirst()
        for line in lines.prefix(while: { $0.hasPrefix(" ") || $0.hasPrefix("#") }) {
            let indent = line.prefix { $0 == " " }.count
            let key = line.dropFirst(indent).prefix { $0 != ":" }
            if indent == 2 { path = key.filter { $0 != "\"" && $0 != "'" }[...] }
            if indent == 4, let path, methods.contains(String(key)) { routes.insert("\(key.uppercased()) \(path)") }
        }
        return routes
    }

    /// `schemas/Amount` for every component that is named twice, of which readers take the last without a word.
    static func doubledComponents(in yaml: String) -> [String] {
        var (section, seen, doubled) = (Substring(), Set<Substring>(), [String]())
        for line in yaml.split(separator: "\n").drop(while: { $0 != "components:" }).dropFirst() {
            let indent = line.prefix { $0 == " " }.count
            let key = line.dropFirst(indent).prefix { $0 != ":" }
            if indent == 2 { (section, seen) = (key, []) }
            if indent == 4, !seen.insert(key).inserted { doubled.append("\(section)/\(key)") }
        }
        return doubled
    }

    static func differences(served: Set<String>, documented: Set<String>) -> [String] {
        served.subtracting(documented).sorted().map { "\($0) is served, but not in openapi.yaml" }
            + documented.subtracting(served).sorted().map { "\($0) is in openapi.yaml, but not served" }
    }
}

@Suite("Routes")
struct RouteTests {
    @Test("openapi.yaml is read by path and method")
    func reader() {
        let yaml = """
            openapi: 3.1.0
            info:
              title: A
            paths:
              # The bank.
              /{bank}/payment-requests:
                parameters: []
                post:
                  summary: 'get: it'
                  responses:
                    '201': {}
              "/mock/banks":
                get: {}
                delete: {}
            components:
              /not-a-path:
                get: {}
            """
        #expect(
            RouteRules.documented(in: yaml)
                == ["POST /{bank}/payment-requests", "GET /mock/banks", "DELETE /mock/banks"])
    }

    @Test("A difference is found on either side")
    func differences() {
        #expect(
            RouteRules.differences(served: ["GET /a", "GET /b"], documented: ["GET /b", "GET /c"]) == [
                "GET /a is served, but not in openapi.yaml", "GET /c is in openapi.yaml, but not served",
            ])
    }

    @Test("No component is named twice")
    func components() throws {
        let doubled = "components:\n  schemas:\n    A:\n      type: object\n    A: {}\n  examples:\n    A: {}"
        #expect(RouteRules.doubledComponents(in: doubled) == ["schemas/A"])
        #expect(RouteRules.doubledComponents(in: try #require(Repository.text(of: "openapi.yaml"))) == [])
    }

    @Test("Every route that is served stands in openapi.yaml, and no other")
    func servedRoutes() throws {
        let yaml = try #require(Repository.text(of: "openapi.yaml"))
        let store = InMemoryStore()
        let gateway = PeculeGateway(store: store, permits: store, banks: try BankDirectory([]), returnAddresses: [])
        var api = GatewayAPI(gateway, keys: KeyRing(store), register: ClientRegister(store), board: ChangeBoard())
        api.addTokens(audience: "")
        api.addWebhooks(WebhookDesk(store: store, reach: WebhookReach { _ in [] }))
        let identities = MockFranceConnect(clock: { .distantPast })
        let served = Set((MockBank().routes + identities.routes + api.routes).map(\.description))
        #expect(RouteRules.differences(served: served, documented: RouteRules.documented(in: yaml)) == [])
    }
}

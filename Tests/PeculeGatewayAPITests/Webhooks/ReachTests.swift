import PeculeCurl
import PeculeGatewayAPI
import PeculeHTTP
import Testing

/// Where a subscription may not lead.
@Suite("URLs that get no webhooks")
struct ReachTests {
    private static func verdict(
        _ url: String, admitting networks: [IPNetwork] = [], resolve: @escaping @Sendable (String) async -> [IPAddress]
    ) async -> WebhookURLProblem? {
        let world = WebhookWorld()
        let desk = WebhookDesk(
            store: world.store, reach: WebhookReach(admitting: networks, resolve: resolve),
            environment: world.clock.environment)
        do throws(WebhookError) {
            _ = try await desk.create(url, for: "portal")
            return nil
        } catch {
            if case .url(let problem) = error { return problem }
            return .malformed("\(error)")
        }
    }

    /// By the system's own resolver, which takes every way to write an address; the names need no network.
    static let inside = [
        "https://127.0.0.1/", "https://127.1/", "https://0/", "https://0.0.0.0/", "https://2130706433/",
        "https://0x7f000001/", "https://0177.0.0.1/", "https://localhost/", "https://LOCALHOST:8443/x?y",
        "https://10.0.0.1/", "https://172.16.5.4/", "https://192.168.0.1/", "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/", "https://168.63.129.16/", "https://224.0.0.1/",
        "https://255.255.255.255/", "https://[::]/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:a9fe:a9fe]/", "https://[fe80::1]/", "https://[fd00:ec2::254]/", "https://[ff02::1]/",
        "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[::127.0.0.1]/",
    ]

    @Test("an address inside, however it is written", arguments: inside)
    func forbidden(url: String) async {
        #expect(await Self.verdict(url) { await HostResolver.addresses(of: $0) } == .forbiddenAddress)
    }

    @Test("a URL that is none, or not one of ours", arguments: [
        "", "hooks", "/hooks", "portail.example", "//portail.example/", "https://", "https:///x", "https://?x",
        "ftp://portail.example/", "file:///etc/passwd", "gopher://portail.example/", "https:portail.example",
        "https://user@portail.example/", "https://user:word@portail.example/", "https://@portail.example/",
        "https://portail.example\\@10.0.0.1/", "https://portail.example/#x", "https://portail.example/a b",
        "https://portail.example/\r\nX: y", "https://pörtail.example/", "https://portail.example:0x/",
        "https://portail.example:99999/", "https://portail.example:/", "https://[::1/", "https://[::1]x/",
        "https://[fe80::1%25eth0]/", "https://a/" + String(repeating: "b", count: 2048),
    ])
    func malformed(url: String) async {
        let problem = await Self.verdict(url) { _ in [WebhookWorld.outside] }
        guard case .malformed? = problem else {
            Issue.record("\(url) is \(problem.map { "\($0)" } ?? "taken")")
            return
        }
    }

    private static let ownMachine = IPNetwork.loopback.map(\.description)

    /// What its host means, what is admitted inside, and the verdict.
    static let rows: [(url: String, addresses: [[UInt8]], admitted: [String], verdict: WebhookURLProblem?)] = [
        ("https://portail.example/", [[93, 184, 216, 34]], [], nil),
        ("HTTPS://portail.example:8443/a?b=c", [[93, 184, 216, 34]], [], nil),
        ("https://portail.example/", [], [], .unknownHost),
        ("https://portail.example/", [[93, 184, 216, 34], [10, 0, 0, 1]], [], .forbiddenAddress),
        ("https://portail.example/", [[93, 184, 216, 34], [10, 0, 0, 1]], ownMachine, .forbiddenAddress),
        ("http://portail.example/", [[93, 184, 216, 34]], [], .notSecure),
        ("http://portail.example/", [[127, 0, 0, 1]], ownMachine, .notSecure),
        ("http://localhost:8080/", [[127, 0, 0, 1]], [], .notSecure),
        ("http://localhost:8080/", [[127, 0, 0, 1]], ownMachine, nil),
        ("http://127.0.0.1:8080/", [[127, 0, 0, 1]], ownMachine, nil),
        ("http://[::1]:8080/", [Array(repeating: 0, count: 15) + [1]], ownMachine, nil),
        ("http://127.0.0.1.portail.example/", [[127, 0, 0, 1]], ownMachine, .notSecure),
        ("http://localhost/", [[10, 0, 0, 1]], ownMachine, .forbiddenAddress),
        ("https://localhost/", [[127, 0, 0, 1]], ownMachine, nil),
        ("https://169.254.169.254/", [[169, 254, 169, 254]], ownMachine, .forbiddenAddress),
        ("https://hooks.inside.example/", [[10, 20, 3, 4]], ["10.20.0.0/16"], nil),
        ("https://hooks.inside.example/", [[10, 21, 3, 4]], ["10.20.0.0/16"], .forbiddenAddress),
        ("https://hooks.inside.example/", [[10, 20, 3, 4], [10, 21, 3, 4]], ["10.20.0.0/16"], .forbiddenAddress),
        ("http://10.20.3.4:8080/", [[10, 20, 3, 4]], ["192.168.0.0/16", "10.20.0.0/16"], nil),
        ("http://10.21.3.4:8080/", [[10, 21, 3, 4]], ["10.20.0.0/16"], .notSecure),
        ("http://hooks.inside.example/", [[10, 20, 3, 4]], ["10.20.0.0/16"], .notSecure),
        ("http://localhost/", [[127, 0, 0, 1]], ["10.20.0.0/16"], .notSecure),
    ]

    @Test("what the host means decides, and all that it means", arguments: rows)
    func meaning(
        row: (url: String, addresses: [[UInt8]], admitted: [String], verdict: WebhookURLProblem?)
    ) async {
        let verdict = await Self.verdict(row.url, admitting: row.admitted.compactMap(IPNetwork.init)) { _ in
            row.addresses.compactMap(IPAddress.init)
        }
        #expect(verdict == row.verdict)
    }
}

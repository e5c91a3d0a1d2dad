import PeculeHTTP
import Testing

@testable import PeculeCLI

@Suite("The settings of a gateway")
struct SettingsTests {
    private static let least = [
        "banks": "banks.json", "directory": "people.json", "return_address": "https://portail.example/retour",
    ]

    private static func problems(_ values: [String: String]) -> [String] {
        do throws(GatewaySettings.Problems) {
            _ = try GatewaySettings(least.merging(values) { $1 }, isDemo: false)
            return []
        } catch { return error.all }
    }

    @Test("each setting that is wrong is named", arguments: [
        ([:], []), (["port": "65536"], ["port"]), (["port": "x", "banks": ""], ["port", "banks"]),
        (["public_address": "http://gateway.example"], ["public_address"]),
        (["return_address": "https://a.example/,ftp://b.example/"], ["return_address"]),
        (["webhook_networks": "10.20.0.0/16,fd12:3456::/32"], []),
        (["webhook_networks": "10.20.0.1/16"], ["webhook_networks"]),
        (["webhook_networks": "0.0.0.0/0"], ["webhook_networks"]),
        (["webhook_networks": "169.254.0.0/16"], ["webhook_networks"]),
        (["webhook_networks": "hooks.inside.example"], ["webhook_networks"]),
    ] as [([String: String], [String])])
    func named(values: [String: String], names: [String]) {
        let problems = Self.problems(values)
        #expect(problems.map { String($0.prefix { $0 != ":" }) } == names)
    }

    @Test("networks inside are none unless they are named; the demo has this machine")
    func networks() throws {
        #expect(try GatewaySettings(Self.least, isDemo: false).webhookNetworks.isEmpty)
        let options = try GatewayOptions(["--webhook-networks", "10.20.0.0/16", "--webhook-networks=10.21.0.0/16"])
        let named = try GatewaySettings(Self.least.merging(options.values) { $1 }, isDemo: false).webhookNetworks
        #expect(named.map(\.description) == ["10.20.0.0/16", "10.21.0.0/16"])
        let demo = try GatewaySettings([:], isDemo: true).webhookNetworks
        #expect(demo.map(\.description) == ["127.0.0.0/8", "::1/128"])
    }

    @Test("files that are missing are named with their settings, all at once")
    func files() async throws {
        var settings = try GatewaySettings(Self.least, isDemo: false)
        (settings.banks, settings.directory) = ("/none/banks.json", "/none/people.json")
        await #expect {
            _ = try await GatewayFiles(settings, nil)
        } throws: { error in
            (error as? GatewaySettings.Problems)?.all
                == ["directory: /none/people.json cannot be read", "banks: /none/banks.json cannot be read"]
        }
    }

    @Test("what keeps the gateway from listening is told with the names of its settings", arguments: [
        (["host": "no.such.host.invalid"], "host: "), (["host": "203.0.113.1"], "host, port: "),
        (["tls_certificate": "/dev/null", "tls_key": "/dev/zero"], "tls_certificate: "),
    ])
    func listening(values: [String: String], told: String) throws {
        let all = Self.least.merging(values) { $1 }.merging(["port": "0"]) { $1 }
        let settings = try GatewaySettings(all, isDemo: false)
        do throws(GatewaySettings.Problems) {
            _ = try settings.listen(HTTPRouter())
            Issue.record("it listens")
        } catch {
            #expect(error.all.count == 1 && error.all.first?.hasPrefix(told) == true, "\(error)")
        }
    }

    @Test("a store whose folder cannot be made is named")
    func store() async {
        await #expect {
            _ = try await StoreLocation.file("/proc/none/transfers.sqlite").open()
        } throws: { "\($0)".hasPrefix("store: ") && "\($0)".contains("/proc/none") }
    }
}

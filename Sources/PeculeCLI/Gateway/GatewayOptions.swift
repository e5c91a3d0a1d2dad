import Foundation
import Pecule

struct GatewayOptions {
    private(set) var wantsHelp = false
    private(set) var values: [String: String] = [:]
    private(set) var isDemo = false
    private var config: String?

    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            switch parts.first ?? "" {
            case "--help", "-h", "help": wantsHelp = true
            case "--demo": isDemo = true
            case let option where option.hasPrefix("--"):
                guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                    throw UsageError(problem: "\(option) needs a value")
                }
                try set(option, value)
            default: throw UsageError(problem: "unknown: \(word)")
            }
        }
    }

    private mutating func set(_ option: String, _ value: String) throws(UsageError) {
        let name = option.dropFirst(2).replacingOccurrences(of: "-", with: "_")
        if name == "config" {
            config = value
        } else if GatewaySettings.names.contains(name) {
            // A list is said by saying it again.
            let before = GatewaySettings.lists.contains(name) ? values[name] : nil
            values[name] = [before, value].compactMap(\.self).joined(separator: ",")
        } else {
            throw UsageError(problem: "unknown option: \(option)")
        }
    }

    /// The command line before the environment before the file.
    func settings(_ environment: [String: String]) throws(GatewaySettings.Problems) -> GatewaySettings {
        var known: [String: String] = [:]
        if let config { known = try GatewaySettings.file(config) }
        known.merge(GatewaySettings.environment(environment)) { $1 }
        known.merge(values) { $1 }
        return try GatewaySettings(known, isDemo: isDemo)
    }

    static let help = """
        pecule gateway: the gateway as a service, for portals elsewhere (openapi.yaml, paths under /v1).

        Usage: pecule gateway --demo [--port N]
               pecule gateway [--config FILE] [OPTIONS]

          --demo              everything at hand: a mock bank and a return page beside it, an invented permit of the
                              user `camille` of the client `demo`, a key for that client (all shown at the start), and
                              a store of its own

          --host HOST         where to listen (default 127.0.0.1)
          --port N            0 lets the system choose (default 8090)
          --store STORE       a file, or postgresql://role@host:5432/database (default \(StoreLocation.standard))
          --banks FILE|URL    the profiles of the banks, or the address of a mock bank
          --directory FILE    establishments and permits (README, "The gateway as a service")
          --return-address A  where banks may send browsers back to; say it again for more
          --initiating-party N  the portal's name, as banks show it

          --public-address A  the gateway's own address as banks and clients see it, for banks' notifications (without
                              it, none) and as what clients' assertions have to name (with /v1/token)
          --webhook-networks N  networks inside where receivers of webhooks may be, besides the internet, such as
                              10.20.0.0/16 (http only to an address written in the URL); say it again for more
          --tls-certificate F, --tls-key F  serve over TLS: the gateway's certificate and key (PEM files)
          --client-authorities F  only callers with a certificate of these authorities pass (PEM file); without it, with
                              TLS, callers may show one, and clients that registered theirs have to

        Each is also read from the environment (PECULE_PORT, PECULE_RETURN_ADDRESS with commas between several) and from
        the JSON object in FILE (port, return_address). Callers need a key: pecule keys --help.

        SIGTERM: what is in flight is finished, then it ends. Exit code: 1 when it cannot start, 2 for wrong settings,
        each of which is named.
        """
}

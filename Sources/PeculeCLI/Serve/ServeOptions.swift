import Foundation
import Pecule
import PeculeCurl

/// What the command line asks of `pecule serve`.
struct ServeOptions {
    private(set) var wantsHelp = false
    private(set) var port: UInt16 = 8000
    /// A store of its own, thrown away at the end, unless one is named.
    private(set) var store: StoreLocation?
    /// Nil: mails are caught and shown.
    private(set) var smtp: SMTPServer?

    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            switch parts.first ?? "" {
            case "--help", "-h", "help": wantsHelp = true
            case let option where ["--port", "--store", "--smtp"].contains(option):
                guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                    throw UsageError(problem: "\(option) needs a value")
                }
                try set(option, value)
            default: throw UsageError(problem: "unknown: \(word)")
            }
        }
    }

    private mutating func set(_ option: String, _ value: String) throws(UsageError) {
        switch option {
        case "--store": store = StoreLocation(value)
        case "--smtp": smtp = try Self.server(value)
        default: port = try Self.port(value)
        }
    }

    private static func server(_ value: String) throws(UsageError) -> SMTPServer {
        let parts = value.split(separator: ":").map(String.init)
        guard parts.count == 2, let port = Int(parts[1]),
            let server = SMTPServer(host: parts[0], port: port, security: .none)
        else { throw UsageError(problem: "--smtp: `\(value)` is not HOST:PORT") }
        return server
    }

    private static func port(_ value: String) throws(UsageError) -> UInt16 {
        guard let number = UInt16(value) else { throw UsageError(problem: "\(value) is not a port (0 to 65535)") }
        return number
    }

    static let help = """
        pecule serve: the relatives' portal on this machine, with everything it needs simulated beside it:
        FranceConnect,
        the banks, establishments and permits. No money moves, and all persons are invented.

        Usage: pecule serve [--port N] [--store STORE] [--smtp HOST:PORT]

          --port N        0 lets the system choose (default 8000)
          --store STORE   a file, or postgresql://role@host:5432/database, that outlives the run; without it, a file
          that
                          no other run has
          --smtp SERVER   sends mails there, in clear, for a server on this machine; without it they are caught,
                          and shown

        Prints the address to open. SIGTERM and Ctrl-C end it.
        """
}

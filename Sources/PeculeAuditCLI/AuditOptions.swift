import PeculeAudit

/// What the command line asks.
struct AuditOptions: Equatable {
    var store = ""
    /// A file, `-` for standard input, nil when the books are not at hand.
    var ledger: String?
    var acknowledged: String?
    var caps: [String: Int] = [:]
    var wantsJSON = false
    var allFinal = false

    enum Request: Equatable {
        case help
        case audit(AuditOptions)
    }

    enum Fault: Error, Equatable, CustomStringConvertible {
        case unknown(String)
        case noValue(String)
        case noStore
        case badCap(String)
        case secondStandardInput

        var description: String {
            switch self {
            case .unknown(let argument): "unknown option \(argument)"
            case .noValue(let option): "\(option) needs a value"
            case .noStore: "--store is missing: name a file, or a postgres:// URL"
            case .badCap(let text): "--cap \(text): write ESTABLISHMENT=CENTS, in whole cents above 0"
            case .secondStandardInput: "only one of --ledger and --acknowledged can be standard input"
            }
        }
    }

    static let help = """
        audit: compares a gateway's store with the banks' books, from the raw rows alone.

        Usage: audit --store STORE [--ledger FILE] [--cap ESTABLISHMENT=CENTS …] [--acknowledged FILE]
                     [--all-final] [--json]

          --store STORE         file of a SQLite store, or postgres:// URL; read, never written
          --ledger FILE         the banks' books as GET /mock/books gives them; - is standard input.
                                Without it the store alone is judged
          --cap ESTABLISHMENT=CENTS
                                the most that a detained person may receive in a month there; may be repeated
          --acknowledged FILE   lines "transfer-id version" that a client saw acknowledged; - is standard input
          --all-final           a transfer that has not ended is a fault
          --json                findings for machines
          --help                this text

        Take both at a quiet moment: what happens between the two readings looks like a difference.
        Exit code: 0 sound, 1 findings, 2 when the command line is wrong or something cannot be read.

        """

    static func read(_ arguments: some Sequence<String>) throws(Fault) -> Request {
        var options = AuditOptions()
        var rest = arguments.makeIterator()
        func value(of option: String) throws(Fault) -> String {
            guard let value = rest.next(), !value.isEmpty else { throw .noValue(option) }
            return value
        }
        while let argument = rest.next() {
            switch argument {
            case "--help", "-h": return .help
            case "--store": options.store = try value(of: argument)
            case "--ledger": options.ledger = try value(of: argument)
            case "--acknowledged": options.acknowledged = try value(of: argument)
            case "--cap": try options.add(cap: try value(of: argument))
            case "--json": options.wantsJSON = true
            case "--all-final": options.allFinal = true
            default: throw .unknown(argument)
            }
        }
        guard !options.store.isEmpty else { throw .noStore }
        guard options.ledger != "-" || options.acknowledged != "-" else { throw .secondStandardInput }
        return .audit(options)
    }

    private mutating func add(cap text: String) throws(Fault) {
        let halves = text.split(separator: "=", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, let cents = Int(halves[1]), cents > 0 else { throw .badCap(text) }
        caps[String(halves[0])] = cents
    }
}

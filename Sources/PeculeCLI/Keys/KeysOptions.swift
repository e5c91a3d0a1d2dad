import Pecule
import PeculeGatewayAPI

struct KeysOptions {
    enum Action {
        case add(ClientName, Set<Scope>)
        /// Registers a public key, in a PEM file.
        case register(ClientName, path: String, Set<Scope>)
        case certificate(ClientName, path: String)
        case list
        case rotate(ClientName, graceHours: Int)
        case revoke(String)
        case help
    }

    private(set) var action = Action.help
    private(set) var store = StoreLocation.standard

    init(_ words: [String]) throws(UsageError) {
        guard let name = words.first, !["help", "--help", "-h"].contains(name) else { return }
        let words = try CommandWords(words.dropFirst(), options: ["--store", "--scopes", "--grace"])
        guard !words.wantsHelp else { return }
        store = words.store
        let scopes = try words["--scopes"].map(Self.scopes) ?? [.pay, .read]
        guard let grace = Int(words["--grace"] ?? "24"), (0...720).contains(grace) else {
            throw UsageError(problem: "--grace takes hours, from 0 to 720")
        }
        action = try Self.action(name, words.plain, scopes, grace)
    }

    private static func scopes(_ text: String) throws(UsageError) -> Set<Scope> {
        var scopes: Set<Scope> = []
        for word in text.split(separator: ",") {
            guard let scope = Scope(rawValue: String(word)) else {
                throw UsageError(problem: "--scopes: \(word) is none of pay, read, operate")
            }
            scopes.insert(scope)
        }
        return scopes
    }

    private static func action(
        _ name: String, _ words: [String], _ scopes: Set<Scope>, _ grace: Int
    ) throws(UsageError) -> Action {
        switch (name, words.count) {
        case ("list", 0): return .list
        case ("revoke", 1): return .revoke(words[0])
        case ("add", 1): return .add(try client(words[0]), scopes)
        case ("rotate", 1): return .rotate(try client(words[0]), graceHours: grace)
        case ("register", 2): return .register(try client(words[0]), path: words[1], scopes)
        case ("certificate", 2): return .certificate(try client(words[0]), path: words[1])
        case ("register", _), ("certificate", _):
            throw UsageError(problem: "\(name) takes the name of one client and a PEM file")
        case ("add", _), ("rotate", _): throw UsageError(problem: "\(name) takes the name of one client")
        case ("revoke", _): throw UsageError(problem: "revoke takes the id of one key")
        default: throw UsageError(problem: "unknown: keys \(name)")
        }
    }

    private static func client(_ word: String) throws(UsageError) -> ClientName {
        guard let client = ClientName(word) else {
            throw UsageError(problem: "a client's name is 1 to 32 of a-z 0-9 -: \(word)")
        }
        return client
    }

    static let help = """
        pecule keys: who may call the gateway.

        Usage: pecule keys add CLIENT [--scopes pay,read,operate] [--store STORE]
               pecule keys register CLIENT PUBLIC-KEY-FILE [--scopes pay,read,operate] [--store STORE]
               pecule keys certificate CLIENT CERTIFICATE-FILE [--store STORE]
               pecule keys list [--store STORE]
               pecule keys rotate CLIENT [--grace HOURS] [--store STORE]
               pecule keys revoke KEY-ID [--store STORE]

          add          makes a key for a client, and shows it this once: the store keeps a hash (default scopes
                       pay,read)
          register     a client's public key (PEM; RSA of 2048 bits or more, or P-256), with which it gets tokens at
                       /v1/token (private_key_jwt); shows the key's id, the `kid`
          certificate  a client's certificate (PEM): from now on each of its calls has to show one that is registered
          list         every key and certificate: id, scopes, when made, when it ends
          rotate       makes a new key; the client's others end after HOURS (default 24)
          revoke       ends a key or takes a certificate away; a running gateway knows within five seconds

        Clients are apart: each has users and transfers of its own.
        Exit code: 0 when done, 1 when not, 2 for a wrong command line.
        """
}

import Pecule

struct TransfersOptions {
    enum Action {
        case cases
        case review(TransferID)
        case help
    }

    private(set) var action = Action.help
    private(set) var store = StoreLocation.standard

    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        guard let name = rest.popFirst(), !["help", "--help", "-h"].contains(name) else { return }
        var plain: [String] = []
        while let word = rest.popFirst() {
            if ["--help", "-h"].contains(word) { return }
            guard word == "--store" || word.hasPrefix("--store=") else {
                guard !word.hasPrefix("-") else { throw UsageError(problem: "unknown option: \(word)") }
                plain.append(word)
                continue
            }
            let value = word == "--store" ? rest.popFirst() : String(word.dropFirst("--store=".count))
            guard let value, !value.isEmpty else { throw UsageError(problem: "--store needs a path or postgresql://…") }
            store = StoreLocation(value)
        }
        action = try Self.action(name, plain)
    }

    private static func action(_ name: String, _ words: [String]) throws(UsageError) -> Action {
        switch (name, words.count) {
        case ("cases", 0): return .cases
        case ("review", 1):
            guard let id = TransferID(words[0]) else { throw UsageError(problem: "not a transfer's id: \(words[0])") }
            return .review(id)
        case ("review", _): throw UsageError(problem: "review takes the id of one transfer")
        case ("cases", _): throw UsageError(problem: "cases takes no further word: \(words[0])")
        default: throw UsageError(problem: "unknown: transfers \(name)")
        }
    }

    static let help = """
        pecule transfers: what the people who run a gateway look after.

        Usage: pecule transfers cases [--store STORE]
               pecule transfers review ID [--store STORE]

          cases    the transfers that only a person can judge: a bank that speaks of another amount, account or payment,
                   that contradicts itself, that has not answered for an hour, or that was asked too often
          review   says that you have looked at one: it is taken off the list, its budget of calls is renewed, and a
                   running gateway asks the bank again at once

          --store  the gateway's store: a file, or postgresql://role@host:5432/database
                   (default \(StoreLocation.standard))

        Exit code: 0 when nothing is left to look at, 1 when there are cases or the store cannot be read, 2 for a wrong
        command line.
        """
}

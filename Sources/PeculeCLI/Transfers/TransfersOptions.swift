import Pecule

struct TransfersOptions {
    enum Action {
        case cases
        case review(TransferID)
        case list(AccountID)
        case show(TransferID)
        case explain(TransferID, asSVG: Bool)
        case watch(TransferID)
        case create(TransferCreation)
        case force(TransferForce)
        case help
    }

    private(set) var action = Action.help
    private(set) var store = StoreLocation.standard

    /// Beside `--store`.
    private static let options = ["create": TransferCreation.options, "force": TransferForce.options]

    init(_ words: [String]) throws(UsageError) {
        guard let name = words.first, !["help", "--help", "-h"].contains(name) else { return }
        let words = try CommandWords(
            words.dropFirst(), options: Self.options[name] ?? ["--store"], flags: name == "explain" ? ["--svg"] : [])
        guard !words.wantsHelp else { return }
        store = words.store
        action = try Self.action(name, words)
    }

    private static func action(_ name: String, _ all: CommandWords) throws(UsageError) -> Action {
        let words = all.plain
        switch (name, words.count) {
        case ("create", _): return .create(try TransferCreation(all))
        case ("force", _): return .force(try TransferForce(all))
        case ("cases", 0): return .cases
        case ("list", 1):
            guard let payer = AccountID(words[0]) else { throw UsageError(problem: "not an account") }
            return .list(payer)
        case ("list", _): throw UsageError(problem: "list takes one account, such as client:user")
        case ("review", 1): return .review(try id(words[0]))
        case ("show", 1): return .show(try id(words[0]))
        case ("explain", 1): return .explain(try id(words[0]), asSVG: all.has("--svg"))
        case ("watch", 1): return .watch(try id(words[0]))
        case ("review", _), ("show", _), ("explain", _), ("watch", _):
            throw UsageError(problem: "\(name) takes the id of one transfer")
        case ("cases", _): throw UsageError(problem: "cases takes no further word: \(words[0])")
        default: throw UsageError(problem: "unknown: transfers \(name)")
        }
    }

    private static func id(_ word: String) throws(UsageError) -> TransferID {
        guard let id = TransferID(word) else { throw UsageError(problem: "not a transfer's id: \(word)") }
        return id
    }

    static let help = #"""
        pecule transfers: what the people who run a gateway look after, and try out.

        Usage: pecule transfers list CLIENT:USER [--store STORE]
               pecule transfers show|explain|watch ID [--store STORE]     (explain ID --svg: as a drawing)
               pecule transfers create --gateway URL --user USER --birth-name NAME --given-names NAME,… \
                   --permit NUMBER --amount AMOUNT [--id ID] [--bank BANK --return-address URL --browser TEXT]
               pecule transfers force ID STATE --mock-bank URL
               pecule transfers cases [--store STORE]
               pecule transfers review ID [--store STORE]

          list     a user's transfers of the last six months that reached a bank
          show     one transfer in a line
          explain  everything that happened to it, with the rule that fired; nothing personal, to paste into a ticket
          watch    each change as it comes, until the transfer is final
          create   drafts a transfer at a running gateway, and with --bank sends the payer there; the key stands in the
                   environment (PECULE_KEY), where others do not see it
          force    takes its payment at a mock bank to a state, such as acsc, "rjct AM04" or "pdng 15m > acsc"
          cases    the transfers that only a person can judge: a bank that speaks of another amount, account or payment,
                   that contradicts itself, that has not answered for an hour, or that was asked too often
          review   says that you have looked at one: it is taken off the list, its budget of calls is renewed, and a
                   running gateway asks the bank again at once

          --store  the gateway's store: a file, or postgresql://role@host:5432/database
                   (default \#(StoreLocation.standard))

        Exit code: 0 when nothing is left to look at, 1 when there are cases or the store cannot be read, 2 for a wrong
        command line.
        """#
}

/// How the demonstration is meant to end.
enum DemoOutcome: String, CaseIterable {
    case settled
    case refused
    case wrongCode = "wrong-code"
    case insufficientFunds = "insufficient-funds"
    case expired
    case closedTab = "closed-tab"
}

struct DemoOptions {
    private(set) var amount = "25,50"
    private(set) var bank = "deux-rives"
    private(set) var outcome = DemoOutcome.settled
    private(set) var store = StoreLocation.fresh("pecule-demo")
    private(set) var wantsHelp = false

    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if halves[0] == "--help" || halves[0] == "-h" {
                wantsHelp = true
                continue
            }
            guard ["--amount", "--bank", "--outcome", "--store"].contains(halves[0]) else {
                throw UsageError(problem: "unknown option: \(word)")
            }
            guard let value = halves.count == 2 ? halves[1] : rest.popFirst() else {
                throw UsageError(problem: "\(halves[0]) needs a value")
            }
            try set(halves[0], to: value)
        }
    }

    private mutating func set(_ option: String, to value: String) throws(UsageError) {
        switch option {
        case "--amount": amount = value
        case "--bank": bank = value
        case "--store": store = StoreLocation(value)
        default:
            guard let chosen = DemoOutcome(rawValue: value) else {
                let known = DemoOutcome.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError(problem: "unknown outcome: \(value) (known: \(known))")
            }
            outcome = chosen
        }
    }

    static let help = """
        pecule demo: one transfer, end to end, over real HTTP on this machine.

        Starts the mock bank on a free port. A scripted payer then walks the whole way as a browser would: amount,
        bank, the bank's pages (login, account, one-time code, « Confirmer »), and back.

        Usage: pecule demo [--amount AMOUNT] [--bank ID] [--outcome OUTCOME] [--store STORE]

          --amount   as a person types it: 25  25,5  25.50  "25,50 €"      (default 25,50)
          --bank     deux-rives, phare, montagne, sillage, atelier, oceane, horizon   (default deux-rives)
                     rhin, lemanique, ardennes, meuse, escaut (on the telephone): Berlin Group's standard
                     sceau, ecluse, donjon, rempart (STET), beffroi (Berlin Group): certificates, signatures
          --outcome  settled             the payer approves                 (default)
                     refused             the payer presses « Refuser »
                     wrong-code          three wrong one-time codes lock the approval
                     insufficient-funds  an account with 5,00 € pays
                     expired             the payer does not decide in time
                     closed-tab          the payer approves and closes the browser: the transfer settles all the same;
                                         at a bank that needs a proof from the browser it expires, nothing debited
          --store    a file that keeps the transfers, and may have kept some before, or postgresql://…
                     (default: a new file)

        Exit code: 0 when that end was reached, 1 when not, 2 for a wrong command line.
        """
}

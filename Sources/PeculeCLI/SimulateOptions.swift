struct SimulateOptions {
    private(set) var seeds = 1000
    private(set) var first: UInt64 = 1
    private(set) var transfers = 20
    private(set) var wantsTrace = false
    private(set) var wantsHelp = false

    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        var isOne = false
        while let word = rest.popFirst() {
            let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch halves[0] {
            case "--help", "-h": wantsHelp = true
            case "--trace": wantsTrace = true
            case "--seeds", "--seed", "--transfers":
                guard let value = (halves.count == 2 ? halves[1] : rest.popFirst()).flatMap({ UInt32($0) }) else {
                    throw UsageError(problem: "\(halves[0]) needs a whole number")
                }
                if halves[0] == "--seeds" { seeds = Int(value) }
                if halves[0] == "--transfers" { transfers = Int(value) }
                if halves[0] == "--seed" { (first, isOne) = (UInt64(value), true) }
            default: throw UsageError(problem: "unknown option: \(word)")
            }
        }
        if isOne, !words.contains(where: { $0.hasPrefix("--seeds") }) { seeds = 1 }
        if wantsTrace, seeds != 1 { throw UsageError(problem: "--trace shows one run: name it with --seed") }
        guard seeds > 0, transfers > 0 else { throw UsageError(problem: "nothing to run") }
    }

    static let help = """
        pecule simulate: the real gateway and the real mock bank on virtual time, with everything going wrong.

        Each run has one seed, which decides the order of everything and what fails how often: lost and doubled
        messages, delays, resets, damaged and lying answers, banks and gateways that go down, writes of which nobody
        knows, clocks that are set, payers who mistype, leave, come late, come twice or forge. After each run the
        gateway's transfers are compared with the bank's books.

        Usage: pecule simulate [--seeds N] [--seed S] [--transfers N] [--trace]

          --seeds      how many runs                                     (default 1000; 1 with --seed)
          --seed       the first run's seed                              (default 1)
          --transfers  transfers in each run                             (default 20)
          --trace      print all that happens in one run

        Exit code: 0 when every promise was kept, 1 when not, 2 for a wrong command line. From 1000 runs on, a kind of
        trouble that never came counts as a failure too.
        """
}

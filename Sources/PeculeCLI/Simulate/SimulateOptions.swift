struct SimulateOptions {
    enum Task { case campaign, trace, twice, mutants, canary }

    private(set) var task = Task.campaign
    private(set) var seeds = 1000
    private(set) var first: UInt64 = 1
    private(set) var transfers = 20
    /// Nil for all of a run's transfers.
    private(set) var only: Set<Int>?
    private(set) var wantsHelp = false

    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        var isOne = false
        while let word = rest.popFirst() {
            let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            func value() -> String? { halves.count == 2 ? halves[1] : rest.popFirst() }
            switch halves[0] {
            case "--help", "-h": wantsHelp = true
            case "--trace": task = .trace
            case "--twice": task = .twice
            case "--mutants": task = .mutants
            case "--canary": task = .canary
            case "--seeds": seeds = Int(try Self.number(value(), halves[0]))
            case "--transfers": transfers = Int(try Self.number(value(), halves[0]))
            case "--seed": (first, isOne) = (UInt64(try Self.number(value(), halves[0])), true)
            case "--only": only = try Self.numbers(value())
            default: throw UsageError(problem: "unknown option: \(word)")
            }
        }
        if isOne, !words.contains(where: { $0.hasPrefix("--seeds") }) { seeds = 1 }
        if task == .trace, seeds != 1 { throw UsageError(problem: "--trace shows one run: name it with --seed") }
        guard seeds > 0, transfers > 0 else { throw UsageError(problem: "nothing to run") }
    }

    private static func number(_ text: String?, _ option: String) throws(UsageError) -> UInt32 {
        guard let number = text.flatMap({ UInt32($0) }) else {
            throw UsageError(problem: "\(option) needs a whole number")
        }
        return number
    }

    private static func numbers(_ text: String?) throws(UsageError) -> Set<Int> {
        let parts = (text ?? "").split(separator: ",").map { Int($0) }
        guard !parts.isEmpty, !parts.contains(nil) else {
            throw UsageError(problem: "--only needs transfers' numbers with commas between, such as 3,17")
        }
        return Set(parts.compactMap(\.self))
    }

    static let help = """
        pecule simulate: the real gateway and the real mock bank on virtual time, with everything going wrong.

        Each run has one seed, which decides the order of everything and what fails how often: lost, late, doubled and
        overtaking messages, resets, damaged and lying answers, networks cut in one direction or in both, banks and
        gateways that go down, stand still or run twice, writes of which nobody knows, clocks that are set, banks that
        play false, payers who mistype, leave, come late, come twice or forge. At every write, and at the end, the
        gateway's transfers are held against the banks' books; ten minutes after the trouble every transfer is final.

        Usage: pecule simulate [--seeds N] [--seed S] [--transfers N] [--only N,N…]
                               [--trace | --twice | --mutants | --canary]

          --seeds      how many runs                                     (default 1000; 1 with --seed)
          --seed       the first run's seed                              (default 1)
          --transfers  transfers in each run                             (default 20)
          --only       let nobody make the others
          --trace      print all that happens in one run
          --twice      run every seed twice and compare all that happens, to the byte
          --mutants    plant one bug after the other, and show which promise it was caught breaking
          --canary     plant a bug and run until it is found: always exits with 1, or nothing would be found

        Exit code: 0 when every promise was kept, 1 when not, 2 for a wrong command line. From 100000 transfers on, a
        kind of trouble that came too seldom counts as a failure too, and from 1000000 on a state that it never struck.
        """
}

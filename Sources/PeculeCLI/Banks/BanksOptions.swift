struct BanksOptions {
    enum Action: Equatable {
        case check(path: String)
        case help
    }

    let action: Action

    init(_ words: [String]) throws(UsageError) {
        guard let name = words.first, !words.contains("--help"), !words.contains("-h"), name != "help" else {
            action = .help
            return
        }
        guard name == "check" else { throw UsageError(problem: "unknown: banks \(name)") }
        guard words.count == 2 else { throw UsageError(problem: "check takes the path of one file") }
        guard !words[1].hasPrefix("-") else { throw UsageError(problem: "unknown option: \(words[1])") }
        action = .check(path: words[1])
    }

    static let help = """
        pecule banks: the documents by which a gateway knows its banks.

        Usage: pecule banks check FILE

          check    reads a bank profile, or an array of them, as a gateway would: says of each what it is, or which
                   member is wrong and why. Nothing is sent to any bank.

        Exit code: 0 when every profile can be used, 1 when one cannot, 2 for a wrong command line.
        """
}

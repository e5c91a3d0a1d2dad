/// What stands behind a command: plain words, options with a value (`--store PATH` or `--store=PATH`), and flags.
struct CommandWords {
    private(set) var plain: [String] = []
    private(set) var wantsHelp = false
    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    /// - Parameter options: those that take a value; `known` flags take none.
    init(_ words: some Sequence<String>, options: Set<String>, flags known: Set<String> = []) throws(UsageError) {
        var rest = Array(words)[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if ["--help", "-h"].contains(word) {
                wantsHelp = true
            } else if known.contains(word) {
                flags.insert(word)
            } else if options.contains(parts[0]) {
                guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                    throw UsageError(problem: "\(parts[0]) needs a value")
                }
                values[parts[0]] = value
            } else {
                guard !word.hasPrefix("-") else { throw UsageError(problem: "unknown option: \(word)") }
                plain.append(word)
            }
        }
    }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    subscript(option: String) -> String? { values[option] }

    /// The value of an option that has to be there, read into its type.
    func value<Value>(_ option: String, _ rule: String, _ make: (String) -> Value?) throws(UsageError) -> Value {
        guard let value = values[option].flatMap(make) else { throw UsageError(problem: "\(option): \(rule)") }
        return value
    }

    /// `--store`, or where the store is when nobody says otherwise.
    var store: StoreLocation { values["--store"].map(StoreLocation.init) ?? .standard }
}

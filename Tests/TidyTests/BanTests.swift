import Testing

/// A run of tokens that must not stand in some folders.
struct Ban: Sendable, CustomTestStringConvertible {
    /// Tokens, separated by spaces.
    let code: String
    let instead: String
    var folders = ["Sources/", "Mocks/"]
    /// Files that may, each with the reason.
    var allowed: [String: String] = [:]

    var testDescription: String { code }

    func applies(to path: String) -> Bool { folders.contains { path.hasPrefix($0) } }

    /// Where the code stands, allowed or not.
    func findings(in file: TextFile) -> [Finding] {
        let run = code.split(separator: " ").map(String.init)
        return file.tokens.indices.filter { index in
            file.tokens[index].text == run[0]
                && file.tokens[index...].prefix(run.count).map(\.text).elementsEqual(run)
                && !Self.isMember(index, file.tokens)
        }.map { Finding(path: file.path, line: file.tokens[$0].line, message: "`\(code)`: \(instead)") }
    }

    /// Whether the word is declared here, or belongs to a value (`environment.sleep(`) and no type or module.
    private static func isMember(_ index: Int, _ tokens: [Token]) -> Bool {
        guard index > 0 else { return false }
        if tokens[index - 1].text == "func" { return true }
        guard tokens[index - 1].text == ".", index > 1 else { return false }
        return tokens[index - 2].text.first?.isUppercase != true
    }
}

extension Ban {
    private static let clock = [
        "Sources/Pecule/Gateway/Environment.swift": "the real world, handed to everything else from here"
    ]
    private static let sleep = clock.merging(
        ["Mocks/PeculeMockBank/MockBankServer.swift": "looks what has become due; nothing else lets time pass there"],
        uniquingKeysWith: { $1 })
    private static let date = clock.merging(
        ["Mocks/PeculeMockBank/MockBank.swift": "default of the injected clock"], uniquingKeysWith: { $1 })
    static let money = [
        "Sources/Pecule/Values/", "Sources/Pecule/Transfers/", "Sources/PeculeAudit/", "Mocks/PeculeMockBank/State/",
    ]
    private static let seconds = ["Sources/Pecule/Transfers/Patience.swift": "an exponent of waiting times, no money"]

    /// Everything but the processes.
    private static let libraries = ImportRules.allowed.keys
        .filter { !["PeculeCLI", "PeculeExample", "PeculeBench", "PeculeMockBankCLI"].contains($0) }.sorted()
        .flatMap { ["Sources/\($0)/", "Mocks/\($0)/"] }
    private static let code = ["Sources/", "Mocks/", "Tests/"]

    /// Times are written `TimeInterval` or `Duration`, so that a bare `Double` near money is always suspect.
    static let all: [Ban] = [
        Ban(code: "try !", instead: "handle the error"),
        Ban(code: "as !", instead: "use as? and handle nil"),
        Ban(code: "fatalError (", instead: "the world's disorder is a value; precondition for programmer errors"),
        Ban(code: "Date ( )", instead: "time comes in through an environment", allowed: date),
        Ban(code: "Date . now", instead: "time comes in through an environment"),
        Ban(code: "Date ( timeIntervalSinceNow", instead: "time comes in through an environment"),
        Ban(code: "UUID ( )", instead: "randomness comes in through an environment"),
        Ban(code: "Task . sleep", instead: "wait for the event itself", folders: code, allowed: sleep),
        Ban(code: "sleep (", instead: "wait for the event itself", folders: code, allowed: sleep),
        Ban(code: "usleep (", instead: "wait for the event itself", folders: code),
        Ban(code: "nanosleep (", instead: "wait for the event itself", folders: code),
        Ban(code: "Double", instead: "money is integer cents", folders: money, allowed: seconds),
        Ban(code: "Float", instead: "money is integer cents", folders: money),
        Ban(code: "Decimal", instead: "money is integer cents", folders: money),
        Ban(code: "print (", instead: "only processes write to the terminal", folders: libraries),
        Ban(code: ". disabled", instead: "a test runs or does not exist", folders: ["Tests/"]),
        Ban(code: "XCTSkip", instead: "a test runs or does not exist", folders: ["Tests/"]),
        Ban(code: "withKnownIssue", instead: "mend what is known", folders: ["Tests/"]),
    ]
}

@Suite("Banned code")
struct BanTests {
    @Test("stands nowhere but where its reason is written", arguments: Ban.all)
    func tree(_ ban: Ban) {
        let found = Repository.swift.filter { ban.applies(to: $0.path) }.flatMap(ban.findings)
        record(found.filter { ban.allowed[$0.path] == nil })
        #expect(Set(ban.allowed.keys).subtracting(found.map(\.path)) == [], "allowed, but no longer there")
    }

    @Test("is found", arguments: Ban.all)
    func bad(_ ban: Ban) {
        let code = ban.code.split(separator: " ").joined()
        let file = TextFile(path: ban.folders[0] + "A.swift", text: "x\n let a = { \(code) }")
        #expect(ban.applies(to: file.path))
        #expect(ban.findings(in: file).map(\.line) == [2])
    }

    @Test(
        "is told from what only looks like it",
        arguments: [
            ("sleep (", "sleep(1)", 1), ("sleep (", "Thread.sleep(1)", 1), ("sleep (", "environment.sleep(1)", 0),
            ("sleep (", "func sleep(_ time: Duration)", 0), ("sleep (", "// sleep(1)", 0),
            ("print (", "\"print(\"", 0), ("print (", "\"\\(print(1))\"", 1), ("try !", "try !x", 1),
            ("Double", "DoubleEntry", 0), ("Double", "TimeInterval", 0),
        ])
    func lookalikes(_ code: String, in text: String, count: Int) {
        let file = TextFile(path: "Sources/A.swift", text: text)
        #expect(Ban(code: code, instead: "").findings(in: file).count == count)
    }
}

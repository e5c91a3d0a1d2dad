import Testing

/// Rules on code that need more than a run of tokens.
enum SafetyRules {
    /// `x!`, `f()!`, `a[0]!`, `String!`: a crash where an input is not as hoped.
    static func forceUnwraps(in file: TextFile) -> [Finding] {
        file.tokens.indices.dropFirst().filter { index in
            let (token, previous) = (file.tokens[index], file.tokens[index - 1])
            let isOperand = previous.isWord || [")", "]", "}", "?", ">"].contains(previous.text)
            return token.text == "!" && token.isAttached && isOperand && !["try", "as"].contains(previous.text)
        }.map { Finding(path: file.path, line: file.tokens[$0].line, message: "no force unwrap") }
    }

    /// What switches a check of the compiler off says why, in a comment on the line directly above.
    static func unexplained(in file: TextFile) -> [Finding] {
        let words = file.tokens.map(\.text)
        return words.indices.dropLast().filter { index in
            words[index] == "@" && words[index...].starts(with: ["@", "unchecked", "Sendable"])
                || words[index] == "nonisolated" && words[index...].starts(with: ["nonisolated", "(", "unsafe"])
        }.compactMap { index in
            let line = file.tokens[index].line
            let above = line >= 2 ? file.lines[line - 2].drop { $0 == " " } : ""
            guard !above.hasPrefix("//") else { return nil }
            return Finding(path: file.path, line: line, message: "say why in a comment directly above")
        }
    }

    /// A fraction as a literal is a `Double` that nobody had to spell.
    static func fractions(in file: TextFile) -> [Finding] {
        file.tokens.filter { ("0"..."9").contains($0.text.prefix(1)) && $0.text.contains(".") }.map {
            Finding(path: file.path, line: $0.line, message: "money is integer cents")
        }
    }

    // Spelled in two halves, so that these lists do not find themselves.
    private static let leftovers = ["TO" + "DO", "FIX" + "ME"]
    private static let places = ["/wo" + "rk/", "/tmp/" + "research", "/tmp/" + "wt", "/ro" + "ot/", "/ho" + "me/"]

    /// What was put off; an issue is the place for it. Three X are also the end of a BIC: a leftover has a colon.
    static func leftovers(in file: TextFile) -> [Finding] {
        findings(in: file) { line in
            let isLeftover = leftovers.contains { words(of: line).contains($0[...]) } || line.contains(" XX" + "X:")
            return isLeftover ? "finish it" : nil
        }
    }

    /// Where the project was written is nobody's business and nowhere else true.
    static func workplace(in file: TextFile) -> [Finding] {
        findings(in: file) { line in
            places.first { line.contains($0) }.map { "names a place of one machine: \($0)" }
        }
    }

    /// Waiting by the clock in tests that are not Swift.
    static func scriptSleeps(in file: TextFile) -> [Finding] {
        guard file.isTest, !file.isSwift else { return [] }
        return findings(in: file) { line in
            let isSleep = line.contains("time." + "sleep(") || words(of: line).first == "sleep"
            return isSleep ? "wait for the event itself" : nil
        }
    }

    private static func words(of line: Substring) -> [Substring] {
        line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    }

    private static func findings(in file: TextFile, _ message: (Substring) -> String?) -> [Finding] {
        zip(1..., file.lines).compactMap { number, line in
            message(line).map { Finding(path: file.path, line: number, message: $0) }
        }
    }
}

@Suite("Safety and honesty")
struct SafetyTests {
    private static let shipped = Repository.swift.filter(\.isShipped)

    @Test("No force unwrap in what is shipped")
    func forceUnwraps() { record(Self.shipped.flatMap(SafetyRules.forceUnwraps)) }

    @Test("No fraction near money")
    func fractions() {
        let money = Repository.swift.filter { file in Ban.money.contains { file.path.hasPrefix($0) } }
        #expect(!money.isEmpty)
        record(money.flatMap(SafetyRules.fractions))
    }

    @Test("Every unchecked Sendable has its reason")
    func unexplained() { record(Repository.swift.flatMap(SafetyRules.unexplained)) }

    @Test("Nothing is left to be done in the code")
    func leftovers() { record(Repository.files.flatMap(SafetyRules.leftovers)) }

    @Test("No place of the machine it was written on")
    func workplace() { record(Repository.files.flatMap(SafetyRules.workplace)) }

    @Test("No sleep in tests outside Swift")
    func scriptSleeps() { record(Repository.files.flatMap(SafetyRules.scriptSleeps)) }

    @Test(
        "A force unwrap is found",
        arguments: [
            ("a!", 1), ("f()!.b", 1), ("a[0]!", 1), ("var a: String!", 1), ("(x as? Int)!", 1), ("a?.b!", 1),
            ("!a", 0), ("a != b", 0), ("f(!a)", 0), ("a && !b", 0), ("// a!", 0), ("\"a!\"", 0), ("\"\\(a!)\"", 1),
            ("[!a]", 0), ("return !a", 0),
        ])
    func badUnwrap(_ code: String, count: Int) {
        #expect(SafetyRules.forceUnwraps(in: TextFile(path: "A.swift", text: code)).count == count)
    }

    @Test(
        "A missing reason is found",
        arguments: [
            ("// one thread\nfinal class A: @unchecked Sendable {}", 0),
            ("final class A: @unchecked Sendable {}", 1),
            ("// one thread\n\nfinal class A: @unchecked Sendable {}", 1),
            ("import B\nnonisolated(unsafe) let a = 1", 1),
            ("    // set once\n    nonisolated(unsafe) let a = 1", 0),
        ])
    func badReason(_ code: String, count: Int) {
        #expect(SafetyRules.unexplained(in: TextFile(path: "A.swift", text: code)).count == count)
    }

    @Test("A fraction is found", arguments: [("a * 0.5", 1), ("1...2", 0), ("a.0.1", 0), ("\"0.5\"", 0), ("0x1F", 0)])
    func badFraction(_ code: String, count: Int) {
        #expect(SafetyRules.fractions(in: TextFile(path: "A.swift", text: code)).count == count)
    }

    @Test("Leftovers, workplaces and sleeps are found")
    func badText() {
        let text = "# TO" + "DO: x\nsee /wo" + "rk/x\n  sleep 1\ntime." + "sleep(1)\nsleepless\n"
            + "// XX" + "X: y\nEXMPFRPPXX" + "X or XX" + "X\n"
        let file = TextFile(path: "Tests/Outside/a.py", text: text)
        #expect(SafetyRules.leftovers(in: file).map(\.line) == [1, 6])
        #expect(SafetyRules.workplace(in: file).map(\.line) == [2])
        #expect(SafetyRules.scriptSleeps(in: file).map(\.line) == [3, 4])
    }
}

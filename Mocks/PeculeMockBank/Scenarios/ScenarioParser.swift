/// Reads the grammar of scenarios, as `ScenarioWords` tabulates it.
struct ScenarioParser {
    private let words: [String]
    private let names: [String: Scenario]
    private var place = 0
    private var scenario = Scenario()

    /// - Parameter names: scenarios that may be called by name.
    static func read(_ text: some StringProtocol, names: [String: Scenario]) throws(ScenarioError) -> Scenario {
        var parser = ScenarioParser(words: words(of: text), names: names)
        return try parser.all()
    }

    private init(words: [String], names: [String: Scenario]) {
        (self.words, self.names) = (words, names)
    }

    /// `>`, `;` and `,` are words of their own, whether or not spaces stand around them.
    private static func words(of text: some StringProtocol) -> [String] {
        text.lowercased().split(separator: " ").flatMap { chunk -> [String] in
            var words: [String] = [""]
            for character in chunk {
                if ">;,".contains(character) { words += [String(character), ""] } else {
                    words[words.count - 1].append(character)
                }
            }
            return words.filter { !$0.isEmpty }
        }
    }

    private mutating func all() throws(ScenarioError) -> Scenario {
        repeat { try part() } while next(isOneOf: [";", ","])
        guard place == words.count else { throw fault("expected ; before another part, or the end") }
        return scenario
    }

    private mutating func part() throws(ScenarioError) {
        let first = try word("expected a scenario")
        switch first {
        case "at": scenario.strikes.append(try strike())
        case "callback": try set(\.callback, try callback())
        case "code", "login", "cancel", "expire": try set(\.payer, try payer(first))
        case "notify": try set(\.notify, try notify())
        default:
            if let named = names[first] {
                scenario = try joined(named)
            } else {
                guard scenario.states.isEmpty else { throw fault("the states were given before", back: 1) }
                try states(first)
            }
        }
    }

    /// A called scenario stands for its parts.
    private func joined(_ named: Scenario) throws(ScenarioError) -> Scenario {
        let isTwice =
            !scenario.states.isEmpty && !named.states.isEmpty || scenario.payer != nil && named.payer != nil
            || scenario.callback != nil && named.callback != nil || scenario.notify != nil && named.notify != nil
        if isTwice { throw fault("says again what was said before", back: 1) }
        return scenario.over(named)
    }

    private mutating func set<Value>(
        _ key: WritableKeyPath<Scenario, Value?>, _ value: Value
    ) throws(ScenarioError) {
        guard scenario[keyPath: key] == nil else { throw fault("this part says again what was said before", back: 1) }
        scenario[keyPath: key] = value
    }
}

// States.
extension ScenarioParser {
    private mutating func states(_ first: String) throws(ScenarioError) {
        var word = first
        while true {
            let state = try state(word)
            scenario.states.append(state)
            guard next(isOneOf: [">", "then"]) else { return }
            let following = try self.word("expected a state")
            if following == "hang" {
                guard isLasting(state.status) else { throw fault("nothing hangs after the last state", back: 1) }
                scenario.states[scenario.states.count - 1].lasts = nil
                return
            }
            try check(state, before: following)
            word = following
        }
    }

    private mutating func state(_ word: String) throws(ScenarioError) -> Scenario.State {
        switch word {
        case "accp": Scenario.State(status: .accp, lasts: optionalTime())
        case "pdng": Scenario.State(status: .pdng, lasts: optionalTime())
        case "acsp": Scenario.State(status: .acsp, lasts: optionalTime())
        case "acsc": Scenario.State(status: .acsc)
        case "rjct": Scenario.State(status: .rjct(try reason()))
        default:
            throw fault("no state (accp, pdng, acsp, acsc, rjct), no other part and no scenario's name", back: 1)
        }
    }

    private mutating func reason() throws(ScenarioError) -> ReasonCode {
        guard place < words.count, !Self.marks.contains(words[place]) else { return .unspecified }
        let word = words[place]
        place += 1
        guard let code = ReasonCode(word) else {
            throw fault("no reason; one of \(ReasonCode.all.map(\.code).joined(separator: " "))", back: 1)
        }
        return code
    }

    private func isLasting(_ status: Scenario.Status) -> Bool {
        switch status {
        case .accp, .pdng, .acsp: true
        case .acsc, .rjct: false
        }
    }

    private func check(_ state: Scenario.State, before following: String) throws(ScenarioError) {
        guard isLasting(state.status) else { throw fault("nothing comes after acsc or rjct", back: 1) }
        guard state.lasts != nil else {
            throw fault("the state before needs a time to last, such as pdng 15m", back: 1)
        }
        guard state.status != .acsp || following == "acsc" else {
            throw fault("after acsp the payer is debited: only acsc or hang may follow", back: 1)
        }
    }
}

// Payers, callbacks, faults.
extension ScenarioParser {
    private mutating func payer(_ first: String) throws(ScenarioError) -> Scenario.Payer {
        switch first {
        case "cancel": return .cancels
        case "expire": return .expires
        case "login":
            try expect(["locked"])
            return .loginLocked
        default:
            switch try expect(["wrong", "locked", "expired"]) {
            case "wrong": return .codeWrong(times: try times() ?? 1)
            case "locked": return .codeLocked
            default: return .codeExpired
            }
        }
    }

    private mutating func callback() throws(ScenarioError) -> Scenario.Callback {
        switch try expect(["lost", "double", "late", "forged"]) {
        case "lost": .lost
        case "double": .doubled
        case "late": .late(try time())
        default: .forged
        }
    }

    private mutating func notify() throws(ScenarioError) -> Scenario.Notify {
        switch try expect(["never", "twice", "late", "reordered", "forged", "badly-signed"]) {
        case "never": .never
        case "twice": .twice
        case "late": .late(try time())
        case "reordered": .reordered
        case "forged": .forged
        default: .badlySigned
        }
    }

    private mutating func strike() throws(ScenarioError) -> Scenario.Strike {
        let name = try expect(Endpoint.allCases.map(\.rawValue))
        let endpoint = Endpoint(rawValue: name) ?? .any
        var strike = Scenario.Strike(endpoint: endpoint, fault: try trouble())
        if next(isOneOf: ["always"]) { strike.times = nil } else { strike.times = try times() ?? 1 }
        return strike
    }

    private mutating func trouble() throws(ScenarioError) -> WireTrouble {
        let word = try word("expected a fault")
        if let status = Int(word), (500...599).contains(status) {
            return .status(status, retryAfter: optionalTime())
        }
        switch word {
        case "429": return .status(429, retryAfter: optionalTime())
        case "reset": return .reset
        case "hang": return .hang
        case "latency": return .latency(try time())
        case "lost": return .lost
        case "cut": return .cut
        case "truncate": return .truncate
        case "garble": return .garble
        case "length": return .length
        case "drip": return .drip(try time())
        default:
            throw fault(
                "no fault; one of 429 500-599 reset hang latency lost cut truncate garble length drip", back: 1)
        }
    }
}

// Words.
extension ScenarioParser {
    private static let marks = [">", ";", ",", "then"]

    private func fault(_ problem: String, back: Int = 0) -> ScenarioError {
        let place = place - back
        return ScenarioError(
            position: place + 1, word: words.indices.contains(place) ? words[place] : nil, problem: problem)
    }

    private mutating func word(_ wanted: String) throws(ScenarioError) -> String {
        guard place < words.count, !Self.marks.contains(words[place]) else { throw fault(wanted) }
        place += 1
        return words[place - 1]
    }

    @discardableResult
    private mutating func expect(_ allowed: [String]) throws(ScenarioError) -> String {
        let wanted = "expected one of \(allowed.joined(separator: " "))"
        guard allowed.contains(try word(wanted)) else { throw fault(wanted, back: 1) }
        return words[place - 1]
    }

    private mutating func next(isOneOf allowed: [String]) -> Bool {
        guard place < words.count, allowed.contains(words[place]) else { return false }
        place += 1
        return true
    }

    private mutating func optionalTime() -> ScenarioTime? {
        guard place < words.count, let time = ScenarioTime(words[place]) else { return nil }
        place += 1
        return time
    }

    private mutating func time() throws(ScenarioError) -> ScenarioTime {
        let wanted = "expected a time such as 500ms, 30s, 15m, 2h or 3d"
        guard let time = ScenarioTime(try word(wanted)) else { throw fault(wanted, back: 1) }
        return time
    }

    /// `x2`; nil when no such word stands here.
    private mutating func times() throws(ScenarioError) -> Int? {
        guard place < words.count, words[place].first == "x" else { return nil }
        place += 1
        guard let count = Int(words[place - 1].dropFirst()), (1...99).contains(count) else {
            throw fault("expected x1 to x99", back: 1)
        }
        return count
    }
}

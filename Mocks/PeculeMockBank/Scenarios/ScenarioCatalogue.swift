import FoundationEssentials

/// The scenarios that have a name: those of every bank, and those that a file added.
struct ScenarioCatalogue: Sendable {
    struct Entry: Sendable, Equatable {
        let name: String
        /// The cents of an amount that call it, where amounts are looked at.
        var cents: Int?
        let scenario: Scenario
    }

    private(set) var entries: [Entry]

    /// - Parameter review: how long the bank looks at an order of `attente`.
    init(review: TimeInterval) { entries = Self.builtIn(ScenarioTime(seconds: review)) }

    var names: [String: Scenario] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.scenario) })
    }

    func named(_ name: String) -> Scenario? { entries.first { $0.name == name }?.scenario }

    func scenario(forCents cents: Int) -> Scenario? { entries.first { $0.cents == cents % 100 }?.scenario }

    /// Reads a scenario in which the names of this catalogue may stand.
    func read(_ text: some StringProtocol) throws(ScenarioError) -> Scenario {
        try ScenarioParser.read(text, names: names)
    }

    /// A later scenario of the same name replaces the former.
    mutating func add(_ name: String, _ scenario: Scenario) {
        entries.removeAll { $0.name == name }
        entries.append(Entry(name: name, scenario: scenario))
    }

    private static func builtIn(_ review: ScenarioTime) -> [Entry] {
        func rejected(_ reason: ReasonCode) -> Scenario { Scenario(states: [.init(status: .rjct(reason))]) }
        func at(_ endpoint: Endpoint, _ fault: WireTrouble, times: Int? = 1) -> Scenario {
            Scenario(strikes: [.init(endpoint: endpoint, fault: fault, times: times)])
        }
        let attente = Scenario(states: [.init(status: .pdng, lasts: review), .init(status: .acsc)])
        let lostReplies = Scenario(strikes: [
            .init(endpoint: .open, fault: .lost), .init(endpoint: .confirm, fault: .lost),
        ])
        let reasons = ReasonCode.all.enumerated().map { index, reason in
            Entry(name: "rejet-" + reason.code.lowercased(), cents: 1 + index, scenario: rejected(reason))
        }
        return [
            Entry(name: "refus", scenario: rejected(.regulatory)),
            Entry(name: "attente", cents: 20, scenario: attente),
            Entry(name: "expire", cents: 21, scenario: Scenario(payer: .expires)),
            Entry(name: "verrou", cents: 22, scenario: Scenario(payer: .loginLocked)),
            Entry(name: "annule", cents: 23, scenario: Scenario(payer: .cancels)),
            Entry(name: "code-faux", cents: 24, scenario: Scenario(payer: .codeWrong(times: 1))),
            Entry(name: "code-bloque", cents: 25, scenario: Scenario(payer: .codeLocked)),
            Entry(name: "sans-fin", cents: 26, scenario: Scenario(states: [.init(status: .pdng)])),
            Entry(name: "reponse-perdue", cents: 30, scenario: lostReplies),
            Entry(name: "reponse-coupee", cents: 31, scenario: at(.confirm, .cut)),
            Entry(name: "reponse-illisible", cents: 32, scenario: at(.status, .garble, times: 2)),
            Entry(name: "banque-lente", cents: 33, scenario: at(.any, .latency(.init(milliseconds: 2000)), times: nil)),
            Entry(name: "banque-en-panne", cents: 34, scenario: at(.status, .status(503), times: 3)),
            Entry(name: "retour-perdu", cents: 40, scenario: Scenario(callback: .lost)),
            Entry(name: "retour-double", cents: 41, scenario: Scenario(callback: .doubled)),
            Entry(
                name: "retour-tardif", cents: 42, scenario: Scenario(callback: .late(.init(milliseconds: 30_000)))),
            Entry(name: "retour-falsifie", cents: 43, scenario: Scenario(callback: .forged)),
            Entry(name: "avis-perdu", cents: 44, scenario: Scenario(notify: .never)),
            Entry(name: "avis-double", cents: 45, scenario: Scenario(notify: .twice)),
            Entry(name: "avis-tardif", cents: 46, scenario: Scenario(notify: .late(.init(milliseconds: 600_000)))),
            Entry(name: "avis-desordre", cents: 47, scenario: Scenario(notify: .reordered)),
            Entry(name: "avis-falsifie", cents: 48, scenario: Scenario(notify: .forged)),
            Entry(name: "avis-mal-signe", cents: 49, scenario: Scenario(notify: .badlySigned)),
        ] + reasons
    }
}

import Testing

@testable import PeculeMockBank

/// Every word of the grammar: what it means, and what a wrong one is answered.
@Suite struct ScenarioGrammarTests {
    private static let catalogue = ScenarioCatalogue(review: 900)

    private static func at(_ endpoint: Endpoint, _ fault: WireTrouble, times: Int? = 1) -> Scenario {
        Scenario(strikes: [.init(endpoint: endpoint, fault: fault, times: times)])
    }

    private static func time(_ milliseconds: Int) -> ScenarioTime { ScenarioTime(milliseconds: milliseconds) }

    private static func ends(_ reason: ReasonCode) -> Scenario { Scenario(states: [.init(status: .rjct(reason))]) }

    static let meanings: [(text: String, scenario: Scenario)] = [
        ("accp 30s > acsc", Scenario(states: [.init(status: .accp, lasts: time(30_000)), .init(status: .acsc)])),
        ("pdng 15m > acsc", Scenario(states: [.init(status: .pdng, lasts: time(900_000)), .init(status: .acsc)])),
        ("PDNG 15M>ACSC", Scenario(states: [.init(status: .pdng, lasts: time(900_000)), .init(status: .acsc)])),
        ("pdng 15m then acsc", Scenario(states: [.init(status: .pdng, lasts: time(900_000)), .init(status: .acsc)])),
        ("acsp 2h > acsc", Scenario(states: [.init(status: .acsp, lasts: time(7_200_000)), .init(status: .acsc)])),
        ("acsc", Scenario(states: [.init(status: .acsc)])),
        ("pdng", Scenario(states: [.init(status: .pdng)])),
        ("pdng > hang", Scenario(states: [.init(status: .pdng)])),
        ("acsp > hang", Scenario(states: [.init(status: .acsp)])),
        ("rjct", ends(.unspecified)),
        ("rjct RR04", ends(.regulatory)),
        ("code wrong", Scenario(payer: .codeWrong(times: 1))),
        ("code wrong x2", Scenario(payer: .codeWrong(times: 2))),
        ("code locked", Scenario(payer: .codeLocked)),
        ("code expired", Scenario(payer: .codeExpired)),
        ("login locked", Scenario(payer: .loginLocked)),
        ("cancel", Scenario(payer: .cancels)),
        ("expire", Scenario(payer: .expires)),
        ("callback lost", Scenario(callback: .lost)),
        ("callback double", Scenario(callback: .doubled)),
        ("callback late 3d", Scenario(callback: .late(time(259_200_000)))),
        ("callback forged", Scenario(callback: .forged)),
        ("notify never", Scenario(notify: .never)),
        ("notify twice", Scenario(notify: .twice)),
        ("notify late 10m", Scenario(notify: .late(time(600_000)))),
        ("notify reordered", Scenario(notify: .reordered)),
        ("notify forged", Scenario(notify: .forged)),
        ("notify badly-signed", Scenario(notify: .badlySigned)),
        ("at token 429", at(.token, .status(429))),
        ("at token 429 20s", at(.token, .status(429, retryAfter: time(20_000)))),
        ("at open 503", at(.open, .status(503))),
        ("at open reset", at(.open, .reset)),
        ("at open hang", at(.open, .hang)),
        ("at status latency 500ms", at(.status, .latency(time(500)))),
        ("at confirm lost", at(.confirm, .lost)),
        ("at confirm cut x2", at(.confirm, .cut, times: 2)),
        ("at cancel truncate", at(.cancel, .truncate)),
        ("at page garble", at(.page, .garble)),
        ("at any length always", at(.any, .length, times: nil)),
        ("at status drip 200ms", at(.status, .drip(time(200)))),
        ("refus", ends(.regulatory)),
        (
            "rjct RR04, callback lost; at open lost",
            Scenario(
                states: [.init(status: .rjct(.regulatory))], callback: .lost,
                strikes: [.init(endpoint: .open, fault: .lost)])
        ),
        (
            "reponse-perdue; cancel",
            Scenario(
                payer: .cancels,
                strikes: [.init(endpoint: .open, fault: .lost), .init(endpoint: .confirm, fault: .lost)])
        ),
    ]

    @Test(arguments: meanings)
    func aTextMeans(row: (text: String, scenario: Scenario)) throws {
        #expect(try Self.catalogue.read(row.text) == row.scenario)
        #expect(try Self.catalogue.read(row.scenario.description) == row.scenario, "not read again as it is written")
    }

    static let faults: [(text: String, message: String)] = [
        ("", "after word 0: expected a scenario"),
        ("acsd", "word 1, \"acsd\": no state (accp, pdng, acsp, acsc, rjct), no other part and no scenario's name"),
        ("pdng 15m >", "after word 3: expected a state"),
        ("pdng > acsc", "word 3, \"acsc\": the state before needs a time to last, such as pdng 15m"),
        ("pdng 15 > acsc", "word 2, \"15\": expected ; before another part, or the end"),
        ("acsc > rjct", "word 3, \"rjct\": nothing comes after acsc or rjct"),
        ("rjct > hang", "word 3, \"hang\": nothing hangs after the last state"),
        ("acsp 1s > rjct", "word 4, \"rjct\": after acsp the payer is debited: only acsc or hang may follow"),
        ("acsc; rjct", "word 3, \"rjct\": the states were given before"),
        ("cancel, expire", "word 3, \"expire\": this part says again what was said before"),
        ("refus, attente", "word 3, \"attente\": says again what was said before"),
        ("code", "after word 1: expected one of wrong locked expired"),
        ("code odd", "word 2, \"odd\": expected one of wrong locked expired"),
        ("code wrong x0", "word 3, \"x0\": expected x1 to x99"),
        ("callback late", "after word 2: expected a time such as 500ms, 30s, 15m, 2h or 3d"),
        ("callback late 0s", "word 3, \"0s\": expected a time such as 500ms, 30s, 15m, 2h or 3d"),
        ("at nowhere reset", "word 2, \"nowhere\": expected one of token open status confirm cancel page any"),
        (
            "at open 404",
            "word 3, \"404\": no fault; one of 429 500-599 reset hang latency lost cut truncate garble length drip"
        ),
        ("at open reset twice", "word 4, \"twice\": expected ; before another part, or the end"),
        ("notify", "after word 1: expected one of never twice late reordered forged badly-signed"),
        ("notify double", "word 2, \"double\": expected one of never twice late reordered forged badly-signed"),
        ("notify late", "after word 2: expected a time such as 500ms, 30s, 15m, 2h or 3d"),
        ("notify twice; notify never", "word 5, \"never\": this part says again what was said before"),
        ("notify twice; avis-perdu", "word 4, \"avis-perdu\": says again what was said before"),
    ]

    @Test(arguments: faults)
    func aWrongWordIsNamed(row: (text: String, message: String)) {
        #expect(throws: ScenarioError.self) { try Self.catalogue.read(row.text) }
        do { _ = try Self.catalogue.read(row.text) } catch { #expect("\(error)" == row.message) }
    }

    @Test(arguments: ReasonCode.all.map(\.code))
    func everyReasonIsAWord(code: String) throws {
        #expect("\(try Self.catalogue.read("rjct \(code)"))" == "rjct \(code)")
    }

    @Test func theTableOfWordsHasAnExampleOfEach() throws {
        for row in ScenarioWords.all { #expect(throws: Never.self) { try Self.catalogue.read(row.example) } }
        let shown = ScenarioWords.all.map { $0.form + " " + $0.french }.joined(separator: " ")
        let told = ["accp", "pdng", "acsp", "acsc", "rjct", "hang", "code wrong", "code locked", "code expired"]
        let others = ["login locked", "cancel", "expire", "lost", "double", "late", "forged", "429", "500-599"]
        let wire = ["reset", "latency", "cut", "truncate", "garble", "length", "drip", "always", "xN", ";", ","]
        let places = Endpoint.allCases.map(\.rawValue)
        let notify = ["never", "twice", "notify late", "reordered", "notify forged", "badly-signed"]
        for word in told + others + notify + wire + places { #expect(shown.contains(word), "\(word)") }
    }

    @Test func namesAndCentsAreEachGivenOnce() {
        let entries = Self.catalogue.entries
        #expect(Set(entries.map(\.name)).count == entries.count)
        #expect(Set(entries.compactMap(\.cents)).count == entries.compactMap(\.cents).count)
        #expect(entries.allSatisfy { $0.cents != 0 && $0.cents != 50 }, "round amounts stay ordinary")
        #expect(Self.catalogue.scenario(forCents: 12_305) == Self.ends(.init("AM04") ?? .unspecified))
    }

    @Test func aScenarioIsToldInBothLanguages() throws {
        let scenario = try Self.catalogue.read("pdng 15m > rjct AM04; callback lost")
        #expect(
            scenario.told(in: .french) == [
                "Après l’accord du payeur : en attente (15m), puis rejeté, provision insuffisante.",
                "Le navigateur n’est pas renvoyé au service.",
            ])
        #expect(
            scenario.told(in: .english) == [
                "After the payer's agreement: pending (15m), then rejected, insufficient funds.",
                "The browser is not sent back.",
            ])
    }
}

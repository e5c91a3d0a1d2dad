import PeculeSimulation
import Testing

@Suite("The simulation")
struct SimulationTests {
    @Test("keeps every promise", arguments: [UInt64(1), 16, 31, 46])
    func sound(first: UInt64) {
        var campaign = Campaign()
        for seed in first..<(first + 15) { campaign.add(Simulation.run(seed: seed, transfers: 12)) }
        let failure = campaign.failure
        #expect(
            failure == nil,
            """
            pecule simulate --seed \(failure?.seed ?? 0) --transfers 12 --trace
            \(failure?.violation.map { "\($0.invariant): \($0.detail)" } ?? "")
            \(failure?.trace.text(of: failure?.violation?.transfer, last: 60) ?? "")
            """)
    }

    @Test("tells the same twice, byte for byte")
    func deterministic() {
        for seed in UInt64(1000)..<1050 {
            let (one, other) = (Simulation.run(seed: seed, transfers: 4), Simulation.run(seed: seed, transfers: 4))
            #expect(one == other, "seed \(seed)")
            #expect(one.trace.text == other.trace.text, "seed \(seed)")
        }
    }

    @Test("tells another story for another seed")
    func seeds() {
        #expect(Simulation.run(seed: 1, transfers: 3).trace != Simulation.run(seed: 2, transfers: 3).trace)
    }

    @Test("names nobody in its trace")
    func nothingPersonal() {
        let text = Simulation.run(seed: 7, transfers: 20).trace.text
        #expect(!text.isEmpty)
        for word in ["FR76", "camille", "Exemple", "relative", "SIM-", "Bearer", "state="] {
            #expect(!text.contains(word), "\(word)")
        }
    }
}

@Suite("A planted bug")
struct MutantTests {
    private static let most: UInt64 = 400

    @Test("is found", arguments: Mutant.allCases)
    func found(_ mutant: Mutant) {
        let seed = (1...Self.most).first { Simulation.run(seed: $0, transfers: 12, mutant: mutant).violation != nil }
        #expect(seed != nil, "\(mutant.rawValue) lives through \(Self.most) runs")
    }
}

@Suite("A campaign")
struct CampaignTests {
    @Test("is not sound without every kind of trouble, once it had the time for it")
    func missing() {
        var campaign = Campaign()
        campaign.add(Simulation.run(seed: 1, transfers: 1))
        #expect(campaign.missing.isEmpty)
        let report = Simulation.run(seed: 1, transfers: 1)
        for _ in 1..<1000 { campaign.add(report) }
        #expect(!campaign.missing.isEmpty)
        #expect(!campaign.isSound)
    }

    @Test("keeps the lowest seed that failed")
    func lowest() {
        var campaign = Campaign()
        let reports = (UInt64(1)...40).map { Simulation.run(seed: $0, transfers: 6, mutant: .noSweeper) }
        for report in reports.reversed() { campaign.add(report) }
        #expect(campaign.failure?.seed == reports.first { $0.violation != nil }?.seed)
        #expect(campaign.failures == reports.count { $0.violation != nil })
    }
}

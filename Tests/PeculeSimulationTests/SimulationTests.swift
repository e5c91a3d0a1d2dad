import PeculeSimulation
import Testing

@Suite("The simulation")
struct SimulationTests {
    @Test("keeps every promise", arguments: [UInt64(1), 16, 31, 46])
    func sound(first: UInt64) {
        for seed in first..<(first + 15) {
            let report = Simulation.run(Simulation.Plan(seed: seed, transfers: 12))
            #expect(
                report.violation == nil,
                "pecule simulate --seed \(seed) --transfers 12: \(report.violation?.description ?? "")")
        }
    }

    @Test("tells the same twice, byte for byte, with or without a trace")
    func deterministic() {
        for seed in UInt64(1000)..<1030 {
            var plan = Simulation.Plan(seed: seed, transfers: 4, keepsTrace: true)
            let (one, other) = (Simulation.run(plan), Simulation.run(plan))
            #expect(one == other, "seed \(seed)")
            #expect(one.trace.text == other.trace.text, "seed \(seed)")
            plan.keepsTrace = false
            let silent = Simulation.run(plan)
            #expect(silent.trace.text.isEmpty)
            #expect(silent.faults == one.faults && silent.endings == one.endings, "seed \(seed)")
        }
    }

    @Test("tells another story for another seed")
    func seeds() {
        let traces = [UInt64(1), 2].map {
            Simulation.run(Simulation.Plan(seed: $0, transfers: 3, keepsTrace: true)).trace
        }
        #expect(traces[0] != traces[1])
        #expect(traces[0].digest != traces[1].digest)
    }

    @Test("names nobody in its trace")
    func nothingPersonal() {
        let text = Simulation.run(Simulation.Plan(seed: 7, transfers: 20, keepsTrace: true)).trace.text
        #expect(!text.isEmpty)
        for word in ["FR76", "camille", "Exemple", "relative", "SIM-", "Bearer", "state="] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test("lets only the transfers that are asked for be made")
    func only() {
        let report = Simulation.run(Simulation.Plan(seed: 3, transfers: 20, only: [4, 11]))
        #expect(report.violation == nil)
        #expect(report.endings.values.reduce(0, +) == 2)
    }
}

/// That every one is found is the matter of `pecule simulate --mutants`, which `Scripts/test` runs.
@Suite("A planted bug")
struct MutantTests {
    @Test("is shown by the shortest history")
    func shortest() throws {
        let hunt = MutantHunt.hunt(Simulation.Plan(seed: 1, transfers: 20, mutant: .canary), most: 50)
        let shortest = Shrinker.shortest(try #require(hunt.report))
        #expect(shortest.violation?.invariant == hunt.violation?.invariant)
        #expect((shortest.plan.only?.count ?? 20) < 10)
        #expect(!shortest.trace.text.isEmpty)
        #expect(Simulation.run(shortest.plan) == shortest)
    }
}

@Suite("A campaign")
struct CampaignTests {
    @Test("is not sound without every kind of trouble, once it had the time for it")
    func gaps() {
        var campaign = Campaign()
        let report = Simulation.run(Simulation.Plan(seed: 1, transfers: 100))
        for _ in 0..<999 { campaign.add(report) }
        #expect(campaign.gaps.isEmpty)
        campaign.add(report)
        #expect(!campaign.gaps.isEmpty)
        #expect(!campaign.isSound)
    }

    @Test("keeps the lowest seed that failed, and what each of the others broke")
    func lowest() {
        var campaign = Campaign()
        let reports = (UInt64(1)...20).map {
            Simulation.run(Simulation.Plan(seed: $0, transfers: 6, mutant: .noSweeper))
        }
        for report in reports.reversed() { campaign.add(report) }
        let failed = reports.filter { $0.violation != nil }
        #expect(campaign.failure?.plan.seed == failed.first?.plan.seed)
        #expect(campaign.violations.keys.sorted() == failed.map(\.plan.seed))
        #expect(failed.allSatisfy { campaign.violations[$0.plan.seed] == $0.violation })
    }
}

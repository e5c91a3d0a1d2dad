import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank

/// One run: a seed, a number of transfers, and what came of them.
///
/// Safety first: payers, gateways, network and banks do what the seed says for up to half an hour, and no promise may
/// be broken at any moment. Then liveness: the trouble ends, and every transfer has to end by itself.
public struct Simulation: Sendable {
    /// What one run shows.
    public struct Report: Sendable, Equatable {
        public let seed: UInt64
        public let violation: Violation?
        public let trace: Trace
        public let faults: [Fault: Int]
        public let transitions: [Transition: Int]
        /// How the transfers ended: `settled`, or the code of the failure.
        public let endings: [String: Int]
    }

    /// Milliseconds in which every transfer must end once payers and trouble have gone. Last, a bank may wait for its
    /// consent lifetime (15 minutes) for a confirmation and then hold the order for review (15 minutes more); ten
    /// minutes later, twice the gateway's longest wait, every word of the bank has been heard. A draft's half hour
    /// lies within it.
    static let patience = (15 + 15 + 10) * 60_000
    /// Far more jobs than any run needs: a run that goes on for ever ends here.
    private static let mostJobs = 3_000_000

    public static func run(seed: UInt64, transfers: Int, mutant: Mutant? = nil) -> Report {
        let world = World(seed: seed, transfers: transfers, mutant: mutant)
        if !world.executor.run(limit: mostJobs, { await play(world) }) {
            world.oracle.report("V4 no endless loop", nil, "\(mostJobs) jobs were not enough")
        }
        var faults = world.fired
        if world.executor.overtakings > 0 { faults[.overtaking] = world.executor.overtakings }
        return Report(
            seed: seed, violation: world.oracle.violation, trace: world.oracle.trace, faults: faults,
            transitions: world.oracle.transitions, endings: world.oracle.endings)
    }

    private static func play(_ world: World) async {
        let document = await world.bank.respond(to: HTTPRequest(.get, "/mock/banks"))
        let profiles = Town.known(try? BankProfile.list(parsing: document.body))
        let processes = (0..<(1 + world.executor.below(2))).map { GatewayProcess($0, in: world, profiles) }
        for process in processes { process.start() }
        await withDiscardingTaskGroup { group in
            for errand in world.town.errands {
                group.addTask { await SimulatedPayer(errand, in: world, processes).live() }
            }
        }
        await wait(until: world.calm, world)
        world.oracle.note("calm")
        let end = world.executor.time + patience
        while !world.oracle.areAllFinal, world.executor.time < end, world.oracle.violation == nil {
            await wait(until: world.executor.time + 5_000, world)
        }
        for process in processes { process.stop() }
        // What the bank may still do with payments that the gateway has given up, it does now.
        await wait(until: world.executor.time + patience, world)
        world.oracle.judge(world.store)
    }

    private static func wait(until time: Int, _ world: World) async {
        // Nobody cancels the simulation itself.
        _ = try? await world.executor.wait(time - world.executor.time)
    }
}

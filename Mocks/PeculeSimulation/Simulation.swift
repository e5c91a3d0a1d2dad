import Pecule

/// One run: a plan, and what came of it.
///
/// Safety first: payers, gateways, network and banks do what the seed says for some minutes, and no promise may be
/// broken at any moment. Then liveness: payers and trouble go, and every transfer has to end by itself within ten
/// minutes.
public struct Simulation: Sendable {
    /// What a run is made of.
    public struct Plan: Sendable, Hashable {
        public var seed: UInt64
        public var transfers: Int
        public var mutant: Mutant?
        /// Whether all that happens is written down. It changes nothing else.
        public var keepsTrace: Bool
        /// The transfers that are made, for the search for the shortest history; nil for all.
        public var only: Set<Int>?

        public init(
            seed: UInt64, transfers: Int, mutant: Mutant? = nil, keepsTrace: Bool = false, only: Set<Int>? = nil
        ) {
            self.seed = seed
            self.transfers = transfers
            self.mutant = mutant
            self.keepsTrace = keepsTrace
            self.only = only
        }
    }

    /// What one run shows.
    public struct Report: Sendable, Equatable {
        public let plan: Plan
        public let violation: Violation?
        public let trace: Trace
        public let faults: FaultCounts
        public let transitions: [Transition: Int]
        /// How the transfers ended: `settled`, or the code of the failure.
        public let endings: [String: Int]
    }

    /// Milliseconds in which every transfer must be final once payers and trouble have gone.
    static let patience = 10 * 60_000
    /// Far more jobs than any run needs: a run that goes on for ever ends here.
    private static let mostJobs = 3_000_000

    public static func run(_ plan: Plan) -> Report {
        let world = World(plan)
        if !world.executor.run(limit: mostJobs, { await play(world, plan) }) {
            world.oracle.report(.noLoop, nil, "\(mostJobs) jobs were not enough")
        }
        var faults = world.faults
        faults.add(.overtaking, world.executor.overtakings)
        return Report(
            plan: plan, violation: world.oracle.violation, trace: world.oracle.trace, faults: faults,
            transitions: world.oracle.transitions, endings: world.oracle.endings)
    }

    private static func play(_ world: World, _ plan: Plan) async {
        world.processes = (0..<(1 + world.executor.below(2))).map { GatewayProcess($0, in: world) }
        for process in world.processes { process.start() }
        for errand in world.town.errands where plan.only?.contains(errand.number) ?? true {
            world.executor.start { await SimulatedPayer(errand, in: world).live() }
        }
        world.executor.start { await Operator(world: world).watch() }
        await wait(until: world.calm, world)
        world.oracle.note("calm")
        let end = world.calm + patience
        // Whoever stands still or is down may take a minute to go on with what he was asked.
        await wait(until: world.calm + 65_000, world)
        while !world.oracle.areAllFinal, world.executor.time < end, world.oracle.violation == nil {
            await wait(until: world.executor.time + 5_000, world)
        }
        await judge(world)
    }

    private static func judge(_ world: World) async {
        for permit in world.town.permits { await judgeHistory(of: Town.known(permit.registeredBy), world) }
        world.stop()
        // What the bank may still do with payments that the gateway has given up, it does now.
        await wait(until: world.executor.time + patience, world)
        var store: any TransferStore = world.store
        if let opened = try? world.machine?.open().store { store = opened }
        await world.oracle.recover(from: store)
        await world.oracle.judge(store)
        guard world.oracle.violation == nil else { return }
        world.oracle.judge(await Auditor(world: world).findings(in: store))
    }

    private static func judgeHistory(of account: AccountID, _ world: World) async {
        var shown: [TransferSummary] = []
        var cursor: TransferHistory.Cursor?
        repeat {
            let after = cursor
            let answer = await world.processes.last?.call { gateway throws(PeculeError) in
                try await gateway.history(of: account, after: after, limit: 20)
            }
            guard case .success(let page) = answer else { return }
            shown += page.transfers
            cursor = page.next
        } while cursor != nil
        world.oracle.judge(history: shown, of: account)
    }

    private static func wait(until time: Int, _ world: World) async {
        await world.executor.wait(time - world.executor.time)
    }
}

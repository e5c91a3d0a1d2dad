import Pecule
import PeculeBanks

/// One life of a gateway process: from its start to its crash.
// One thread runs everything of one simulation.
final class Life: @unchecked Sendable {
    var isOver = false
    private var ends: [Int: @Sendable () -> Void] = [:]
    private var begun = 0

    func begin(_ end: @escaping @Sendable () -> Void) -> Int {
        begun += 1
        ends[begun] = end
        return begun
    }

    func finish(_ number: Int) { ends[number] = nil }

    /// Nothing that runs in this life has any effect from now on.
    func end() {
        isOver = true
        for number in ends.keys.sorted() { ends[number]?() }
    }
}

/// A process that runs a gateway and a sweeper, crashes at any await, and starts again on the same store.
// One thread runs everything of one simulation.
final class GatewayProcess: @unchecked Sendable {
    let world: World
    private let number: Int
    private let profiles: [BankProfile]
    private var life: Life?
    private var gateway: PeculeGateway?
    private var isStopped = false

    init(_ number: Int, in world: World, _ profiles: [BankProfile]) {
        self.number = number
        self.world = world
        self.profiles = profiles
    }

    func start() {
        guard !isStopped else { return }
        let life = Life()
        let store = SimulatedStore(process: self, life: life)
        let banks = profiles.map { profile -> any BankProvider in
            let bank = HTTPBank(
                profile, initiatingParty: "Simulation", transport: FaultyNetwork(process: self, life: life),
                environment: world.environment)
            return world.mutant.map { MutantBank(inner: bank, mutant: $0) } ?? bank
        }
        let gateway = PeculeGateway(
            store: store, permits: world.store, banks: Town.known(try? BankDirectory(banks)),
            returnAddresses: [Town.known(ReturnAddress(World.returnAddress))], environment: world.environment)
        (self.life, self.gateway) = (life, gateway)
        world.oracle.note("gateway \(number) starts")
        guard world.mutant != .noSweeper else { return }
        let pause = 2 + world.executor.below(8)
        let sweep = world.executor.start { await Sweeper(gateway).run(every: .seconds(pause)) }
        _ = life.begin { sweep.cancel() }
    }

    /// For good: what was to start again does not.
    func stop() {
        isStopped = true
        life?.end()
    }

    /// What the process answers; nil when it is down or goes down meanwhile.
    func call<Value: Sendable>(
        _ body: @escaping @Sendable (PeculeGateway) async throws(PeculeError) -> Value
    ) async -> Result<Value, PeculeError>? {
        guard let life, let gateway, !life.isOver else { return nil }
        let task = world.executor.start { () async -> Result<Value, PeculeError> in
            do throws(PeculeError) { return .success(try await body(gateway)) } catch { return .failure(error) }
        }
        let running = life.begin { task.cancel() }
        let result = await task.value
        life.finish(running)
        return life.isOver ? nil : result
    }

    /// An await of code that runs in this process: time passes, the clock may be set, the process may die.
    func pass(_ milliseconds: Int, in life: Life) async throws(CancellationError) {
        try await world.executor.wait(milliseconds)
        world.disturbClock()
        if !life.isOver, world.strikes(.crash) { crash(life) }
        if life.isOver { throw CancellationError() }
    }

    private func crash(_ life: Life) {
        world.oracle.note("gateway \(number) crashes")
        self.life = nil
        gateway = nil
        life.end()
        world.executor.start { [self] in
            // Nobody cancels this wait.
            _ = try? await world.executor.wait(1 + world.executor.below(60_000))
            start()
        }
    }
}

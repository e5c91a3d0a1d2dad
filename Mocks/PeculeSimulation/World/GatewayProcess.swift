import Foundation
import Pecule
import PeculeBanks
import PeculeSQLite

/// A process that runs a gateway and a sweeper on a machine with a clock of its own, stands still, crashes at any
/// await, and starts again on the same store.
// One thread runs everything of one simulation.
final class GatewayProcess: @unchecked Sendable {
    let world: World
    private let number: Int
    private var life: Life?
    private var gateway: PeculeGateway?
    private var isStopped = false
    /// What this machine's clock shows beside the true time, in milliseconds.
    private var clockOffset = 0

    /// A clock is never more wrong than this. Set back by an hour, it would keep the sweeper from every deadline
    /// written before, until it has caught up.
    private static let worstClock = 30_000

    init(_ number: Int, in world: World) {
        self.number = number
        self.world = world
        if world.executor.below(4) == 0 { clockOffset = world.executor.below(2 * 10_000) - 10_000 }
    }

    func start() {
        guard !isStopped else { return }
        let life = Life()
        guard open(for: life) else { return startLater() }
        let environment = environment(life)
        let banks = world.profiles.map { profile -> any BankProvider in
            let bank = HTTPBank(
                profile, initiatingParty: "Simulation", transport: FaultyNetwork(process: self, life: life),
                environment: environment)
            return world.mutant.map { MutantBank(inner: bank, mutant: $0) } ?? bank
        }
        let gateway = PeculeGateway(
            store: SimulatedStore(process: self, life: life), permits: world.store,
            banks: Town.known(try? BankDirectory(banks)),
            returnAddresses: [Town.known(ReturnAddress(World.returnAddress))], environment: environment,
            patience: Town.patience)
        (self.life, self.gateway) = (life, gateway)
        world.oracle.note("gateway \(number) starts")
        if clockOffset != 0 { world.count(.clockSkew) }
        sweep(gateway, life)
        if let store = life.store { world.executor.start { [world] in await world.oracle.recover(from: store) } }
    }

    private func open(for life: Life) -> Bool {
        guard let machine = world.machine else { return true }
        do throws(SQLiteStoreError) { (life.store, life.owner) = try machine.open() } catch {
            world.oracle.note("gateway \(number) does not start: \(error)")
        }
        world.checkPower()
        return life.store != nil && !machine.disk.isOff
    }

    /// The power of its machine fails.
    func lose() {
        if let life { crash(life) }
    }

    private func sweep(_ gateway: PeculeGateway, _ life: Life) {
        guard world.mutant != .noSweeper else { return }
        let pause = 2 + world.executor.below(8)
        let stopsOnFault = world.mutant == .sweeperStopsOnFault
        world.executor.start {
            guard stopsOnFault else { return await Sweeper(gateway).run(every: .seconds(pause)) }
            while (try? await Sweeper(gateway).sweep()) != nil {
                guard (try? await self.wait(pause * 1000, in: life)) != nil else { return }
            }
        }
    }

    /// For good: what was to start again does not.
    func stop() {
        isStopped = true
        if let life { end(life) }
        (life, gateway) = (nil, nil)
    }

    /// What the process answers; nil when it is down or goes down meanwhile.
    func call<Value>(
        _ body: (PeculeGateway) async throws(PeculeError) -> Value
    ) async -> Result<Value, PeculeError>? {
        guard let life, let gateway else { return nil }
        let result: Result<Value, PeculeError>
        do throws(PeculeError) { result = .success(try await body(gateway)) } catch { result = .failure(error) }
        return life.isOver ? nil : result
    }

    // MARK: Its machine

    private func environment(_ life: Life) -> Environment {
        Environment(
            now: { self.now },
            sleep: { try await self.wait(Int($0 / .milliseconds(1)), in: life) },
            randomBytes: { count in
                guard self.world.mutant != .predictableSecrets else { return Array(repeating: 7, count: count) }
                return self.world.executor.bytes(count)
            })
    }

    var now: Date {
        let time = world.mutant == .stoppedClock ? 0 : world.executor.time + clockOffset
        return world.start.addingTimeInterval(TimeInterval(time) / 1000)
    }

    private func wait(_ milliseconds: Int, in life: Life) async throws(CancellationError) {
        await world.executor.wait(milliseconds, in: life)
        while !life.isOver, life.pausedUntil > world.executor.time {
            await world.executor.wait(life.pausedUntil - world.executor.time, in: life)
        }
        if life.isOver { throw CancellationError() }
    }

    /// An await of code that runs in this process: time passes, the clock may be set, the process may stand still or
    /// die.
    func pass(_ milliseconds: Int, in life: Life) async throws(CancellationError) {
        try await wait(milliseconds, in: life)
        guard world.isTroubled else { return }
        disturbClock()
        if world.hasRoom, world.strikes(.doubleStart) { world.startAnother(self) }
        if world.strikes(.crash) { crash(life) }
        if world.strikes(.pause) {
            life.pausedUntil = world.executor.time + 1_000 + world.executor.below(60_000)
            try await wait(0, in: life)
        }
        if life.isOver { throw CancellationError() }
    }

    private func disturbClock() {
        let step = 1 + world.executor.below(45_000)
        if world.strikes(.clockForward) { clockOffset = min(Self.worstClock, clockOffset + step) }
        if world.strikes(.clockBack) { clockOffset = max(-Self.worstClock, clockOffset - step) }
    }

    private func crash(_ life: Life) {
        world.oracle.note("gateway \(number) crashes")
        self.life = nil
        gateway = nil
        world.machine?.disk.kill(life.owner)
        end(life)
        guard world.mutant != .neverStartsAgain else { return }
        startLater()
    }

    private func end(_ life: Life) {
        life.end()
        world.executor.wake(life)
    }

    private func startLater() {
        world.executor.start { [self] in
            await world.executor.wait(1 + world.executor.below(60_000))
            start()
        }
    }

    /// Another process in the same role, beside this one: each takes the other for dead.
    func double() -> GatewayProcess { GatewayProcess(number, in: world) }
}

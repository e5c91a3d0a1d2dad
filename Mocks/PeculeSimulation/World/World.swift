import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank

/// Everything that one simulation shares: time and chance, the mock bank, the gateway's durable store, its processes,
/// and those who watch.
// One thread runs everything of one simulation.
final class World: @unchecked Sendable {
    static let bankOrigin = "http://127.0.0.1:1001"
    static let returnAddress = "http://127.0.0.1:1002/retour"

    let executor: SeededExecutor
    let rates: FaultRates
    let mutant: Mutant?
    let bank: MockBank
    let town: Town
    let store: InMemoryStore
    let oracle: Oracle
    /// The real time at which the simulation starts; only the gateway's clock ever differs from it.
    let start: Date
    /// When the trouble ends.
    let calm: Int
    /// Payers come within this time: spread over minutes, or all in the same instant.
    let rush: Int
    /// What the gateway's clock shows beside the true time, in milliseconds.
    var clockOffset = 0
    private(set) var fired: [Fault: Int] = [:]
    private var downUntil: [Substring: Int] = [:]

    init(seed: UInt64, transfers: Int, mutant: Mutant?) {
        let executor = SeededExecutor(seed: seed)
        self.executor = executor
        self.mutant = mutant
        rates = FaultRates(from: executor)
        calm = (5 + executor.below(25)) * 60_000
        rush = [300_000, 60_000, 500, 5][executor.below(4)]
        let start = Town.someDay(executor)
        self.start = start
        bank = MockBank(
            baseURL: Self.bankOrigin,
            clock: { start.addingTimeInterval(TimeInterval(executor.time) / 1000) },
            random: { executor.bytes($0) })
        town = Town(seed: seed, transfers: transfers, executor)
        store = InMemoryStore(establishments: town.establishments, permits: town.permits)
        oracle = Oracle(bank: bank, orders: town.errands, executor)
    }

    var isTroubled: Bool { executor.time < calm }

    /// Whether this goes wrong now; counts it.
    func strikes(_ fault: Fault) -> Bool {
        guard isTroubled, executor.happens(rates[fault]) else { return false }
        count(fault)
        return true
    }

    func count(_ fault: Fault) { fired[fault, default: 0] += 1 }

    /// A clock of the gateway's machine that somebody sets; never more than a minute wrong. Set back by an hour, it
    /// would keep the sweeper from every deadline written before, until it has caught up.
    func disturbClock() {
        if strikes(.clockForward) { clockOffset = min(60_000, clockOffset + 1 + executor.below(90_000)) }
        if strikes(.clockBack) { clockOffset = max(-60_000, clockOffset - 1 - executor.below(90_000)) }
    }

    func bankIsDown(_ bank: Substring) -> Bool {
        if let until = downUntil[bank], executor.time < until, isTroubled { return true }
        guard strikes(.bankDown) else { return false }
        downUntil[bank] = executor.time + 10_000 + executor.below(300_000)
        return true
    }

    /// Of what no gateway did.
    let correlation = Town.known(CorrelationID("simulation"))

    var environment: Environment {
        Environment(
            now: { self.start.addingTimeInterval(TimeInterval(self.executor.time + self.clockOffset) / 1000) },
            sleep: { try await self.executor.wait(Int($0 / .milliseconds(1))) },
            randomBytes: { self.executor.bytes($0) })
    }
}

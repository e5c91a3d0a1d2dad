import FoundationEssentials
import PeculeHTTP
import Synchronization

/// One place with its banks: what the control routes work on. Nothing of it is seen from another place.
final class Desk: Sendable {
    struct Snapshot: Sendable {
        let banks: [String: BankState]
        let offset: TimeInterval
    }

    let books: BankBooks
    let clock: VirtualClock
    let randomness: Randomness
    let journal = Journal()
    let recorder = Recorder()
    let gate: TrustGate
    /// Carries notifications; nil sends none.
    let transport: (any HTTPTransport)?
    private let seed: Mutex<Seed>
    private let snapshots = Mutex<[String: Snapshot]>([:])

    static let maximumSnapshots = 50

    init(
        _ seed: Seed, clock: VirtualClock, randomness: Randomness, baseURL: String,
        transport: (any HTTPTransport)? = nil
    ) {
        (self.clock, self.randomness, self.transport, gate) = (clock, randomness, transport, seed.gate)
        books = BankBooks(
            seed.banks(at: baseURL, now: clock.now), baseURL: baseURL, clock: { clock.now },
            random: { randomness.bytes($0) })
        self.seed = Mutex(seed)
    }

    /// As it was at the start: customers, balances and time; no payment, no request, no scenario.
    func reset() {
        clock.setOffset(0)
        randomness.restart(seed: nil)
        journal.clear()
        let (seed, now) = (currentSeed, clock.now)
        books.replace { seed.banks(at: $0, now: now) }
    }

    /// Changes what the banks are made of, and makes them anew.
    func reseed<Failure: Error>(_ change: (inout Seed) throws(Failure) -> Void) throws(Failure) {
        try seed.withLock { (seed) throws(Failure) in try change(&seed) }
        reset()
    }

    /// What a new place beside this one is made of.
    var currentSeed: Seed { seed.withLock { $0 } }

    /// Makes scenarios known to the banks that are, and to those that will be.
    func learn(_ change: (inout ScenarioCatalogue) throws(ScenarioError) -> Void) throws(ScenarioError) {
        let catalogue = try seed.withLock { (seed) throws(ScenarioError) in
            try change(&seed.catalogue)
            return seed.catalogue
        }
        books.changeAll { $0.catalogue = catalogue }
    }

    /// False when there are too many.
    func save(_ name: String) -> Bool {
        let snapshot = Snapshot(banks: books.all, offset: clock.offset)
        return snapshots.withLock { snapshots in
            guard snapshots[name] != nil || snapshots.count < Self.maximumSnapshots else { return false }
            snapshots[name] = snapshot
            return true
        }
    }

    /// Books and clock as they were saved. Requests received stay listed.
    func restore(_ name: String) -> Bool {
        guard let snapshot = snapshots.withLock({ $0[name] }) else { return false }
        clock.setOffset(snapshot.offset)
        books.replace { _ in Array(snapshot.banks.values) }
        return true
    }

    var snapshotNames: [String] { snapshots.withLock { $0.keys.sorted() } }
}

import FoundationEssentials
import Synchronization

/// The books of all banks behind one lock: whoever enters finds them at the present moment.
final class BankBooks: Sendable {
    private let banks: Mutex<[String: BankState]>
    private let place: Mutex<String>
    private let clock: @Sendable () -> Date
    private let random: @Sendable (Int) -> [UInt8]

    init(
        _ states: [BankState], baseURL: String, clock: @escaping @Sendable () -> Date,
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        banks = Mutex(Dictionary(uniqueKeysWithValues: states.map { ($0.profile.id, $0) }))
        place = Mutex(baseURL)
        self.clock = clock
        self.random = random
    }

    /// Nil when there is no such bank.
    func enter<Answer: Sendable, Failure: Error>(
        _ bank: String, _ body: (inout BankState, inout Moment) throws(Failure) -> Answer
    ) throws(Failure) -> Answer? {
        var moment = Moment(now: clock(), random: random(Moment.randomBytes))
        return try banks.withLock { (states) throws(Failure) -> Answer? in
            guard let place = states.index(forKey: bank) else { return nil }
            states.values[place].advance(to: moment.now)
            return try body(&states.values[place], &moment)
        }
    }

    /// For what needs no randomness; nil when there is no such bank.
    func change<Answer: Sendable, Failure: Error>(
        _ bank: String, _ body: (inout BankState, Date) throws(Failure) -> Answer
    ) throws(Failure) -> Answer? {
        let now = clock()
        return try banks.withLock { (states) throws(Failure) -> Answer? in
            guard let place = states.index(forKey: bank) else { return nil }
            states.values[place].advance(to: now)
            return try body(&states.values[place], now)
        }
    }

    /// What one bank's books say now; nil when there is no such bank.
    func look<Answer: Sendable>(at bank: String, _ read: (BankState) -> Answer) -> Answer? {
        change(bank) { state, _ in read(state) }
    }

    func all<Answer: Sendable>(_ read: (BankState) -> [Answer]) -> [Answer] {
        let now = clock()
        return banks.withLock { states in
            states.keys.sorted().flatMap { bank in
                states[bank]?.advance(to: now)
                return states[bank].map(read) ?? []
            }
        }
    }

    func changeAll<Failure: Error>(_ body: (inout BankState) throws(Failure) -> Void) throws(Failure) {
        try banks.withLock { (states) throws(Failure) in
            for bank in states.keys.sorted() {
                if var state = states[bank] {
                    try body(&state)
                    states[bank] = state
                }
            }
        }
    }

    /// Where these banks are reached.
    var baseURL: String { place.withLock { $0 } }

    /// Copies of them, for later.
    var all: [String: BankState] { banks.withLock { $0 } }

    /// Puts other banks in place of these.
    func replace(_ make: (_ baseURL: String) -> [BankState]) {
        let states = make(baseURL)
        banks.withLock { $0 = Dictionary(uniqueKeysWithValues: states.map { ($0.profile.id, $0) }) }
        move(to: baseURL)
    }

    func move(to baseURL: String) {
        place.withLock { $0 = baseURL }
        banks.withLock { states in
            for bank in states.keys { states[bank]?.address = "\(baseURL)/\(bank)" }
        }
    }
}

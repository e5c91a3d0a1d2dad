import FoundationEssentials
import PeculeHTTP
import PeculeMockBank
import Synchronization

/// A mock bank whose time and randomness are the test's.
final class World: Sendable {
    let bank: MockBank
    private let clock = Clock()

    static let baseURL = "http://127.0.0.1:8080"
    /// 2026-02-12T08:41:07Z
    static let start = Date(timeIntervalSince1970: 1_770_885_667)

    init(
        seed: UInt64 = 1, baseURL: String = World.baseURL, payees: PayeeDirectory = .seed,
        profiles: [MockBankProfile] = MockBankProfile.fictional, trust: MockBankTrust? = nil,
        transport: (any HTTPTransport)? = nil
    ) {
        let random = Mutex(Random(seed: seed))
        bank = MockBank(
            baseURL: baseURL, profiles: profiles, payees: payees, trust: trust, transport: transport,
            clock: { [clock] in clock.now.withLock { $0 } },
            random: { count in random.withLock { $0.bytes(count) } })
    }

    private final class Clock: Sendable {
        let now = Mutex(World.start)
    }

    func advance(by seconds: TimeInterval) { clock.now.withLock { $0 += seconds } }

    func send(_ request: HTTPRequest) async -> HTTPResponse { await bank.respond(to: request) }

    /// The sum of every balance that the ledger tells of: zero, or money was made.
    var imbalance: Int {
        var balances: [String: Int] = [:]
        for entry in bank.ledger() {
            balances[entry.bank + entry.debited, default: 0] -= entry.amountCents
            balances[entry.bank + entry.credited, default: 0] += entry.amountCents
        }
        return balances.values.reduce(0, +)
    }

    func debits(of payment: String) -> [MockBank.LedgerEntry] {
        bank.ledger().filter { $0.paymentID == payment && $0.kind == "execution" }
    }

    func balance(_ owner: String, at bank: String, account index: Int = 0) -> Int {
        self.bank.accounts().filter { $0.owner == owner && $0.bank == bank }[index].balanceCents
    }
}

/// SplitMix64: small, seeded, good enough to draw tests from.
struct Random: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}

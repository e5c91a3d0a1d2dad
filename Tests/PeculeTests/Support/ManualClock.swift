import Foundation
import Pecule
import Synchronization

/// Time that only a test moves. Sleeping on it either moves it at once or lets it stand still.
final class ManualClock: Sendable {
    enum Sleep { case advances, standsStill }

    private let moment: Mutex<Date>
    private let sleep: Sleep

    init(_ start: Date = paris("2026-11-20 10:00"), sleep: Sleep = .advances) {
        moment = Mutex(start)
        self.sleep = sleep
    }

    var now: Date { moment.withLock { $0 } }

    /// Negative: the clock is set back.
    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }

    func set(_ date: Date) { moment.withLock { $0 = date } }

    func environment(seed: UInt64 = 1) -> Environment {
        let random = Mutex(SplitMix(seed))
        return Environment(
            now: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                if self.sleep == .advances { self.advance(duration / .seconds(1)) }
                await Task.yield()
            },
            randomBytes: { count in random.withLock { random in (0..<count).map { _ in UInt8(random.below(256)) } } }
        )
    }
}

/// A wall-clock time in Paris, `yyyy-MM-dd HH:mm`.
func paris(_ text: String) -> Date {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "Europe/Paris")
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    guard let date = formatter.date(from: text) else { preconditionFailure("not a time in Paris: \(text)") }
    return date
}

/// A small generator that replays from its seed on every machine (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// True once in so many times.
    mutating func once(in times: Int) -> Bool { below(times) == 0 }
}

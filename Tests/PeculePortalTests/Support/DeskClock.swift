import Foundation
import Pecule
import Synchronization

/// Time that only a test moves, and bytes that repeat from run to run.
final class DeskClock: Sendable {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_795_000_000))
    private let drawn = Mutex(UInt64(1))

    var now: Date { moment.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }

    func advance(days: Int) { advance(TimeInterval(days) * 86_400) }

    var environment: Environment {
        Environment(
            now: { self.now }, sleep: { self.advance($0 / .seconds(1)) },
            randomBytes: { count in (0..<count).map { _ in self.byte() } })
    }

    /// SplitMix64.
    private func byte() -> UInt8 {
        drawn.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return UInt8(truncatingIfNeeded: mixed ^ (mixed >> 31))
        }
    }
}

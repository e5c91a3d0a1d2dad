import Foundation
import Pecule
import Synchronization

/// The system's time, plus the minutes that the demonstration does not want to sit through. Gateway and mock bank
/// share it.
final class DemoClock: Sendable {
    private let skipped = Mutex<TimeInterval>(0)

    func now() -> Date { Environment.system.now().addingTimeInterval(skipped.withLock { $0 }) }

    func skip(_ seconds: TimeInterval) { skipped.withLock { $0 += seconds } }

    var environment: Environment {
        Environment(now: { self.now() }, sleep: Environment.system.sleep, randomBytes: Environment.system.randomBytes)
    }
}

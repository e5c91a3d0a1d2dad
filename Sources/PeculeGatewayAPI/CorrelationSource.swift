import Pecule
import Synchronization

/// New correlation ids. Each has to differ from all others and is no secret, so that many are drawn at a time: every
/// draw is a call to the kernel, and every request wants one.
final class CorrelationSource: Sendable {
    private let environment: Environment
    private let drawn = Mutex<[UInt8]>([])
    private static let drawnAtOnce = 256

    init(_ environment: Environment) { self.environment = environment }

    func next() -> CorrelationID {
        CorrelationID { count in
            drawn.withLock { drawn in
                if drawn.count < count { drawn = environment.randomBytes(Self.drawnAtOnce) }
                defer { drawn.removeLast(count) }
                return Array(drawn.suffix(count))
            }
        }
    }
}

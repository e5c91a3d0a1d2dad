import PeculeCrypto
import Synchronization

/// Where identifiers, tokens and codes come from: the world's randomness, or a seed that gives the same ones again.
final class Randomness: Sendable {
    private struct Seeded {
        let key: [UInt8]
        var drawn = 0
    }

    private let seeded: Mutex<Seeded?>
    private let world: @Sendable (Int) -> [UInt8]

    init(_ world: @escaping @Sendable (Int) -> [UInt8], seed: String? = nil) {
        self.world = world
        seeded = Mutex(seed.map { Seeded(key: Array($0.utf8)) })
    }

    func bytes(_ count: Int) -> [UInt8] {
        seeded.withLock { seeded in
            guard let key = seeded?.key, var drawn = seeded?.drawn else { return world(count) }
            var bytes: [UInt8] = []
            while bytes.count < count {
                drawn += 1
                bytes += HMACSHA256.authenticationCode(for: "\(drawn)".utf8, key: key)
            }
            seeded?.drawn = drawn
            return Array(bytes.prefix(count))
        }
    }

    /// Begins again with a seed; nil leaves things as they began.
    func restart(seed: String?) {
        seeded.withLock { seeded in
            if let key = seed.map({ Array($0.utf8) }) ?? seeded?.key { seeded = Seeded(key: key) }
        }
    }
}

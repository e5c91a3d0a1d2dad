public import Foundation

/// The world as the gateway may know it: time, waiting, randomness. Passed in, so that tests and simulations own it.
public struct Environment: Sendable {
    /// Wall-clock time: what is written down.
    public let now: @Sendable () -> Date
    /// Waits; throws when the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void
    /// That many bytes nobody can guess.
    public let randomBytes: @Sendable (Int) -> [UInt8]

    public init(
        now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.now = now
        self.sleep = sleep
        self.randomBytes = randomBytes
    }

    /// The real world: the system's clock, in whole milliseconds because that is what stores keep, and its
    /// cryptographic generator.
    public static let system = Environment(
        now: { Date(timeIntervalSince1970: (Date().timeIntervalSince1970 * 1000).rounded(.down) / 1000) },
        sleep: { try await Task.sleep(for: $0) },
        randomBytes: { count in
            // As many at a time as the kernel gives at once: every draw is a call to it.
            [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
                while initialized < count {
                    let piece = min(256, count - initialized)
                    let code = getentropy(bytes.baseAddress.map { $0 + initialized }, piece)
                    precondition(code == 0, "the kernel has a generator")
                    initialized += piece
                }
            }
        }
    )
}

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
            var generator = SystemRandomNumberGenerator()
            // Eight bytes at a time: every draw is a call to the kernel.
            let words = (0..<(count + 7) / 8).map { _ in generator.next() as UInt64 }
            return Array(words.flatMap { word in withUnsafeBytes(of: word, Array.init) }.prefix(count))
        }
    )
}

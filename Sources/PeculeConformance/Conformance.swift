import Pecule

/// What every `BankProvider` has to keep, as cases that anyone can run from any test framework:
///
///     try await Conformance.check(MyWorld())
///
/// A world is a bank that the test steers, and the provider that reaches it. Each case gets a fresh one.
public enum Conformance {
    /// How the cases went.
    public struct Outcome: Sendable {
        /// By name, in the order in which they were played.
        public internal(set) var passed: [String] = []
        /// Those that the world cannot play, or that say nothing about this bank.
        public internal(set) var skipped: [String] = []
        public internal(set) var failed: [Failure] = []
    }

    /// A case that the provider does not keep.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        public let name: String
        public let problem: String

        public var description: String { "\(name): \(problem)" }
    }

    /// The cases that failed: never empty.
    public struct Failures: Error, CustomStringConvertible {
        public let all: [Failure]

        public var description: String { all.map(\.description).joined(separator: "\n") }
    }

    /// The names of all cases.
    public static var names: [String] { cases.map(\.name) }

    /// Plays every case.
    /// - Returns: what was played; a case that the world cannot play is skipped, and named.
    /// - Throws: `Failures`, each by name.
    @discardableResult
    public static func check(_ world: some ConformanceWorld) async throws -> Outcome {
        let outcome = await run(world)
        if !outcome.failed.isEmpty { throw Failures(all: outcome.failed) }
        return outcome
    }

    /// The same, for those who look at the outcome themselves.
    public static func run(_ world: some ConformanceWorld) async -> Outcome {
        var outcome = Outcome()
        for one in cases {
            do {
                try await one.play(try await world.stage())
                outcome.passed.append(one.name)
            } catch is NotPlayed {
                outcome.skipped.append(one.name)
            } catch {
                let problem = (error as? Violation)?.problem ?? "stopped by \(error)"
                outcome.failed.append(Failure(name: one.name, problem: problem))
            }
        }
        return outcome
    }

    static let cases = openings + courses + proofs + losses + troubles + lies + gateways
}

/// One promise of a provider.
struct ConformanceCase: Sendable {
    let name: String
    let play: @Sendable (any ConformanceStage) async throws -> Void

    init(_ name: String, _ play: @escaping @Sendable (any ConformanceStage) async throws -> Void) {
        (self.name, self.play) = (name, play)
    }
}

/// What a provider did that it may not do.
struct Violation: Error {
    let problem: String
}

/// The world cannot bring this about.
struct NotPlayed: Error {}

func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws {
    guard condition else { throw Violation(problem: problem()) }
}

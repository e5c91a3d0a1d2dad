import Foundation
import Pecule
import Testing

/// 20,000 walks of a transfer, each drawn from its seed. `PECULE_SEED=123 swift test` walks one again.
@Suite struct WalkTests {
    @Test(arguments: 0..<8)
    func moneyMovesOnceOrNotAtAll(_ part: UInt64) {
        var seen: [String: Int] = [:]
        for seed in Self.seeds(of: part) {
            var walk = Walk(seed: seed)
            do {
                try walk.run()
            } catch {
                Issue.record("PECULE_SEED=\(seed): \(error)")
                return
            }
            for sight in walk.sights { seen[sight, default: 0] += 1 }
        }
        guard Self.replayed == nil else { return }
        // What a walk never met, it did not test.
        for sight in ["settled", "failed", "not sent", "answer lost", "lie", "alarm", "confirmation refused"] {
            #expect(seen[sight, default: 0] >= 50, "\(sight)")
        }
    }

    @Test func aSeedReplays() throws {
        var (one, other) = (Walk(seed: 7), Walk(seed: 7))
        try one.run()
        try other.run()
        #expect(one.transfer == other.transfer)
    }

    private static let replayed = ProcessInfo.processInfo.environment["PECULE_SEED"].flatMap(UInt64.init)

    private static func seeds(of part: UInt64) -> Range<UInt64> {
        if let replayed { return part == 0 ? replayed..<replayed + 1 : 0..<0 }
        return part * 2_500..<(part + 1) * 2_500
    }
}

import FoundationEssentials

/// A length of time as a scenario writes it: `500ms`, `30s`, `15m`, `2h`, `3d`.
struct ScenarioTime: Sendable, Equatable {
    let milliseconds: Int

    private static let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
    private static let longest = 366 * 86_400_000

    init(milliseconds: Int) { self.milliseconds = milliseconds }

    init(seconds: TimeInterval) { milliseconds = Int((seconds * 1000).rounded()) }

    /// Nil for anything but a whole number and a unit, from 1 ms to 366 days.
    init?(_ text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), let unit = Self.units.first(where: { $0.0 == text.dropFirst(digits.count) }),
            (1...Self.longest / unit.1).contains(number)
        else { return nil }
        milliseconds = number * unit.1
    }

    var seconds: TimeInterval { TimeInterval(milliseconds) / 1000 }
    var duration: Duration { .milliseconds(milliseconds) }

    /// In the largest unit that needs no fraction.
    var text: String {
        let unit = Self.units.last { milliseconds.isMultiple(of: $0.1) } ?? Self.units[0]
        return "\(milliseconds / unit.1)\(unit.0)"
    }
}

import FoundationEssentials

/// A duration as ISO 8601 writes it: `P3M`, `P1Y2M10DT2H30M`, `PT15M`, `P2W`. Months have the length they have.
struct CalendarDuration: Sendable, Equatable {
    private(set) var months = 0
    private(set) var days = 0
    private(set) var seconds = 0

    private static let longestYears = 10

    /// Nil for anything else, and for more than ten years.
    init?(_ text: String) {
        guard text.first == "P", text.count > 1 else { return nil }
        let halves = text.dropFirst().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard read(halves[0], units: "YMWD"), halves.count == 1 || !halves[1].isEmpty,
            halves.count == 1 || read(halves[1], units: "HmS", as: "HMS")
        else { return nil }
        guard months <= 12 * Self.longestYears, days <= 366 * Self.longestYears,
            seconds <= 366 * 86_400 * Self.longestYears
        else { return nil }
    }

    /// Reads `1Y2M…`: each unit at most once, in this order.
    private mutating func read(_ text: Substring, units: String, as written: String? = nil) -> Bool {
        var rest = text
        for (unit, sign) in zip(units, written ?? units) {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard rest.dropFirst(digits.count).first == sign else { continue }
            guard let number = Int(digits), number < 1_000_000_000 else { return false }
            add(number, unit)
            rest = rest.dropFirst(digits.count + 1)
        }
        return rest.isEmpty
    }

    private mutating func add(_ number: Int, _ unit: Character) {
        switch unit {
        case "Y": months += 12 * number
        case "M": months += number
        case "W": days += 7 * number
        case "D": days += number
        case "H": seconds += 3600 * number
        case "m": seconds += 60 * number
        default: seconds += number
        }
    }

    /// In UTC; the last day of a month stays within a shorter one.
    func added(to date: Date) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        if let utc = TimeZone(secondsFromGMT: 0) { calendar.timeZone = utc }
        let later = calendar.date(byAdding: .month, value: months, to: date) ?? date
        return later + TimeInterval(days * 86_400 + seconds)
    }
}

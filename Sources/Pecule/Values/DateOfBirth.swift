public import Foundation

/// The day a person was born, as civil status writes it.
public struct DateOfBirth: Sensitive, Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// - Parameter text: `yyyy-MM-dd`, a day of the calendar; `00` for a day, or a day and a month, that nobody knows.
    /// Nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
        let numbers = parts.compactMap { Digits.value($0.utf8) }
        guard numbers.count == 3, numbers[0] >= 1850, numbers[1] > 0 || numbers[2] == 0 else { return nil }
        let components = DateComponents(year: numbers[0], month: max(numbers[1], 1), day: max(numbers[2], 1))
        guard components.isValidDate(in: ParisCalendar.calendar) else { return nil }
        (year, month, day) = (numbers[0], numbers[1], numbers[2])
    }

    /// `yyyy-MM-dd`.
    public var revealed: String { "\(year)-\(Digits.two(month))-\(Digits.two(day))" }

    public var mask: String { "birth date •••" }

    /// Full years at a moment, in Paris; negative for who is not born yet. Who was born on 29 February is a year older
    /// on 1 March of other years; a day that nobody knows counts as the first.
    public func age(at moment: Date) -> Int {
        let today = ParisCalendar.calendar.dateComponents([.year, .month, .day], from: moment)
        guard let thisYear = today.year, let thisMonth = today.month, let thisDay = today.day else { return 0 }
        let hasHadBirthday = (thisMonth, thisDay) >= (month, day)
        return thisYear - year - (hasHadBirthday ? 0 : 1)
    }

    /// Under 18.
    public func isMinor(at moment: Date) -> Bool { age(at: moment) < 18 }
}

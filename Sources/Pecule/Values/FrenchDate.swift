package import Foundation

/// Moments as relatives read them, in Paris.
package enum FrenchDate {
    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    /// `1er mars 2027`.
    package static func day(_ moment: Date) -> String {
        let parts = ParisCalendar.calendar.dateComponents([.year, .month, .day], from: moment)
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return "" }
        return "\(day == 1 ? "1er" : String(day)) \(months[month - 1]) \(year)"
    }

    /// `9 h 05`, which no line's end divides.
    package static func time(_ moment: Date) -> String {
        let parts = ParisCalendar.calendar.dateComponents([.hour, .minute], from: moment)
        guard let hour = parts.hour, let minute = parts.minute else { return "" }
        return "\(hour)\u{A0}h\u{A0}\(Digits.two(minute))"
    }

    /// `1er mars 2027 à 9 h 05`.
    package static func dayAndTime(_ moment: Date) -> String { "\(day(moment)) à \(time(moment))" }

    /// `01/03/2027 09:05`, for tables of other programs.
    package static func numbers(_ moment: Date) -> String {
        let parts = ParisCalendar.calendar.dateComponents([.year, .month, .day, .hour, .minute], from: moment)
        guard let year = parts.year, let month = parts.month, let day = parts.day, let hour = parts.hour,
            let minute = parts.minute
        else { return "" }
        return "\(Digits.two(day))/\(Digits.two(month))/\(year) \(Digits.two(hour)):\(Digits.two(minute))"
    }

    /// The same day so many calendar months later; the last day of a month that has no such day.
    package static func months(_ count: Int, after moment: Date) -> Date {
        ParisCalendar.calendar.date(byAdding: .month, value: count, to: moment) ?? moment
    }
}

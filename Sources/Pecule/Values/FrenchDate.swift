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

    /// `1er mars 2027 à 9 h 05`.
    package static func dayAndTime(_ moment: Date) -> String {
        let parts = ParisCalendar.calendar.dateComponents([.hour, .minute], from: moment)
        guard let hour = parts.hour, let minute = parts.minute else { return day(moment) }
        return "\(day(moment)) à \(hour) h \(minute < 10 ? "0\(minute)" : String(minute))"
    }

    /// The same day so many calendar months later; the last day of a month that has no such day.
    package static func months(_ count: Int, after moment: Date) -> Date {
        ParisCalendar.calendar.date(byAdding: .month, value: count, to: moment) ?? moment
    }
}

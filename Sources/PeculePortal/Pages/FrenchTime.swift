import Foundation

/// How people in France read days and hours, in Paris.
enum FrenchTime {
    /// `27 novembre 2026`
    static func day(_ date: Date) -> String { day.string(from: date) }
    /// `27 novembre 2026 à 21:34`
    static func moment(_ date: Date) -> String { "\(day(date)) à \(hour.string(from: date))" }
    /// `21:34`
    static func hour(_ date: Date) -> String { hour.string(from: date) }
    /// `27/11/2026 21:34`, for tables of other programs.
    static func numbers(_ date: Date) -> String { numbers.string(from: date) }

    private static let day = formatter("d MMMM yyyy")
    private static let hour = formatter("HH:mm")
    private static let numbers = formatter("dd/MM/yyyy HH:mm")

    private static func formatter(_ format: String) -> DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "fr_FR")
        formatter.timeZone = TimeZone(identifier: "Europe/Paris")
        formatter.dateFormat = format
        return formatter
    }
}

import Foundation

/// How people in France read days and hours, in Paris.
enum FrenchTime {
    /// `27 novembre 2026`
    static func day(_ date: Date) -> String { day.string(from: date) }
    /// `27 novembre 2026 à 21:34`
    static func moment(_ date: Date) -> String { "\(day(date)) à \(hour(date))" }
    /// `21:34`
    static func hour(_ date: Date) -> String {
        let minutes = (Int(date.timeIntervalSince1970.rounded(.down)) + paris.secondsFromGMT(for: date)) / 60
        return "\(two(minutes / 60 % 24)):\(two(minutes % 60))"
    }
    /// `27/11/2026 21:34`, for tables of other programs.
    static func numbers(_ date: Date) -> String { numbers.string(from: date) }

    private static let day = formatter("d MMMM yyyy")
    private static let paris = numbers.timeZone ?? .gmt
    private static let numbers = formatter("dd/MM/yyyy HH:mm")

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func formatter(_ format: String) -> DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "fr_FR")
        formatter.timeZone = TimeZone(identifier: "Europe/Paris")
        formatter.dateFormat = format
        return formatter
    }
}

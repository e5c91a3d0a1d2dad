import Foundation
import Testing

@testable import PeculeAudit

@Suite("A day in Paris") struct ParisDayTests {
    @Test(
        "changes at midnight there, in summer and in winter",
        arguments: [
            (1_793_487_599_999, 20_261_031), (1_793_487_600_000, 20_261_101), (1_772_319_599_999, 20_260_228),
            (1_772_319_600_000, 20_260_301), (1_782_856_799_999, 20_260_630), (1_782_856_800_000, 20_260_701),
            (951_778_800_000, 20_000_229), (0, 19_700_101), (-7_200_000, 19_691_231),
        ])
    func edges(_ milliseconds: Int, number: Int) {
        #expect(ParisDay(milliseconds: milliseconds).number == number)
    }

    @Test("is that of the calendar, hour by hour for a year", arguments: [2024, 2026, 2027])
    func calendar(_ year: Int) throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "Europe/Paris"))
        let first = try #require(calendar.date(from: DateComponents(year: year, month: 1, day: 1)))
        for hour in 0..<(366 * 24) {
            let date = first + TimeInterval(hour * 3600)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let number = (parts.year ?? 0) * 10_000 + (parts.month ?? 0) * 100 + (parts.day ?? 0)
            let found = ParisDay(milliseconds: Int(date.timeIntervalSince1970) * 1000).number
            guard found == number else { return #expect(found == number, "hour \(hour)") }
        }
    }
}

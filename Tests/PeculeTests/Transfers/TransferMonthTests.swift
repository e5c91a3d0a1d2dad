import Foundation
import Pecule
import Testing

@Suite("The month of a transfer")
struct TransferMonthTests {
    @Test("is the calendar's, in Paris, from 1970 to 2100")
    func months() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "Europe/Paris"))
        for day in stride(from: 0, to: 47_500, by: 1) {
            // Around the hours at which a day begins in Paris.
            for hour in [21.5, 22.5, 23.5] {
                let date = Date(timeIntervalSince1970: Double(day) * 86_400 + hour * 3600)
                let parts = calendar.dateComponents([.year, .month], from: date)
                let month = TransferMonth(of: date)
                #expect(month.year == parts.year && month.month == parts.month, "\(date)")
            }
        }
    }
}

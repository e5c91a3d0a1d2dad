import Foundation
import Pecule
import Testing

@Suite("Dates and hours as relatives read them")
struct FrenchDateTests {
    /// The moment in UTC; what is read in Paris.
    static let rows = [
        ("2026-11-27T20:34:59Z", "27 novembre 2026 à 21\u{A0}h\u{A0}34", "27/11/2026 21:34"),
        ("2026-12-01T08:05:00Z", "1er décembre 2026 à 9\u{A0}h\u{A0}05", "01/12/2026 09:05"),
        ("2026-07-31T22:00:00Z", "1er août 2026 à 0\u{A0}h\u{A0}00", "01/08/2026 00:00"),
        ("2028-02-29T11:59:59Z", "29 février 2028 à 12\u{A0}h\u{A0}59", "29/02/2028 12:59"),
        ("2026-10-25T00:30:00Z", "25 octobre 2026 à 2\u{A0}h\u{A0}30", "25/10/2026 02:30"),
        ("2026-10-25T01:30:00Z", "25 octobre 2026 à 2\u{A0}h\u{A0}30", "25/10/2026 02:30"),
        ("1969-12-31T22:59:59Z", "31 décembre 1969 à 23\u{A0}h\u{A0}59", "31/12/1969 23:59"),
    ]

    @Test("in words and in numbers, in Paris", arguments: rows)
    func moment(_ utc: String, words: String, numbers: String) throws {
        let moment = try Date(utc, strategy: .iso8601)
        #expect(FrenchDate.dayAndTime(moment) == words)
        #expect(FrenchDate.numbers(moment) == numbers)
    }
}

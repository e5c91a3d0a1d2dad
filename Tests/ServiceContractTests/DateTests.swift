import Foundation
import Testing

@testable import PeculeClient

@Suite("Times in the gateway's answers")
struct DateTests {
    @Test(
        "A time is read to the millisecond, on the day that Foundation's calendar has for it",
        arguments: [
            "1970-01-01T00:00:00.000Z", "1999-12-31T23:59:59.999Z", "2000-02-29T12:00:00.001Z",
            "2026-03-29T01:00:00.125Z", "2026-11-28T05:51:22.500Z", "2100-02-28T00:00:00.000Z",
            "2100-03-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
        ])
    func reads(_ text: String) throws {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let read = try #require(Date(milliseconds: text))
        #expect(abs(read.timeIntervalSince(try Date(text, strategy: format))) < 0.000_5)
        #expect((read.timeIntervalSince1970 * 1000).rounded() / 1000 == read.timeIntervalSince1970)
    }

    @Test("Every day of four centuries follows the day before")
    func everyDay() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var day = try #require(Date(milliseconds: "1970-01-01T00:00:00.000Z"))
        for _ in 0..<146_097 {
            let parts = calendar.dateComponents([.year, .month, .day], from: day)
            let two = { (part: Int?) in String(100 + (part ?? 0)).suffix(2) }
            let text = "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))T00:00:00.000Z"
            #expect(Date(milliseconds: text) == day, "\(text)")
            day.addTimeInterval(86_400)
        }
    }

    @Test(
        "What is no such time is refused",
        arguments: [
            "", "2026-11-28T05:51:22Z", "2026-11-28T05:51:22.500+01:00", "2026-11-28 05:51:22.500Z",
            "2026-02-29T00:00:00.000Z", "2100-02-29T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
            "2026-00-01T00:00:00.000Z", "2026-04-31T00:00:00.000Z", "2026-11-28T24:00:00.000Z",
            "2026-11-28T05:60:22.500Z", "2026-11-28T05:51:60.000Z", "2026-11-28T05:51:22.5é",
            "-026-11-28T05:51:22.500Z", "0000-01-01T00:00:00.000Z",
        ])
    func refuses(_ text: String) { #expect(Date(milliseconds: text) == nil) }
}

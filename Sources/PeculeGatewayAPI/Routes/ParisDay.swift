import Foundation
import Pecule

/// A day as payers mean it, `2026-11-27`, in Paris.
struct ParisDay {
    let start: Date
    /// The start of the day after.
    let end: Date

    init?(_ text: String) {
        guard text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil, let calendar = Self.calendar else { return nil }
        let parts = text.split(separator: "-").compactMap { Int($0) }
        let components = DateComponents(year: parts[0], month: parts[1], day: parts[2])
        // What is no day of the calendar would be moved to one that is.
        guard components.isValidDate(in: calendar), let start = calendar.date(from: components),
            let end = calendar.date(byAdding: .day, value: 1, to: start)
        else { return nil }
        (self.start, self.end) = (start, end)
    }

    private static let calendar: Calendar? = TimeZone(identifier: "Europe/Paris").map { zone in
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }
}

extension TransferHistory.Cursor {
    /// Before everything that was drafted earlier than this.
    init?(before end: Date) {
        guard let last = TransferID(String(repeating: "z", count: 35)) else { return nil }
        self.init(draftedAt: end, id: last)
    }
}

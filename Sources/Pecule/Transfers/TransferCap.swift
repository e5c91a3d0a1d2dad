public import Foundation

/// What an establishment lets a detained person receive (flyer: « le montant peut être plafonné »).
public struct TransferCap: Sendable, Hashable {
    public let perTransfer: Amount?
    /// Over one calendar month in Paris, all payers together.
    public let perMonth: Amount?

    public init(perTransfer: Amount? = nil, perMonth: Amount? = nil) {
        self.perTransfer = perTransfer
        self.perMonth = perMonth
    }

    /// The most that one transfer may be at all: what to show before the payer types.
    public var most: Amount {
        [perTransfer, perMonth, .largest].compactMap(\.self).min() ?? .largest
    }
}

/// A calendar month, Europe/Paris.
public struct TransferMonth: Sendable, Hashable {
    public let year: Int
    public let month: Int

    public init(of date: Date) {
        let zone = ParisCalendar.calendar.timeZone
        let days = (date.timeIntervalSince1970 + TimeInterval(zone.secondsFromGMT(for: date))) / 86_400
        (year, month) = Self.civil(daysSince1970: Int(days.rounded(.down)))
    }

    /// The Gregorian month of a day, by arithmetic (Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013):
    /// years begin with March, so that the leap day is their last. Every write of a transfer asks for it.
    private static func civil(daysSince1970: Int) -> (year: Int, month: Int) {
        let day = daysSince1970 + 719_468
        let era = (day >= 0 ? day : day - 146_096) / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let isNextYear = monthFromMarch >= 10
        return (yearOfEra + era * 400 + (isNextYear ? 1 : 0), monthFromMarch + (isNextYear ? -9 : 3))
    }

    /// Year × 100 + month: sortable, and one column.
    public var number: Int { year * 100 + month }
}

/// What a store must uphold in the same transaction as the write it comes with: in `month`, the amounts of the
/// detainee's transfers that were sent to a bank and have not failed stay within `limit`, this one included.
public struct MonthlyAllowance: Sendable, Hashable {
    public let detainee: DetaineeAccount
    public let month: TransferMonth
    public let limit: Amount

    public init(detainee: DetaineeAccount, month: TransferMonth, limit: Amount) {
        self.detainee = detainee
        self.month = month
        self.limit = limit
    }
}

enum ParisCalendar {
    static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        guard let paris = TimeZone(identifier: "Europe/Paris") else {
            preconditionFailure("this system has no time zone data for Europe/Paris")
        }
        calendar.timeZone = paris
        return calendar
    }()
}

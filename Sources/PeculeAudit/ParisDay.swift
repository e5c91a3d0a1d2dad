/// A calendar day in Europe/Paris, by the rule of Directive 2000/84/EC: summer time from the last Sunday of
/// March to the last Sunday of October, each at 01:00 UTC. By hand: a wrong time zone file then fools one side alone.
struct ParisDay: Hashable {
    /// Year × 10,000 + month × 100 + day.
    let number: Int

    /// Year × 100 + month.
    var month: Int { number / 100 }

    init(milliseconds: Int) {
        let seconds = Self.floor(milliseconds, 1000)
        let year = Self.civil(days: Self.floor(seconds, 86_400)).year
        let isSummer = seconds >= Self.change(year, 3) && seconds < Self.change(year, 10)
        let local = Self.civil(days: Self.floor(seconds + (isSummer ? 7200 : 3600), 86_400))
        number = local.year * 10_000 + local.month * 100 + local.day
    }

    /// 01:00 UTC on the last Sunday of a month of 31 days.
    private static func change(_ year: Int, _ month: Int) -> Int {
        let last = days(year, month, 31)
        // Day 0, 1970-01-01, was a Thursday.
        let weekday = (last % 7 + 7 + 4) % 7
        return (last - weekday) * 86_400 + 3600
    }

    /// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin with March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + floor(year, 4) - floor(year, 100) + floor(year, 400) + dayOfYear - 719_468
    }

    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let days = days + 719_468
        let era = floor(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func floor(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-(value + 1)) / divisor + 1)
    }
}

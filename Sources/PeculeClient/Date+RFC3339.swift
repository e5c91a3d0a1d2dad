import Foundation

extension Date {
    /// A time as every answer of the gateway has it, in UTC with milliseconds: `2026-11-27T08:05:00.125Z`. Read here,
    /// since Foundation's reader of all such forms costs more than the rest of a short answer; nil for other forms.
    init?(milliseconds text: String) {
        let digits = Array(text.utf8)
        let marks: [(place: Int, mark: Unicode.Scalar)] = [
            (4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z"),
        ]
        guard digits.count == 24, marks.allSatisfy({ digits[$0.place] == UInt8(ascii: $0.mark) }) else { return nil }
        func number(_ places: Range<Int>) -> Int? {
            digits[places].reduce(0) { sum, digit in
                sum.flatMap { (48...57).contains(digit) ? $0 * 10 + Int(digit) - 48 : nil }
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let millisecond = number(20..<23), hour < 24, minute < 60, second < 60,
            let days = Self.days(year, month, day)
        else { return nil }
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
        // To the millisecond that was meant: a fraction has no exact binary form.
        self.init(timeIntervalSince1970: TimeInterval(seconds * 1000 + millisecond) / 1000)
    }

    /// From 1970 to a day of the Gregorian calendar; nil for one that it does not have. Counted from the first of March
    /// of the year 0, so that a leap day ends its year.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard year > 0, (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
        let counted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return counted * 365 + counted / 4 - counted / 100 + counted / 400 + dayOfYear - 719_468
    }
}

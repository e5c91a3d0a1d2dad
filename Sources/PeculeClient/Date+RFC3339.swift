import Foundation

extension Date {
    /// A time as every answer of the gateway has it, in UTC with milliseconds: `2026-11-27T08:05:00.125Z`. Read here,
    /// since Foundation's reader of all such forms costs more than the rest of a short answer; nil for other forms.
    init?(milliseconds text: String) {
        var text = text
        guard let milliseconds = text.withUTF8(Self.milliseconds) else { return nil }
        // To the millisecond that was meant: a fraction has no exact binary form.
        self.init(timeIntervalSince1970: TimeInterval(milliseconds) / 1000)
    }

    private static let marks = Array("0000-00-00T00:00:00.000Z".utf8)

    private static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count == marks.count else { return nil }
        for (byte, mark) in zip(text, marks) {
            guard mark == UInt8(ascii: "0") ? (48...57).contains(byte) : byte == mark else { return nil }
        }
        func number(_ places: Range<Int>) -> Int { places.reduce(0) { $0 * 10 + Int(text[$1]) - 48 } }
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard hour < 24, minute < 60, second < 60, let days = days(number(0..<4), number(5..<7), number(8..<10))
        else { return nil }
        return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + number(20..<23)
    }

    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    /// From 1970 to a day of the Gregorian calendar; nil for one that it does not have. Counted from the first of March
    /// of the year 0, so that a leap day ends its year.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        guard year > 0, (1...12).contains(month), day > 0, day <= (isLeap && month == 2 ? 29 : lengths[month - 1])
        else { return nil }
        let counted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return counted * 365 + counted / 4 - counted / 100 + counted / 400 + dayOfYear - 719_468
    }
}

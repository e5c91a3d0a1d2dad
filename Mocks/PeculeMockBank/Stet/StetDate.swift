import FoundationEssentials

/// Date-times of the standard (RFC 3339, section 5.6).
enum StetDate {
    /// Seconds since 1970, fraction dropped; nil for anything that is not a complete date-time.
    static func seconds(_ text: String) -> Int? {
        var rest = Array(text.utf8)[...]
        func take(_ mark: UInt8) -> Bool {
            guard rest.first == mark else { return false }
            rest = rest.dropFirst()
            return true
        }
        func number(_ width: Int) -> Int? {
            let digits = rest.prefix(width)
            rest = rest.dropFirst(width)
            guard digits.count == width, digits.allSatisfy(isDigit) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        func number(_ width: Int, after mark: UInt8) -> Int? { take(mark) ? number(width) : nil }
        let (dash, colon) = (UInt8(ascii: "-"), UInt8(ascii: ":"))
        guard let year = number(4), let month = number(2, after: dash), let day = number(2, after: dash),
            let hour = number(2, after: UInt8(ascii: "T")), let minute = number(2, after: colon),
            let second = number(2, after: colon),
            year >= 1970, (1...12).contains(month), (1...daysIn(month, year)).contains(day), hour < 24, minute < 60,
            second < 61
        else { return nil }
        if take(UInt8(ascii: ".")) {
            let digits = rest.prefix(while: isDigit)
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(digits.count)
        }
        var offset = 0
        if !take(UInt8(ascii: "Z")) {
            let sign = rest.first == dash ? -1 : 1
            guard let hours = number(2, after: sign < 0 ? dash : UInt8(ascii: "+")),
                let minutes = number(2, after: colon), hours < 24, minutes < 60
            else { return nil }
            offset = sign * (hours * 60 + minutes) * 60
        }
        guard rest.isEmpty else { return nil }
        return days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func daysIn(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the Gregorian calendar, years counted from March so that leap days come last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let (shiftedYear, shiftedMonth) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        return shiftedYear * 365 + leapDays + (153 * shiftedMonth + 2) / 5 + day - 1 - 719_468
    }
}

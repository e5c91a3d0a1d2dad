import FoundationEssentials

/// Date-times of the standard (RFC 3339, section 5.6).
enum StetDate {
    /// Seconds since 1970, fraction dropped; nil for anything that is not a complete date-time.
    static func seconds(_ text: String) -> Int? {
        var rest = text[...]
        func number(_ width: Int, after mark: String) -> Int? {
            guard rest.hasPrefix(mark), rest.utf8.count >= mark.utf8.count + width else { return nil }
            let digits = rest.dropFirst(mark.count).prefix(width)
            rest = rest.dropFirst(mark.count + width)
            return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
        }
        guard let year = number(4, after: ""), let month = number(2, after: "-"), let day = number(2, after: "-"),
            let hour = number(2, after: "T"), let minute = number(2, after: ":"), let second = number(2, after: ":"),
            year >= 1970, (1...12).contains(month), (1...daysIn(month, year)).contains(day), hour < 24, minute < 60,
            second < 61
        else { return nil }
        if rest.hasPrefix(".") {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(1 + digits.count)
        }
        var offset = 0
        if rest.hasPrefix("+") || rest.hasPrefix("-") {
            let sign = rest.hasPrefix("+") ? 1 : -1
            guard let hours = number(2, after: sign > 0 ? "+" : "-"), let minutes = number(2, after: ":"),
                hours < 24, minutes < 60
            else { return nil }
            offset = sign * (hours * 60 + minutes) * 60
        } else {
            guard rest.hasPrefix("Z") else { return nil }
            rest = rest.dropFirst()
        }
        guard rest.isEmpty else { return nil }
        return days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

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

import PeculeHTTP

/// How long a bank asks to be left alone (RFC 9110, section 10.2.3), at most a day.
enum RetryAfter {
    static func duration(_ response: HTTPResponse) -> Duration? {
        guard let text = response.fields["Retry-After"] else { return nil }
        return (delay(text) ?? untilDate(text, response)).map { .seconds(min($0, 86_400)) }
    }

    /// Digits alone; more of them than a number holds is long enough.
    private static func delay(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text) ?? .max
    }

    /// By the bank's own clock, so that nobody's need be right; without its `Date` a date says nothing.
    private static func untilDate(_ text: String, _ response: HTTPResponse) -> Int? {
        guard let end = HTTPDate.seconds(text), let now = response.fields["Date"].flatMap(HTTPDate.seconds) else {
            return nil
        }
        return max(0, end - now)
    }
}

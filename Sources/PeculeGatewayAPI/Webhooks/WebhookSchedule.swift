import Foundation
import PeculeHTTP

/// When a message that was not taken is sent again: the schedule of Standard Webhooks, ten attempts over three days.
enum WebhookSchedule {
    /// Seconds after each attempt.
    private static let pauses = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    /// A receiver may ask for no more than that, in seconds.
    private static let longest = 86_400

    /// Seconds to wait after that many attempts; nil after the last.
    /// - Parameters:
    ///   - wish: what the receiver asked for, in seconds.
    ///   - bytes: randomness that lengthens the pause by up to a fifth, so that not all come back at once.
    static func pause(after attempts: Int, wish: Int?, random bytes: (Int) -> [UInt8]) -> TimeInterval? {
        guard (1...pauses.count).contains(attempts) else { return nil }
        let share = bytes(2).reduce(0) { $0 << 8 | Int($1) }
        let milliseconds = pauses[attempts - 1] * 1000 + pauses[attempts - 1] * 200 * share / 65_536
        return max(TimeInterval(milliseconds) / 1000, TimeInterval(wish ?? 0))
    }

    /// Seconds until a receiver wants to hear of us again (`Retry-After`: RFC 9110, section 10.2.3).
    static func wish(of response: HTTPResponse, at now: Date) -> Int? {
        guard let text = response.fields["Retry-After"] else { return nil }
        let isCount = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let seconds = isCount ? Int(text) ?? longest : HTTPDate.seconds(text).map { $0 - now.milliseconds / 1000 }
        return seconds.map { min(max($0, 0), longest) }
    }
}

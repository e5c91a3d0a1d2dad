public import Foundation
import PeculeHTTP

/// One line of the delivery log: what was sent, and what came of it.
public struct WebhookAttempt: Sendable, Hashable {
    /// What the attempt means for its event.
    public enum Outcome: String, Sendable {
        case delivered
        /// To be tried again.
        case failed
        /// The last of its attempts failed: this event is not sent again.
        case givenUp = "given_up"
        /// The receiver answered 410: nothing is sent to it any more.
        case gone
    }

    /// The event's id, `webhook-id` on the wire.
    public let event: String
    public let at: Date
    /// From 1 for each event.
    public let number: Int
    public let outcome: Outcome
    /// The answer's status; nil without an answer.
    public let status: Int?
    /// Why no answer came.
    public let fault: String?
    /// When it is tried again.
    public let next: Date?

    /// How long the log keeps a line.
    static let memory: TimeInterval = 30 * 24 * 3600
    static let kind = "webhook-attempt"

    /// The newest of a webhook comes first.
    func itemID(of webhook: String, random bytes: (Int) -> [UInt8]) -> String {
        let rest = String(9_999_999_999_999 - at.milliseconds)
        let nonce = bytes(4).map { String(format: "%02x", $0) }.joined()
        return "\(webhook)/\(String(repeating: "0", count: max(0, 13 - rest.count)))\(rest)-\(nonce)"
    }
}

extension WebhookAttempt: TextItem {
    var json: JSON {
        let members: [(String, JSON?)] = [
            ("event", .string(event)), ("at", .integer(at.milliseconds)), ("attempt", .integer(number)),
            ("outcome", .string(outcome.rawValue)), ("status", status.map(JSON.integer)),
            ("fault", fault.map(JSON.string)), ("next", next.map { .integer($0.milliseconds) }),
        ]
        return .object(members.compactMap { name, value in value.map { (name, $0) } })
    }

    init?(_ json: JSON) {
        guard let event = json["event"]?.string, let at = json["at"]?.integer, let number = json["attempt"]?.integer,
            let outcome = json["outcome"]?.string.flatMap(Outcome.init)
        else { return nil }
        self.init(
            event: event, at: Date(milliseconds: at), number: number, outcome: outcome, status: json["status"]?.integer,
            fault: json["fault"]?.string, next: json["next"]?.integer.map(Date.init(milliseconds:)))
    }
}

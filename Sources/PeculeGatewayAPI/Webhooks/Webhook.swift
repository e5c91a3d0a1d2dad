public import Foundation
import PeculeCrypto
import PeculeHTTP

/// One client's wish to be told of its transfers.
public struct Webhook: Sendable, Hashable {
    /// Whether anything is sent to it.
    public enum State: String, Sendable {
        case active
        /// The receiver answered 410: it wants nothing more. Only a new webhook brings it back.
        case gone
        /// Nothing has arrived for days. What comes meanwhile is kept until the client enables it again.
        case stopped = "disabled"
    }

    public let id: String
    /// The API client to which it belongs.
    public let client: ClientName
    public let url: String
    public let createdAt: Date
    public internal(set) var state = State.active
    /// What new messages are signed with.
    private(set) var secret: WebhookSecret
    /// The secret before, which signs beside it for a while.
    private(set) var oldSecret: WebhookSecret?
    private(set) var oldSecretEnds: Date?
    /// The receiver asked to be left alone until then.
    var pausedUntil: Date?
    /// When the first attempt failed after the last that arrived; nil while they arrive.
    private(set) var failingSince: Date?

    init(id: String, client: ClientName, url: String, secret: WebhookSecret, at now: Date) {
        (self.id, self.client, self.url, self.secret, createdAt) = (id, client, url, secret, now)
    }

    /// How long a secret still signs after the next one came.
    static let overlap: TimeInterval = 24 * 3600

    mutating func rotate(to next: WebhookSecret, at now: Date) {
        (oldSecret, oldSecretEnds, secret) = (secret, now + Self.overlap, next)
    }

    /// For how long everything may fail, in seconds: less than the attempts of one event last, so that none is given up
    /// because of a receiver that is away.
    static let patience: TimeInterval = 3 * 24 * 3600

    /// What one attempt says of the whole receiver.
    mutating func note(_ attempt: WebhookAttempt) {
        guard attempt.outcome != .delivered else { return failingSince = nil }
        let since = min(failingSince ?? attempt.at, attempt.at)
        failingSince = since
        if attempt.outcome == .gone { state = .gone }
        if state == .active, isGivenUp(at: attempt.at) { state = .stopped }
    }

    /// Whether nothing has arrived for so long that a further failure is the last.
    func isGivenUp(at now: Date) -> Bool { failingSince.map { now.timeIntervalSince($0) >= Self.patience } ?? false }

    mutating func enable() { (state, failingSince, pausedUntil) = (.active, nil, nil) }

    /// Why nothing is sent to it.
    public var reason: String? {
        switch state {
        case .active: nil
        case .gone: "the receiver has answered 410"
        case .stopped: "every attempt has failed" + (failingSince.map { " since \($0.formatted(.iso8601))" } ?? "")
        }
    }

    func secrets(at now: Date) -> [WebhookSecret] {
        guard let oldSecret, let oldSecretEnds, now < oldSecretEnds else { return [secret] }
        return [secret, oldSecret]
    }
}

extension Webhook: TextItem {
    static let kind = "webhook"

    /// All of one client stand together. The name of a client has no colon.
    static func itemID(_ id: String, of client: ClientName) -> String { "\(client):\(id)" }

    var json: JSON {
        let members: [(String, JSON?)] = [
            ("id", .string(id)), ("client", .string(client.text)), ("url", .string(url)),
            ("created", .integer(createdAt.milliseconds)), ("state", .string(state.rawValue)),
            ("secret", .string(secret.revealed)), ("old_secret", oldSecret.map { .string($0.revealed) }),
            ("old_secret_ends", oldSecretEnds.map { .integer($0.milliseconds) }),
            ("paused_until", pausedUntil.map { .integer($0.milliseconds) }),
            ("failing_since", failingSince.map { .integer($0.milliseconds) }),
        ]
        return .object(members.compactMap { name, value in value.map { (name, $0) } })
    }

    init?(_ json: JSON) {
        guard let id = json["id"]?.string, let client = json["client"]?.string.flatMap(ClientName.init),
            let url = json["url"]?.string, let secret = json["secret"]?.string.flatMap(WebhookSecret.init),
            let created = json["created"]?.integer, let state = json["state"]?.string.flatMap(State.init)
        else { return nil }
        self.init(id: id, client: client, url: url, secret: secret, at: Date(milliseconds: created))
        self.state = state
        oldSecret = json["old_secret"]?.string.flatMap(WebhookSecret.init)
        oldSecretEnds = json["old_secret_ends"]?.integer.map(Date.init(milliseconds:))
        pausedUntil = json["paused_until"]?.integer.map(Date.init(milliseconds:))
        failingSince = json["failing_since"]?.integer.map(Date.init(milliseconds:))
    }
}

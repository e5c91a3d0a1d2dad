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

    init(id: String, client: ClientName, url: String, secret: WebhookSecret, at now: Date) {
        (self.id, self.client, self.url, self.secret, createdAt) = (id, client, url, secret, now)
    }

    /// How long a secret still signs after the next one came.
    static let overlap: TimeInterval = 24 * 3600

    mutating func rotate(to next: WebhookSecret, at now: Date) {
        (oldSecret, oldSecretEnds, secret) = (secret, now + Self.overlap, next)
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
    }
}

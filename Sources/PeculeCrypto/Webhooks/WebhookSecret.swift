/// The key that both ends of a webhook share, as Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in base 64.
///
/// Printing it shows a mask; `revealed` is for the one who is to keep it.
public struct WebhookSecret: Sendable, Hashable {
    public let revealed: String
    private let key: [UInt8]

    private static let prefix = "whsec_"

    /// Nil for a text in any other form.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let key = Base64.decode(text.dropFirst(Self.prefix.count)),
            (24...64).contains(key.count)
        else { return nil }
        (revealed, self.key) = (text, key)
    }

    /// A new one of 256 random bits. Give each receiver its own.
    public init(random bytes: (Int) -> [UInt8] = SecureRandom.bytes) {
        key = bytes(32)
        revealed = Self.prefix + Base64.encode(key)
    }

    func code(id: String, timestamp: Int, body: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticationCode(for: Array("\(id).\(timestamp).".utf8) + body, key: key)
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(Self.prefix)•••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// The header fields of a webhook (Standard Webhooks 1.0.0, "Webhook headers").
public struct WebhookHeaders: Sendable, Hashable {
    /// Names the event, the same at each attempt: receivers remember it.
    public let id: String
    /// When this attempt was made, in seconds since 1970-01-01T00:00:00Z.
    public let timestamp: Int
    /// One signature for each secret, so that a receiver may change its secret at its leisure.
    public let signature: String

    /// Signs a body. Precondition: the id has no full stop and there is a secret.
    public init(signing body: [UInt8], id: String, at timestamp: Int, with secrets: [WebhookSecret]) {
        precondition(!id.isEmpty && !id.contains(".") && !secrets.isEmpty, "id and secrets make the signature")
        let codes = secrets.map { $0.code(id: id, timestamp: timestamp, body: body) }
        signature = codes.map { "v1,\(Base64.encode($0))" }.joined(separator: " ")
        (self.id, self.timestamp) = (id, timestamp)
    }

    /// Names and values as they go on the wire.
    public var fields: [(name: String, value: String)] {
        [("webhook-id", id), ("webhook-timestamp", String(timestamp)), ("webhook-signature", signature)]
    }
}

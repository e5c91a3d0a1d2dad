public import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP

/// A backend that calls the gateway, by name: 1 to 32 of `a-z 0-9 -`. Accounts and transfers are its own.
public struct ClientName: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        // Byte by byte: every request brings one.
        let isPlain = text.utf8.allSatisfy { byte in
            ("a"..."z").contains(Unicode.Scalar(byte)) || ("0"..."9").contains(Unicode.Scalar(byte)) || byte == 0x2D
        }
        guard isPlain, (1...32).contains(text.utf8.count), !text.hasPrefix("-"), !text.hasSuffix("-")
        else { return nil }
        self.text = text
    }

    public var description: String { text }
}

/// What a caller shows to be let in: `pec_<client>_<id>_<secret>`, or `pet_…` for a token. Only a hash of it is kept.
public struct APIKey: Sensitive, Hashable {
    /// Made by an operator, or for some minutes against a client's assertion.
    enum Kind: String {
        case lasting = "pec"
        case token = "pet"

        /// As which a store keeps them.
        var stored: String { self == .lasting ? KeptKey.kind : "access-token" }
    }

    public let revealed: String
    let kind: Kind
    let client: ClientName
    /// Names the key in lists and logs: `<client>_<id>`.
    let id: String

    /// Nil for what is not of that form.
    public init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let kind = Kind(rawValue: parts[0]), let client = ClientName(parts[1]),
            parts[2].utf8.count == 8, parts[3].utf8.count == 43
        else { return nil }
        (revealed, self.kind, self.client, id) = (text, kind, client, "\(client)_\(parts[2])")
    }

    /// A new key of 256 random bits.
    init?(_ kind: Kind = .lasting, of client: ClientName, random bytes: (Int) -> [UInt8]) {
        self.init("\(kind.rawValue)_\(client)_\(Identifier.hex(bytes(4)))_\(Base64URL.encode(bytes(32)))")
    }

    public var mask: String { "\(kind.rawValue)_\(id)_•••" }

    /// Unsalted: a secret of 256 random bits is in no table.
    var hash: [UInt8] { SHA256.digest(revealed.utf8) }
}

/// What is kept of a key.
public struct KeptKey: Sendable, Hashable {
    /// `<client>_<id>`
    public let id: String
    public let client: ClientName
    public let scopes: Set<Scope>
    public let createdAt: Date
    /// Nil for a key that lasts.
    public let endsAt: Date?
    let hash: [UInt8]
}

extension KeptKey: TextItem {
    static let kind = "api-key"

    init?(_ json: JSON) {
        guard let id = json["id"]?.string, let client = json["client"]?.string.flatMap(ClientName.init),
            let hash = json["hash"]?.string.flatMap({ Base64URL.decode($0) }), let created = json["created"]?.integer
        else { return nil }
        let scopes = json["scopes"]?.array?.compactMap { $0.string.flatMap(Scope.init) } ?? []
        self.init(
            id: id, client: client, scopes: Set(scopes), createdAt: Date(milliseconds: created),
            endsAt: json["ends"]?.integer.map(Date.init(milliseconds:)), hash: hash)
    }

    var json: JSON {
        var members: [JSON.Member] = [
            ("id", .string(id)), ("client", .string(client.text)), ("hash", .string(Base64URL.encode(hash))),
            ("scopes", .array(scopes.map(\.rawValue).sorted().map(JSON.string))),
            ("created", .integer(createdAt.milliseconds)),
        ]
        if let endsAt { members.append(("ends", .integer(endsAt.milliseconds))) }
        return .object(members)
    }

    /// The same key, which ends then if it does not end before.
    func ending(at time: Date) -> KeptKey {
        KeptKey(
            id: id, client: client, scopes: scopes, createdAt: createdAt, endsAt: min(time, endsAt ?? time),
            hash: hash)
    }
}

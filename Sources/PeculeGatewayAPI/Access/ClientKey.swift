public import Foundation
import PeculeCrypto
import PeculeHTTP

/// A public key with which a client proves who it is (`private_key_jwt`, RFC 7523).
public struct ClientKey: Sendable {
    /// `<client>_<id>`, the `kid` of its assertions.
    public let id: String
    public let client: ClientName
    public let scopes: Set<Scope>
    public let createdAt: Date
    let key: PublicKey
}

/// The certificate of a client: with one, each of its calls has to come over a connection that shows it (RFC 8705).
public struct ClientCertificate: Sendable {
    public let id: String
    public let client: ClientName
    public let createdAt: Date
    /// SHA-256 of the certificate (`x5t#S256`).
    let thumbprint: [UInt8]
}

extension ClientKey: TextItem {
    static let kind = "client-key"

    init?(_ json: JSON) {
        guard let id = json["id"]?.string, let client = json["client"]?.string.flatMap(ClientName.init),
            let key = json["key"]?.string.flatMap({ PublicKey(pem: $0) }), let created = json["created"]?.integer
        else { return nil }
        let scopes = json["scopes"]?.array?.compactMap { $0.string.flatMap(Scope.init) } ?? []
        self.init(id: id, client: client, scopes: Set(scopes), createdAt: Date(milliseconds: created), key: key)
    }

    var json: JSON {
        [
            "id": .string(id), "client": .string(client.text), "key": .string(key.pem),
            "scopes": .array(scopes.map(\.rawValue).sorted().map(JSON.string)),
            "created": .integer(createdAt.milliseconds),
        ]
    }
}

extension ClientCertificate: TextItem {
    static let kind = "client-certificate"

    init?(_ json: JSON) {
        guard let id = json["id"]?.string, let client = json["client"]?.string.flatMap(ClientName.init),
            let thumbprint = json["thumbprint"]?.string.flatMap({ Base64URL.decode($0) }),
            let created = json["created"]?.integer
        else { return nil }
        self.init(id: id, client: client, createdAt: Date(milliseconds: created), thumbprint: thumbprint)
    }

    var json: JSON {
        [
            "id": .string(id), "client": .string(client.text), "thumbprint": .string(Base64URL.encode(thumbprint)),
            "created": .integer(createdAt.milliseconds),
        ]
    }
}

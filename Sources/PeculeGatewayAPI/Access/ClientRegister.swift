import Foundation
public import Pecule
public import PeculeCrypto
import PeculeHTTP
import Synchronization

/// How clients prove who they are, beside API keys: their public keys and certificates.
public final class ClientRegister: Sendable {
    private let items: any ItemStore
    private let environment: Environment
    /// What was read lately of certificates: every request asks.
    private let read = Mutex<[ClientName: (thumbprints: [[UInt8]], at: Date)]>([:])

    public init(_ items: any ItemStore, environment: Environment = .system) {
        (self.items, self.environment) = (items, environment)
    }

    // MARK: What is registered

    /// Registers a public key; its tokens have these scopes at most.
    public func add(
        _ key: PublicKey, of client: ClientName, _ scopes: Set<Scope>
    ) async throws(StoreFault) -> ClientKey {
        let kept = ClientKey(
            id: newID(of: client), client: client, scopes: scopes, createdAt: environment.now(), key: key)
        _ = try await items.put(StoredItem(kind: ClientKey.kind, id: kept.id, text: kept.text))
        return kept
    }

    /// Registers a certificate; from now on the client needs one of those that are registered.
    public func add(_ certificate: Certificate, of client: ClientName) async throws(StoreFault) -> ClientCertificate {
        let kept = ClientCertificate(
            id: newID(of: client), client: client, createdAt: environment.now(),
            thumbprint: SHA256.digest(certificate.der))
        _ = try await items.put(StoredItem(kind: ClientCertificate.kind, id: kept.id, text: kept.text))
        read.withLock { $0[client] = nil }
        return kept
    }

    /// Every public key, by client and id.
    public func keys() async throws(StoreFault) -> [ClientKey] {
        try await items.allItems(ClientKey.kind, startingWith: "").map { item throws(StoreFault) in
            try ClientKey(item)
        }
    }

    /// Every certificate, by client and id.
    public func certificates() async throws(StoreFault) -> [ClientCertificate] {
        try await items.allItems(ClientCertificate.kind, startingWith: "").map { item throws(StoreFault) in
            try ClientCertificate(item)
        }
    }

    /// Takes a key or a certificate away; false when there is none of this id. Tokens that were given for a key end by
    /// themselves within five minutes.
    public func remove(_ id: String) async throws(StoreFault) -> Bool {
        var wasThere = false
        for kind in [ClientKey.kind, ClientCertificate.kind] where try await items.item(kind, id) != nil {
            try await items.removeItem(kind, id)
            wasThere = true
        }
        return wasThere
    }

    private func newID(of client: ClientName) -> String {
        "\(client)_" + Identifier.hex(environment.randomBytes(4))
    }

    // MARK: Who asks

    /// The client whose assertion this is; each is good once.
    func holder(of assertion: ClientAssertion) async throws -> ClientKey {
        let kept = try await items.allItems(ClientKey.kind, startingWith: "\(assertion.client)_")
        for item in kept {
            let key = try ClientKey(item)
            guard assertion.keyID == nil || assertion.keyID == key.id, assertion.isSigned(by: key.key) else { continue }
            let use = StoredItem(kind: "assertion", id: assertion.useID, text: "", due: assertion.expires)
            guard try await items.put(use) else { throw TokenRefusal.client("the assertion has been used already") }
            return key
        }
        throw TokenRefusal.client("no key of this client has signed the assertion")
    }

    /// Clears away what has run out.
    func clear() async throws(StoreFault) {
        for kind in ["assertion", APIKey.Kind.token.stored] {
            try await items.removeDue(kind, at: environment.now(), limit: 20)
        }
    }

    /// How long a client may be believed to be allowed to call over connections that show this certificate, or none;
    /// nil when it may not.
    func admits(_ certificate: [UInt8]?, of client: ClientName) async throws(StoreFault) -> Date? {
        let (known, readAt) = try await thumbprints(of: client)
        let shown = certificate.map { SHA256.digest($0) }
        let isAdmitted = known.isEmpty || known.contains { one in shown.map { ConstantTime.equal(one, $0) } ?? false }
        return isAdmitted ? readAt + KeyRing.memory : nil
    }

    private func thumbprints(
        of client: ClientName
    ) async throws(StoreFault) -> (thumbprints: [[UInt8]], at: Date) {
        let now = environment.now()
        let known = read.withLock { $0[client] }
        if let known, (0..<KeyRing.memory).contains(now.timeIntervalSince(known.at)) { return known }
        let kept = try await items.allItems(ClientCertificate.kind, startingWith: "\(client)_")
        let thumbprints = try kept.map { item throws(StoreFault) in try ClientCertificate(item).thumbprint }
        read.withLock { $0[client] = (thumbprints, now) }
        return (thumbprints, now)
    }
}

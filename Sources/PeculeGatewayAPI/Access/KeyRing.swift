public import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP
import Synchronization

/// The keys of the backends that may call the gateway.
public final class KeyRing: Sendable {
    private let items: any ItemStore
    private let environment: Environment
    /// What was read lately, so that not every request reads it again.
    private let read = Mutex<[Name: (key: KeptKey, at: Date)]>([:])

    private struct Name: Hashable {
        let kind: APIKey.Kind
        let id: String
    }

    /// A key that was revoked is refused everywhere after so many seconds.
    static let memory: TimeInterval = 5

    public init(_ items: any ItemStore, environment: Environment = .system) {
        self.items = items
        self.environment = environment
    }

    /// Makes a key for a client. It is shown this once.
    public func add(_ client: ClientName, _ scopes: Set<Scope>) async throws(StoreFault) -> APIKey {
        try await make(.lasting, client, scopes, endsAt: nil)
    }

    /// Makes a token that lasts for so many seconds.
    func token(
        for client: ClientName, _ scopes: Set<Scope>, lasting life: TimeInterval
    ) async throws(StoreFault) -> APIKey {
        try await make(.token, client, scopes, endsAt: environment.now() + life)
    }

    private func make(
        _ kind: APIKey.Kind, _ client: ClientName, _ scopes: Set<Scope>, endsAt end: Date?
    ) async throws(StoreFault) -> APIKey {
        guard let key = APIKey(kind, of: client, random: environment.randomBytes) else {
            preconditionFailure("a new key is a key")
        }
        let kept = KeptKey(
            id: key.id, client: client, scopes: scopes, createdAt: environment.now(), endsAt: end, hash: key.hash)
        let item = StoredItem(kind: kind.stored, id: kept.id, text: kept.text, due: end)
        guard try await items.put(item) else { throw .unavailable("a key of this id is there already") }
        return key
    }

    /// Throws when the keys cannot be read.
    func check() async throws(StoreFault) { _ = try await items.items(KeptKey.kind, after: "", limit: 1) }

    /// Every key, by client and id.
    public func all() async throws(StoreFault) -> [KeptKey] {
        try await items.items(KeptKey.kind, after: "", limit: 10_000).compactMap { try? KeptKey($0) }
    }

    /// Makes a new key with the scopes of the client's keys. Those end after `grace` seconds, so that the client can
    /// change over.
    /// - Returns: nil when the client has no key.
    public func rotate(_ client: ClientName, grace: TimeInterval) async throws(StoreFault) -> APIKey? {
        let old = try await all().filter { $0.client == client && isInForce($0) }
        guard !old.isEmpty else { return nil }
        let key = try await add(client, old.reduce(into: []) { $0.formUnion($1.scopes) })
        for kept in old { try await end(kept, at: environment.now() + grace) }
        return key
    }

    /// Ends a key at once; false when there is none of this id.
    public func revoke(_ id: String) async throws(StoreFault) -> Bool {
        guard let kept = try await stored(id) else { return false }
        try await end(kept, at: environment.now())
        return true
    }

    /// Whose key it is, and how long that may be believed; nil when it is not one of ours, or no more.
    func owner(of key: APIKey) async throws(StoreFault) -> (key: KeptKey, until: Date)? {
        guard let (kept, readAt) = try await kept(key), isInForce(kept), ConstantTime.equal(kept.hash, key.hash)
        else { return nil }
        return (kept, min(readAt + Self.memory, kept.endsAt ?? .distantFuture))
    }

    private func kept(_ key: APIKey) async throws(StoreFault) -> (key: KeptKey, at: Date)? {
        let (now, name) = (environment.now(), Name(kind: key.kind, id: key.id))
        let known = read.withLock { $0[name] }
        if let known, (0..<Self.memory).contains(now.timeIntervalSince(known.at)) { return known }
        let kept = try await stored(key.id, as: key.kind)
        read.withLock { read in
            // Tokens come and go: what is no longer fresh makes room now and then.
            if read.count > 10_000 { read = read.filter { now.timeIntervalSince($0.value.at) < Self.memory } }
            read[name] = kept.map { ($0, now) }
        }
        return kept.map { ($0, now) }
    }

    private func stored(_ id: String, as kind: APIKey.Kind = .lasting) async throws(StoreFault) -> KeptKey? {
        try await items.item(kind.stored, id).flatMap { try? KeptKey($0) }
    }

    private func isInForce(_ key: KeptKey) -> Bool { key.endsAt.map { environment.now() < $0 } ?? true }

    private func end(_ kept: KeptKey, at time: Date) async throws(StoreFault) {
        try await items.change(KeptKey.kind, kept.id, as: KeptKey.self) { kept, due in
            kept.map { ($0.ending(at: time), due) }
        }
        read.withLock { $0[Name(kind: .lasting, id: kept.id)] = nil }
    }
}

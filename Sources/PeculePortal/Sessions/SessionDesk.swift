import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP
import Synchronization

/// Who is logged in in which browser. Kept in the store, so that a restart logs nobody out, and in memory, so that a
/// page does not wait for it.
final class SessionDesk: Sendable {
    private struct Kept {
        var session: Session
        var version: Int
    }

    private let area: Area
    private let items: any ItemStore
    private let secret: [UInt8]
    private let environment: Environment
    private let recent = Mutex<[String: Kept]>([:])

    /// Whose sessions: relatives and staff have cookies of their own.
    struct Area: Sendable {
        let cookie: String
        let kind: String

        static let relatives = Area(cookie: "__Host-session", kind: "portal-session")
        static let staff = Area(cookie: "__Host-agent", kind: "staff-session")
    }

    /// Seconds without a page after which somebody has to log in again.
    static let lifetime: TimeInterval = 30 * 60
    /// The end is moved in the store only when it moves by so much.
    private static let step: TimeInterval = 5 * 60
    private static let mostRecent = 20_000

    init(of area: Area, items: any ItemStore, secret: [UInt8], environment: Environment) {
        (self.area, self.items, self.secret, self.environment) = (area, items, secret, environment)
    }

    /// The session of the browser that asks, its end moved; nil without one, or once it is over.
    func session(_ request: HTTPRequest) async throws(StoreFault) -> Session? {
        guard let token = request.fields.cookie(area.cookie), (1...128).contains(token.utf8.count) else { return nil }
        guard var kept = try await find(Self.key(token)) else { return nil }
        let now = environment.now()
        guard now < kept.session.expires else {
            try await end(kept.session)
            return nil
        }
        if kept.session.expires < now + Self.lifetime - Self.step {
            kept.session.expires = now + Self.lifetime
            _ = try await keep(kept.session, after: kept.version)
        }
        return kept.session
    }

    /// A new session; the cookie's text is what its browser has to bring.
    func begin(_ make: (_ key: String, _ expires: Date) -> Session) async throws(StoreFault) -> String {
        let token = Base64URL.encode(environment.randomBytes(32))
        let session = make(Self.key(token), environment.now() + Self.lifetime)
        _ = try await keep(session, after: 0)
        return "\(area.cookie)=\(token); Path=/; Secure; HttpOnly; SameSite=Lax"
    }

    var endOfCookie: String { "\(area.cookie)=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax" }

    /// Changes a session; false when another request has changed it meanwhile.
    func change(_ session: Session, _ change: (inout Session) -> Void) async throws(StoreFault) -> Bool {
        guard var kept = try await find(session.key), kept.session == session else { return false }
        change(&kept.session)
        return try await keep(kept.session, after: kept.version)
    }

    func end(_ session: Session) async throws(StoreFault) {
        recent.withLock { $0[session.key] = nil }
        try await items.removeItem(area.kind, session.key)
    }

    /// Takes away what is over; at most so many.
    func sweep(limit: Int) async throws(StoreFault) {
        try await items.removeDue(area.kind, at: environment.now(), limit: limit)
    }

    // MARK: What only this session's pages can know

    /// Stands in the forms of this session, so that no other site can send them.
    func token(of session: Session) -> String { derived(session, for: "form") }

    func isOwn(_ token: String?, in session: Session) -> Bool {
        token.map { ConstantTime.equal($0.utf8, self.token(of: session).utf8) } ?? false
    }

    /// What the gateway knows this browser by.
    func browser(of session: Session) -> BrowserSession? { BrowserSession(derived(session, for: "browser")) }

    private func derived(_ session: Session, for purpose: String) -> String {
        Base64URL.encode(HMACSHA256.authenticationCode(for: "\(area.kind) \(purpose) \(session.key)".utf8, key: secret))
    }

    // MARK: Keeping

    private static func key(_ token: String) -> String { Base64URL.encode(SHA256.digest(token.utf8)) }

    private func find(_ key: String) async throws(StoreFault) -> Kept? {
        if let kept = recent.withLock({ $0[key] }) { return kept }
        guard let item = try await items.item(area.kind, key), let session = Session(item) else { return nil }
        let kept = Kept(session: session, version: item.version)
        remember(kept)
        return kept
    }

    private func keep(_ session: Session, after version: Int) async throws(StoreFault) -> Bool {
        let item = StoredItem(
            kind: area.kind, id: session.key, version: version + 1, text: session.text, due: session.expires)
        guard try await items.put(item) else {
            recent.withLock { $0[session.key] = nil }
            return false
        }
        remember(Kept(session: session, version: version + 1))
        return true
    }

    private func remember(_ kept: Kept) {
        recent.withLock { recent in
            // They are all in the store: whoever comes back is read again.
            if recent.count >= Self.mostRecent { recent.removeAll() }
            recent[kept.session.key] = kept
        }
    }
}

public import FoundationEssentials
import PeculeCrypto

/// One login that has begun: what only the browser that began it can show again.
///
/// Keep it in that browser's session, on the server or sealed, and take it out before `finish`: it is good for one
/// callback, within half an hour.
public struct LoginAttempt: MaskedValue, Codable, Equatable {
    let state: String
    let nonce: String
    /// Nil without PKCE.
    let verifier: String?
    public let startedAt: Date

    public var mask: String { "login attempt •••" }

    /// Seconds in which the person has to come back: as long as FranceConnect's own session.
    public static let lifetime: TimeInterval = 30 * 60

    /// The nonce has 43 characters: FranceConnect refuses fewer than 22.
    init(at now: Date, usesPKCE: Bool, random: (Int) -> [UInt8]) {
        (state, nonce) = (Base64URL.encode(random(32)), Base64URL.encode(random(32)))
        verifier = usesPKCE ? PKCE.verifier(from: random(PKCE.randomLength)) : nil
        startedAt = now
    }

    func isOver(at now: Date) -> Bool { !(0...Self.lifetime).contains(now.timeIntervalSince(startedAt)) }
}

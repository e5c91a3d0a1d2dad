/// Tells whether a webhook comes from who holds the secret, and now (Standard Webhooks 1.0.0).
///
/// ```swift
/// let verifier = WebhookVerifier([secret])
/// let id = try verifier.verify(body, at: now) { request.headers[$0] }
/// ```
/// Give it the body's bytes as they arrived: a body that was parsed and written again is another one. A webhook that is
/// verified is only a reason to ask; remember its id, for it comes at least once.
public struct WebhookVerifier: Sendable {
    private let secrets: [WebhookSecret]

    /// How far the sender's clock and ours may be apart, in seconds, in either direction.
    public static let tolerance = 300
    /// More signatures than any change of secrets needs.
    private static let mostSignatures = 16

    /// - Parameter secrets: any of them may have signed. Precondition: at least one.
    public init(_ secrets: [WebhookSecret]) {
        precondition(!secrets.isEmpty, "without a secret nothing can be verified")
        self.secrets = secrets
    }

    /// Returns the id of a webhook that is genuine.
    /// - Parameters:
    ///   - now: seconds since 1970-01-01T00:00:00Z.
    ///   - field: the value of the header field of that name, whatever its case; nil when there is none.
    public func verify(
        _ body: [UInt8], at now: Int, field: (String) -> String?
    ) throws(WebhookVerificationError) -> String {
        let id = try Self.value("webhook-id", field)
        // It would be another id, or another timestamp, with the same signature.
        guard !id.contains(".") else { throw .malformed("webhook-id") }
        let timestamp = try Self.seconds(try Self.value("webhook-timestamp", field))
        let codes = try Self.codes(try Self.value("webhook-signature", field))
        guard timestamp >= now - Self.tolerance else { throw .tooOld }
        guard timestamp <= now + Self.tolerance else { throw .tooNew }
        guard isSigned(codes, secrets.map { $0.code(id: id, timestamp: timestamp, body: body) })
        else { throw .wrongSignature }
        return id
    }

    /// Compares each with each, so that the time does not tell which of them fitted.
    private func isSigned(_ codes: [[UInt8]], _ expected: [[UInt8]]) -> Bool {
        var isFound = false
        for code in codes {
            for other in expected where ConstantTime.equal(code, other) { isFound = true }
        }
        return isFound
    }

    private static func value(_ name: String, _ field: (String) -> String?) throws(WebhookVerificationError) -> String {
        guard let value = field(name), !value.isEmpty else { throw .missing(name) }
        return value
    }

    private static func seconds(_ text: String) throws(WebhookVerificationError) -> Int {
        guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = Int(text), String(seconds) == text
        else { throw .malformed("webhook-timestamp") }
        return seconds
    }

    /// Those of version `v1`; others may stand beside them.
    private static func codes(_ text: String) throws(WebhookVerificationError) -> [[UInt8]] {
        let signatures = text.split(separator: " ")
        guard signatures.count <= mostSignatures else { throw .malformed("webhook-signature") }
        let codes = signatures.filter { $0.hasPrefix("v1,") }.map { Base64.decode($0.dropFirst(3)) }
        guard !codes.isEmpty else { throw .unknownVersion }
        return codes.compactMap(\.self)
    }
}

/// Why a webhook is not to be believed. Answer it with 401 and read nothing of it.
public enum WebhookVerificationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The header field of that name is absent or empty.
    case missing(String)
    /// The header field of that name is not in its form.
    case malformed(String)
    /// The attempt is older than the tolerance: sent again by somebody, or one of the two clocks is wrong.
    case tooOld
    /// The attempt lies further in the future than the tolerance: one of the two clocks is wrong.
    case tooNew
    /// No signature of version `v1`.
    case unknownVersion
    /// Signed with another secret, or not these bytes.
    case wrongSignature

    public var description: String {
        switch self {
        case .missing(let field): "\(field) is missing"
        case .malformed(let field): "\(field) is malformed"
        case .tooOld: "webhook-timestamp is more than five minutes ago: replayed, or a clock is wrong"
        case .tooNew: "webhook-timestamp is more than five minutes ahead: a clock is wrong"
        case .unknownVersion: "webhook-signature has no signature of version v1"
        case .wrongSignature:
            "no signature fits: another secret, or a body that is not passed on byte by byte as it arrived"
        }
    }
}

/// How a bank wants messages signed.
public struct SignatureRule: Sendable, Equatable {
    /// How the signer's certificate is named.
    public enum KeyID: String, Sendable, CaseIterable {
        /// STET: an address that ends with `_` and the certificate's fingerprint (1.6.3, part 1, section 3.5.1.2).
        case url
        /// Berlin Group: `SN=…,CA=…`, the certificate's serial number and issuer.
        case serial
    }

    public let algorithm: SignatureAlgorithm
    /// What every signature covers, in order; lower-case names.
    public let headers: [String]
    /// What it also covers where the message has it; a digest that is named here belongs to messages with a body.
    public let headersIfPresent: [String]
    public let keyID: KeyID
    /// Whether the bank signs its answers.
    public let signsAnswers: Bool

    public init(
        algorithm: SignatureAlgorithm = .rsaSHA256, headers: [String], headersIfPresent: [String] = [], keyID: KeyID,
        signsAnswers: Bool = false
    ) {
        (self.algorithm, self.headers, self.headersIfPresent) = (algorithm, headers, headersIfPresent)
        (self.keyID, self.signsAnswers) = (keyID, signsAnswers)
    }

    /// The header list for a message.
    public func list(for head: SignedHead) -> [String] { headers + headersIfPresent.filter(head.contains) }

    /// Whether a message needs a digest.
    public func wantsDigest(of body: [UInt8]) -> Bool {
        headers.contains("digest") || headersIfPresent.contains("digest") && !body.isEmpty
    }

    /// What the bank covers in an answer: its body and the question's identifier. Not `Date`, which the server that
    /// sends it writes.
    public static let answerHeaders = ["digest", "x-request-id"]
}

extension Certificate {
    /// As a signature names it. In the form of an address, `base` is what stands before the fingerprint.
    public func keyID(_ form: SignatureRule.KeyID, at base: String) -> String {
        switch form {
        case .url: "\(base)_\(fingerprint)"
        case .serial: "SN=\(serial),CA=\(issuer)"
        }
    }

    /// Whether a signature's key is this certificate's. An address is only read, never fetched: https, no query, and
    /// the fingerprint at its end.
    public func isNamed(_ keyID: String, _ form: SignatureRule.KeyID) -> Bool {
        switch form {
        case .url:
            keyID.hasPrefix("https://") && !keyID.contains { "?#@".contains($0) } && keyID.hasSuffix("_\(fingerprint)")
        case .serial: keyID == self.keyID(.serial, at: "")
        }
    }
}

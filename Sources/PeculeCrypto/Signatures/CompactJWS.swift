import CPeculeOpenSSL

/// How a JSON Web Signature is made (RFC 7518, section 3.1): by keys of two halves, never by a shared secret.
public enum JWSAlgorithm: String, Sendable, Codable, CaseIterable {
    /// ECDSA on P-256 with SHA-256; the signature is two numbers of 32 bytes.
    case es256 = "ES256"
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PSS with SHA-256, and a salt as long as the digest.
    case ps256 = "PS256"

    var isRSA: Bool { self != .es256 }

    fileprivate static let digest = "SHA256"
}

/// A JSON Web Signature in its compact form, `header.payload.signature` (RFC 7515, section 3.1).
///
/// What header and payload say is the caller's to read, and to believe only after `isValid`.
public struct CompactJWS: Sendable {
    /// Bytes of a JSON object.
    public let header: [UInt8]
    public let payload: [UInt8]
    public let signature: [UInt8]
    /// What the signature covers: the first two parts as they were written.
    private let signed: [UInt8]

    /// Nil unless there are three parts in base 64 for URLs. The last may be empty: such a text is valid by no key.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(Substring(parts[0])),
            let payload = Base64URL.decode(Substring(parts[1])), let signature = Base64URL.decode(Substring(parts[2]))
        else { return nil }
        (self.header, self.payload, self.signature) = (header, payload, signature)
        signed = Array(text.utf8.dropLast(parts[2].count + 1))
    }

    /// Signs. Precondition: a key of the algorithm's kind.
    public init(header: [UInt8], payload: [UInt8], key: PrivateKey, algorithm: JWSAlgorithm) {
        (self.header, self.payload) = (header, payload)
        signed = Array("\(Base64URL.encode(header)).\(Base64URL.encode(payload))".utf8)
        signature = key.sign(signed, by: algorithm)
    }

    public var text: String { "\(String(decoding: signed, as: UTF8.self)).\(Base64URL.encode(signature))" }

    /// Whether that key signed it by that algorithm, whatever the header says. False for a key of another kind.
    public func isValid(by key: PublicKey, _ algorithm: JWSAlgorithm) -> Bool {
        switch (algorithm, key.numbers) {
        case (.rs256, .rsa), (.ps256, .rsa):
            verify(signature, of: signed, digest: JWSAlgorithm.digest, isPSS: algorithm == .ps256, by: key.pointer)
        case (.es256, .ellipticCurve):
            ECDSASignature(raw: signature).map {
                verify($0.der, of: signed, digest: JWSAlgorithm.digest, by: key.pointer)
            } ?? false
        case (.rs256, .ellipticCurve), (.ps256, .ellipticCurve), (.es256, .rsa): false
        }
    }
}

extension PrivateKey {
    /// The signature in the form of JSON Web Signatures (RFC 7518, sections 3.3 and 3.4).
    /// Precondition: a key of the algorithm's kind.
    public func sign(_ message: some Sequence<UInt8>, by algorithm: JWSAlgorithm) -> [UInt8] {
        precondition(isRSA == algorithm.isRSA, "a key signs by an algorithm of its kind")
        let signature = sign(Array(message), digest: JWSAlgorithm.digest, isPSS: algorithm == .ps256)
        guard algorithm == .es256 else { return signature }
        guard let both = ECDSASignature(der: signature) else { preconditionFailure("OpenSSL reads what it wrote") }
        return both.raw
    }
}

/// The two numbers of a signature on P-256, in the two ways to write them.
private struct ECDSASignature {
    let raw: [UInt8]
    let der: [UInt8]

    /// Nil unless there are 64 bytes.
    init?(raw: [UInt8]) {
        guard raw.count == 64 else { return nil }
        let halves = [raw[..<32], raw[32...]].map { BN_bin2bn(Array($0), 32, nil) }
        let pair = ECDSA_SIG_new()
        defer { ECDSA_SIG_free(pair) }
        // The pair owns its numbers from here.
        precondition(ECDSA_SIG_set0(pair, halves[0], halves[1]) == 1, "two numbers make a pair")
        (self.raw, der) = (raw, encoded { i2d_ECDSA_SIG(pair, $0) })
    }

    init?(der: [UInt8]) {
        let pair = der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &place, buffer.count)
        }
        guard let pair else { return nil }
        defer { ECDSA_SIG_free(pair) }
        let numbers = [ECDSA_SIG_get0_r(pair), ECDSA_SIG_get0_s(pair)]
        raw = numbers.flatMap { number in
            [UInt8](unsafeUninitializedCapacity: 32) { buffer, initialized in
                initialized = Int(BN_bn2binpad(number, buffer.baseAddress, 32))
            }
        }
        self.der = der
    }
}

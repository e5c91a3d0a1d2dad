import CPeculeOpenSSL

/// How JSON Web Tokens are signed (RFC 7518, section 3): with keys alone, never with a shared secret or not at all.
public enum WebAlgorithm: String, Sendable, CaseIterable {
    /// ECDSA on P-256.
    case es256 = "ES256"
    /// RSASSA-PKCS1-v1_5.
    case rs256 = "RS256"
    /// RSASSA-PSS, with a salt as long as the digest.
    case ps256 = "PS256"

    /// A kind of key signs in its own ways only: a token cannot talk its reader into another.
    fileprivate func fits(_ key: OpaquePointer) -> Bool {
        switch self {
        case .es256: EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_bits(key) == 256
        case .rs256, .ps256: EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= 2048
        }
    }

    fileprivate func prepare(_ context: OpaquePointer?) -> Bool {
        guard self == .ps256 else { return true }
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
    }
}

extension PrivateKey {
    /// In which ways this key signs tokens; none for a key that is too short or of another kind.
    public var webAlgorithms: [WebAlgorithm] { WebAlgorithm.allCases.filter { $0.fits(pointer) } }

    /// The signature in the form of a token; nil where the key is not one for this algorithm.
    public func webSignature(of message: some Sequence<UInt8>, by algorithm: WebAlgorithm) -> [UInt8]? {
        guard algorithm.fits(pointer) else { return nil }
        let (message, context) = (Array(message), EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(context) }
        var settings: OpaquePointer?
        guard EVP_DigestSignInit_ex(context, &settings, "SHA256", nil, nil, pointer, nil) == 1,
            algorithm.prepare(settings)
        else { return nil }
        let size = Int(EVP_PKEY_get_size(pointer))
        let signature = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            initialized = size
            let isDone = EVP_DigestSign(context, buffer.baseAddress, &initialized, message, message.count) == 1
            precondition(isDone, "a key signs any message")
        }
        return algorithm == .es256 ? PointSignature.raw(der: signature) : signature
    }

    /// The public half, as `PublicKey` reads it.
    public var publicPEM: String { PEM.text("PUBLIC KEY", encoded { i2d_PUBKEY(pointer, $0) }) }
}

/// A key that checks signatures under tokens.
public struct PublicKey: Sendable {
    private let der: [UInt8]

    /// Nil unless the text holds one public key that some `WebAlgorithm` works with: RSA of 2048 bits or more, P-256.
    public init?(pem: String) {
        guard let blocks = PEM.blocks("PUBLIC KEY", in: pem), blocks.count == 1 else { return nil }
        der = blocks[0]
        guard Self.with(der, { key in WebAlgorithm.allCases.contains { $0.fits(key) } }) == true else { return nil }
    }

    public var pem: String { PEM.text("PUBLIC KEY", der) }

    /// Whether the signature is this key's over that message, made in that way.
    public func verifies(
        _ signature: [UInt8], of message: some Sequence<UInt8>, by algorithm: WebAlgorithm
    ) -> Bool {
        let plain = algorithm == .es256 ? PointSignature.der(raw: signature) : signature
        guard let plain else { return false }
        let message = Array(message)
        return Self.with(der) { key in
            guard algorithm.fits(key) else { return false }
            let context = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(context) }
            var settings: OpaquePointer?
            return EVP_DigestVerifyInit_ex(context, &settings, "SHA256", nil, nil, key, nil) == 1
                && algorithm.prepare(settings)
                && EVP_DigestVerify(context, plain, plain.count, message, message.count) == 1
        } ?? false
    }

    private static func with<Value>(_ der: [UInt8], _ body: (OpaquePointer) -> Value) -> Value? {
        defer { ERR_clear_error() }
        let key = der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            return d2i_PUBKEY(nil, &place, buffer.count)
        }
        guard let key else { return nil }
        defer { EVP_PKEY_free(key) }
        return body(key)
    }
}

/// ECDSA's two numbers: in DER, as OpenSSL has them, and side by side in 64 bytes, as tokens do (RFC 7518, 3.4).
private enum PointSignature {
    private static let half = 32

    static func raw(der: [UInt8]) -> [UInt8]? {
        let signature = der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &place, buffer.count)
        }
        guard let signature else { return nil }
        defer { ECDSA_SIG_free(signature) }
        return [ECDSA_SIG_get0_r(signature), ECDSA_SIG_get0_s(signature)].flatMap { number in
            [UInt8](unsafeUninitializedCapacity: half) { buffer, initialized in
                BN_bn2binpad(number, buffer.baseAddress, CInt(half))
                initialized = half
            }
        }
    }

    static func der(raw: [UInt8]) -> [UInt8]? {
        guard raw.count == 2 * half, let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let (first, second) = (Array(raw.prefix(half)), Array(raw.suffix(half)))
        // It takes the numbers over.
        guard
            ECDSA_SIG_set0(
                signature, BN_bin2bn(first, CInt(half), nil), BN_bin2bn(second, CInt(half), nil)) == 1
        else { return nil }
        return encoded { i2d_ECDSA_SIG(signature, $0) }
    }
}

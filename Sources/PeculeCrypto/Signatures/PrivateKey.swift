import CPeculeOpenSSL

/// How a message is signed.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2) with the digest of that name.
    case rsaSHA256 = "rsa-sha256"
    case rsaSHA512 = "rsa-sha512"

    fileprivate var digest: String { self == .rsaSHA256 ? "SHA256" : "SHA512" }
}

/// The owner of one `EVP_PKEY`.
///
// @unchecked: nothing changes a key after its making, and OpenSSL lets threads sign with one then.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }
}

/// A key that signs. Never printed; `pem` is the way out.
public struct PrivateKey: Sendable, CustomStringConvertible {
    private let handle: KeyHandle
    var pointer: OpaquePointer { handle.pointer }

    /// Of what kind a new key is.
    public enum Kind: Sendable {
        /// 2048 bits, for signatures under messages (`SignatureAlgorithm`).
        case rsa
        /// P-256, made in no time: for certificates and TLS.
        case ellipticCurve
    }

    private init(adopting pointer: OpaquePointer) { handle = KeyHandle(pointer) }

    /// A new key.
    public static func make(_ kind: Kind = .rsa) -> PrivateKey {
        let context = EVP_PKEY_CTX_new_from_name(nil, kind == .rsa ? "RSA" : "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        let isMade =
            EVP_PKEY_keygen_init(context) == 1 && choose(kind, context) == 1 && EVP_PKEY_generate(context, &key) == 1
        guard isMade, let key else { preconditionFailure("OpenSSL makes such keys") }
        return PrivateKey(adopting: key)
    }

    private static func choose(_ kind: Kind, _ context: OpaquePointer?) -> CInt {
        switch kind {
        case .rsa: EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048)
        case .ellipticCurve: EVP_PKEY_CTX_set_group_name(context, "P-256")
        }
    }

    /// Nil unless the text holds one key of that kind without a password (PKCS #8, PKCS #1, or SEC 1).
    public init?(pem: String, _ kind: Kind = .rsa) {
        let labels = ["PRIVATE KEY", kind == .rsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY"]
        let blocks = labels.compactMap { PEM.blocks($0, in: pem) }.flatMap(\.self)
        guard blocks.count == 1, let key = Self.key(der: blocks[0]) else { return nil }
        guard EVP_PKEY_is_a(key, kind == .rsa ? "RSA" : "EC") == 1 else {
            EVP_PKEY_free(key)
            return nil
        }
        self.init(adopting: key)
    }

    private static func key(der: [UInt8]) -> OpaquePointer? {
        defer { ERR_clear_error() }
        return der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            return d2i_AutoPrivateKey(nil, &place, buffer.count)
        }
    }

    public var description: String { "private key •••" }

    /// PKCS #8, without a password: for files that nobody else may read.
    public var pem: String {
        let info = EVP_PKEY2PKCS8(pointer)
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return PEM.text("PRIVATE KEY", encoded { i2d_PKCS8_PRIV_KEY_INFO(info, $0) })
    }

    /// The signature over a message, as many bytes as the key has. Precondition: an RSA key.
    public func sign(_ message: some Sequence<UInt8>, by algorithm: SignatureAlgorithm) -> [UInt8] {
        sign(Array(message), digest: algorithm.digest)
    }

    /// In OpenSSL's form, which for elliptic curves is not that of JSON Web Signatures.
    func sign(_ message: [UInt8], digest: String, isPSS: Bool = false) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let size = Int(EVP_PKEY_get_size(pointer))
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            initialized = size
            var settings: OpaquePointer?
            let isDone =
                EVP_DigestSignInit_ex(context, &settings, digest, nil, nil, pointer, nil) == 1
                && (!isPSS || usePSS(settings))
                && EVP_DigestSign(context, buffer.baseAddress, &initialized, message, message.count) == 1
            precondition(isDone, "a key signs any message")
        }
    }
}

extension Certificate {
    /// Whether the key of this certificate made the signature. It says nothing about whom the certificate belongs to.
    public func verifies(
        _ signature: [UInt8], of message: some Sequence<UInt8>, by algorithm: SignatureAlgorithm
    ) -> Bool {
        guard let handle = X509Handle(der: der), let key = X509_get0_pubkey(handle.pointer),
            EVP_PKEY_is_a(key, "RSA") == 1
        else { return false }
        return withExtendedLifetime(handle) { verify(signature, of: Array(message), digest: algorithm.digest, by: key) }
    }

    /// Whether that key is the one the certificate speaks of.
    public func belongs(to key: PrivateKey) -> Bool {
        X509Handle(der: der).map { X509_check_private_key($0.pointer, key.pointer) == 1 } ?? false
    }
}

/// Whether a key made the signature, which is in OpenSSL's form.
func verify(
    _ signature: [UInt8], of message: [UInt8], digest: String, isPSS: Bool = false, by key: OpaquePointer
) -> Bool {
    var settings: OpaquePointer?
    let context = EVP_MD_CTX_new()
    defer {
        EVP_MD_CTX_free(context)
        ERR_clear_error()
    }
    return EVP_DigestVerifyInit_ex(context, &settings, digest, nil, nil, key, nil) == 1
        && (!isPSS || usePSS(settings))
        && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
}

/// The padding RSASSA-PSS, with a salt as long as the digest.
private func usePSS(_ settings: OpaquePointer?) -> Bool {
    EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST) == 1
}

/// What one of OpenSSL's `i2d` functions writes.
func encoded(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> CInt) -> [UInt8] {
    let count = Int(write(nil))
    precondition(count > 0, "OpenSSL encodes what it has made")
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        var place = buffer.baseAddress
        initialized = Int(write(&place))
    }
}

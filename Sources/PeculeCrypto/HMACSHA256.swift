import CPeculeOpenSSL

/// Message authentication with SHA-256 (RFC 2104, FIPS 198-1).
public enum HMACSHA256 {
    private static let algorithm = Algorithm(EVP_MAC_fetch(nil, "HMAC", nil))

    /// A context that knows its digest: each code starts from a copy, which spares the look-up by name.
    private static let prototype: Algorithm = {
        let context = EVP_MAC_CTX_new(algorithm.pointer)
        let isReady = "SHA256".withCString { name in
            var settings = [
                OSSL_PARAM_construct_utf8_string("digest", UnsafeMutablePointer(mutating: name), 0),
                OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_CTX_set_params(context, &settings) == 1
        }
        precondition(isReady, "HMAC takes SHA-256")
        return Algorithm(context)
    }()

    /// The 32 bytes of the code. Compare them with `ConstantTime.equal`.
    public static func authenticationCode(for message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        let message = Array(message)
        let context = EVP_MAC_CTX_dup(prototype.pointer)
        defer { EVP_MAC_CTX_free(context) }
        return [UInt8](unsafeUninitializedCapacity: SHA256.length) { buffer, initialized in
            let isDone =
                withKey(key) { EVP_MAC_init(context, $0, key.count, nil) == 1 }
                && EVP_MAC_update(context, message, message.count) == 1
                && EVP_MAC_final(context, buffer.baseAddress, &initialized, SHA256.length) == 1
            precondition(isDone, "HMAC takes any key and any bytes")
        }
    }

    /// An empty key is a key, but a null pointer means to OpenSSL that there is none.
    private static func withKey(_ key: [UInt8], _ body: (UnsafePointer<UInt8>) -> Bool) -> Bool {
        (key.isEmpty ? [0] : key).withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map(body) ?? false
        }
    }
}

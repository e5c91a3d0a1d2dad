import CPeculeOpenSSL

/// The digest SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// Bytes of a digest.
    public static let length = 32

    /// Fetched once: OpenSSL looks an algorithm up at each use otherwise, which costs as much as a short digest.
    private static let algorithm = Algorithm(EVP_MD_fetch(nil, "SHA256", nil))

    /// The 32 bytes of the digest of a whole message.
    public static func digest(_ message: some Sequence<UInt8>) -> [UInt8] {
        let message = Array(message)
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, initialized in
            let done = EVP_Digest(message, message.count, buffer.baseAddress, nil, algorithm.pointer, nil)
            precondition(done == 1, "SHA-256 takes any bytes")
            initialized = length
        }
    }
}

import CPeculeOpenSSL

/// Random bytes fit for keys, codes and identifiers that confer access.
public enum SecureRandom {
    /// Bytes of OpenSSL's generator (NIST SP 800-90A), seeded by the kernel.
    public static func bytes(_ count: Int) -> [UInt8] {
        precondition((0...Int(CInt.max)).contains(count), "that many bytes make no sense")
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            // A process that cannot get random bytes must not go on with others.
            precondition(RAND_bytes(buffer.baseAddress, CInt(count)) == 1, "OpenSSL has no random bytes to give")
            initialized = count
        }
    }
}

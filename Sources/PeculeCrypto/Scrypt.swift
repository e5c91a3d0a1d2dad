import CPeculeOpenSSL

/// A slow digest of a secret that people type (RFC 7914): whoever has the digests pays time and memory for each guess.
public enum Scrypt {
    /// What one digest costs: 128 · `blocks` · `work` bytes of memory, gone through `passes` times.
    public struct Cost: Sendable, Hashable {
        /// A power of two (`N`).
        public let work: Int
        /// `r`.
        public let blocks: Int
        /// `p`.
        public let passes: Int

        /// Nil for numbers that RFC 7914 does not allow, and for more than 64 MB.
        public init?(work: Int, blocks: Int, passes: Int) {
            let isAllowed =
                (2...(1 << 20)).contains(work) && work & (work - 1) == 0 && (1...64).contains(blocks)
                && (1...64).contains(passes) && work * blocks * 128 <= (64 << 20)
            guard isAllowed else { return nil }
            (self.work, self.blocks, self.passes) = (work, blocks, passes)
        }

        private init() { (work, blocks, passes) = (1 << 14, 8, 5) }

        /// 16 MB, some tenths of a second: one of the settings that OWASP advises for stored passwords.
        public static let advised = Cost()
    }

    /// Bytes of a digest.
    public static let length = 32

    /// - Parameter salt: at least 16 random bytes, another for each secret.
    public static func digest(_ secret: some Sequence<UInt8>, salt: [UInt8], cost: Cost) -> [UInt8] {
        let secret = secret.map { CChar(bitPattern: $0) }
        // Beside the memory that the definition asks for, OpenSSL counts its own tables.
        let room = UInt64(128 * cost.blocks * (cost.work + cost.passes + 2) + (1 << 20))
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, initialized in
            let isDone = EVP_PBE_scrypt(
                secret, secret.count, salt, salt.count, UInt64(cost.work), UInt64(cost.blocks), UInt64(cost.passes),
                room, buffer.baseAddress, length)
            precondition(isDone == 1, "scrypt takes any secret, and a cost within its bounds")
            initialized = length
        }
    }
}

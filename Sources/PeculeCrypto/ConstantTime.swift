import CPeculeOpenSSL

/// Comparison that does not tell by its time where two secrets differ.
public enum ConstantTime {
    /// The time depends on the lengths alone.
    public static func equal(_ one: some Sequence<UInt8>, _ other: some Sequence<UInt8>) -> Bool {
        let (one, other) = (Array(one), Array(other))
        return one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}

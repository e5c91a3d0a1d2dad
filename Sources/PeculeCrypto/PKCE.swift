/// Proof Key for Code Exchange (RFC 7636) with the method `S256`, the only one in use here.
public enum PKCE {
    /// Random bytes that make a verifier (RFC 7636, section 4.1).
    public static let randomLength = 32

    /// A verifier of 43 characters. Precondition: `randomLength` random bytes, from `SecureRandom` but in tests.
    public static func verifier(from random: [UInt8]) -> String {
        precondition(random.count == randomLength, "a verifier needs \(randomLength) random bytes")
        return Base64URL.encode(random)
    }

    /// What the client sends first (RFC 7636, section 4.2).
    public static func challenge(for verifier: String) -> String {
        Base64URL.encode(SHA256.digest(verifier.utf8))
    }

    /// Whether the verifier belongs to the challenge (RFC 7636, section 4.6). False for a verifier that is none:
    /// 43 to 128 unreserved characters.
    public static func matches(verifier: String, challenge expected: String) -> Bool {
        (43...128).contains(verifier.utf8.count) && verifier.utf8.allSatisfy(isUnreserved)
            && ConstantTime.equal(challenge(for: verifier).utf8, expected.utf8)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

import PeculeCrypto

/// Proof key for code exchange, S256 alone (RFC 7636, sections 4.1 to 4.6).
enum ProofKey {
    static func isChallenge(_ text: String) -> Bool { text.utf8.count == 43 && text.utf8.allSatisfy(isUnreserved) }

    static func verifies(_ verifier: String?, challenge: String) -> Bool {
        guard let verifier, (43...128).contains(verifier.utf8.count), verifier.utf8.allSatisfy(isUnreserved)
        else { return false }
        return Secret.equal(Base64URL.encode(SHA256.digest(Array(verifier.utf8))), challenge)
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

import PeculeCrypto
import Testing

@Suite("PKCE")
struct PKCETests {
    /// RFC 7636, appendix B.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test("the example of RFC 7636, appendix B")
    func example() {
        let random: [UInt8] = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ]
        #expect(PKCE.verifier(from: random) == Self.verifier)
        #expect(PKCE.challenge(for: Self.verifier) == Self.challenge)
    }

    @Test("a challenge is met by its verifier alone", arguments: [
        (verifier, challenge, true),
        (verifier, String(challenge.dropLast()), false),
        (verifier, challenge + "=", false),
        (verifier, "", false),
        (verifier, verifier, false),
        (challenge, challenge, false),
        ("", PKCE.challenge(for: ""), false),
        (String(repeating: "a", count: 42), PKCE.challenge(for: String(repeating: "a", count: 42)), false),
        (String(repeating: "~", count: 128), PKCE.challenge(for: String(repeating: "~", count: 128)), true),
        (String(repeating: "a", count: 129), PKCE.challenge(for: String(repeating: "a", count: 129)), false),
        (String(repeating: "+", count: 43), PKCE.challenge(for: String(repeating: "+", count: 43)), false),
    ])
    func matching(verifier: String, challenge: String, expected: Bool) {
        #expect(PKCE.matches(verifier: verifier, challenge: challenge) == expected)
    }
}

import PeculeCrypto
import Testing

@Suite("Keys for tokens, in PEM")
struct TokenKeyTests {
    private static let keys: [(PrivateKey.Kind, PrivateKey)] = [
        (.rsa, PrivateKey.make(.rsa)), (.ellipticCurve, PrivateKey.make(.ellipticCurve)),
    ]

    @Test("a key of each kind is read as what it is, and as nothing else")
    func read() throws {
        for (kind, key) in Self.keys {
            #expect(PrivateKey(pem: key.pem, kind)?.publicPEM == key.publicPEM)
            #expect(PrivateKey(pem: key.pem, kind == .rsa ? .ellipticCurve : .rsa) == nil)
            #expect(PublicKey(pem: key.pem) == nil && PrivateKey(pem: key.publicPEM, kind) == nil)
            let publicKey = try #require(PublicKey(pem: key.publicPEM))
            #expect(publicKey.pem == key.publicPEM && publicKey.numbers == key.publicKey.numbers)
        }
    }

    /// P-384 and RSA of 1024 bits, made with openssl.
    @Test("what is no key, or none to be trusted", arguments: [
        "", "key", PEM.text("PUBLIC KEY", [1, 2, 3]),
        keys[0].1.publicPEM + keys[1].1.publicPEM,
        """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEgHThbnDbuKy1SSeNZ+Q0D1Sz2UAIbDtr
        YIbQoABOXieanTe4QPT0P2ogAeVIaQIO8eRbCyGmztAdyWDjkv+8ZK0Jg1j3viVI
        YZB7HWnjfRPjl77JWX9dXMCSHnwnh8q+
        -----END PUBLIC KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDfRDoH/gWf7Dyh6m2eHU4RUAQL
        efnjCd2yGAIbyAHfz/ruQK7zq5NLirrzm3lO34yVhCR5Y8CFTfrpzj+J8aEzXlpf
        HBJ9Ey1Tj7go2JpIjnbHpVsU0b+s0eKMP8PnzYsh6QxxZjOHkYxJNeZ5juC74TWO
        Aq0C2FnFyczpLpWEJQIDAQAB
        -----END PUBLIC KEY-----
        """,
    ])
    func refused(text: String) { #expect(PublicKey(pem: text) == nil) }

    @Test("PS256 and RS256 are two ways of one key: neither holds for the other")
    func padding() {
        let key = Self.keys[0].1
        let (pss, plain) = (
            CompactJWS(header: [1], payload: [2], key: key, algorithm: .ps256),
            CompactJWS(header: [1], payload: [2], key: key, algorithm: .rs256)
        )
        #expect(pss.isValid(by: key.publicKey, .ps256) && !pss.isValid(by: key.publicKey, .rs256))
        #expect(plain.isValid(by: key.publicKey, .rs256) && !plain.isValid(by: key.publicKey, .ps256))
    }
}

import PeculeCrypto
import Testing

@Suite("Signatures under JSON Web Tokens")
struct WebSignatureTests {
    /// RFC 7515, appendices A.2 and A.3: the same input signed with RS256 and ES256.
    private static let rs256 = (
        key: """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAofgWCuLjybRlzo0tZWJj
            NiuSfb4p4fAkd/wWJcyQoTbji9k0l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEz
            P1Pt0Bm4d4QlL+yRT+SFd2lZS+pCgNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo
            9wGzjb/7OMg0LOL+bSf63kpaSHSXndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTB
            EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxX
            FvUK+DWNmoudF8NAco9/h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXp
            oQIDAQAB
            -----END PUBLIC KEY-----
            """,
        input: "eyJhbGciOiJSUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
        signature: "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujG"
            + "bds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
            + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6"
            + "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    )

    private static let keys: [(PrivateKey, [WebAlgorithm])] = [
        (PrivateKey.make(.rsa), [.rs256, .ps256]), (PrivateKey.make(.ellipticCurve), [.es256]),
    ]

    @Test("the example of RFC 7515, appendix A.2, holds, and nothing else under it")
    func published() throws {
        let key = try #require(PublicKey(pem: Self.rs256.key))
        let signature = try #require(Base64URL.decode(Self.rs256.signature))
        #expect(key.verifies(signature, of: Self.rs256.input.utf8, by: .rs256))
        #expect(!key.verifies(signature, of: (Self.rs256.input + "x").utf8, by: .rs256))
        #expect(!key.verifies(signature, of: Self.rs256.input.utf8, by: .ps256))
        #expect(!key.verifies(signature, of: Self.rs256.input.utf8, by: .es256))
    }

    @Test("what a key signs, its public half verifies, in the key's own ways alone")
    func bothWays() throws {
        for (key, algorithms) in Self.keys {
            #expect(key.webAlgorithms.sorted { $0.rawValue > $1.rawValue } == algorithms)
            let publicKey = try #require(PublicKey(pem: key.publicPEM))
            for algorithm in WebAlgorithm.allCases {
                let signature = key.webSignature(of: "message".utf8, by: algorithm)
                #expect((signature != nil) == algorithms.contains(algorithm))
                guard let signature else { continue }
                #expect(publicKey.verifies(signature, of: "message".utf8, by: algorithm))
                #expect(!publicKey.verifies(signature, of: "messagf".utf8, by: algorithm))
                var broken = signature
                broken[signature.count / 2] ^= 1
                #expect(!publicKey.verifies(broken, of: "message".utf8, by: algorithm))
                #expect(!publicKey.verifies([], of: "message".utf8, by: algorithm))
                let other = try #require(PublicKey(pem: PrivateKey.make(.ellipticCurve).publicPEM))
                #expect(!other.verifies(signature, of: "message".utf8, by: algorithm))
            }
        }
        let elliptic = try #require(Self.keys.last?.0.webSignature(of: "message".utf8, by: .es256))
        #expect(elliptic.count == 64, "two numbers of 32 bytes each, not DER")
    }

    @Test("a private key of each kind is read from its PEM, and is no public one")
    func read() throws {
        for (kind, (key, _)) in zip([PrivateKey.Kind.rsa, .ellipticCurve], Self.keys) {
            #expect(PrivateKey(pem: key.pem, kind)?.publicPEM == key.publicPEM)
            #expect(PrivateKey(pem: key.pem, kind == .rsa ? .ellipticCurve : .rsa) == nil)
            #expect(PublicKey(pem: key.pem) == nil && PrivateKey(pem: key.publicPEM, kind) == nil)
            #expect(PublicKey(pem: key.publicPEM)?.pem == key.publicPEM)
        }
        for text in ["", "key", Self.rs256.key + "\n" + Self.rs256.key, PEM.text("PUBLIC KEY", [1, 2, 3])] {
            #expect(PublicKey(pem: text) == nil)
        }
    }
}

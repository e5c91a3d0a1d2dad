import PeculeCrypto
import Testing

@Suite("JSON Web Signatures")
struct CompactJWSTests {
    private static func bytes(_ text: String) -> [UInt8] { Base64URL.decode(text) ?? [] }

    /// RFC 7515, appendix A.3: ES256.
    private static let curve = PublicKey(
        .ellipticCurve(
            x: bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
            y: bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")))
    private static let payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    private static let curveText =
        "eyJhbGciOiJFUzI1NiJ9.\(payload).DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
            + "pmWQxfKTUJqPP3-Kg6NU1Q"

    /// RFC 7515, appendix A.2: RS256.
    private static let rsa = PublicKey(
        .rsa(
            modulus: bytes(
                "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql"
                    + "L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
                    + "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud"
                    + "F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"),
            exponent: bytes("AQAB")))
    private static let rsaText =
        "eyJhbGciOiJSUzI1NiJ9.\(payload).cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
            + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK"
            + "5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
            + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"

    @Test("the examples of RFC 7515 hold by their key and algorithm, and by no other")
    func published() throws {
        let (curve, rsa) = (try #require(Self.curve), try #require(Self.rsa))
        let (curveToken, rsaToken) = (try #require(CompactJWS(Self.curveText)), try #require(CompactJWS(Self.rsaText)))
        #expect(String(decoding: curveToken.header, as: UTF8.self) == #"{"alg":"ES256"}"#)
        #expect(curveToken.text == Self.curveText)
        for (token, key, algorithm, isValid) in [
            (curveToken, curve, JWSAlgorithm.es256, true), (rsaToken, rsa, .rs256, true),
            (curveToken, curve, .rs256, false), (curveToken, rsa, .es256, false), (curveToken, rsa, .rs256, false),
            (rsaToken, rsa, .es256, false), (rsaToken, curve, .es256, false), (rsaToken, curve, .rs256, false),
        ] {
            #expect(token.isValid(by: key, algorithm) == isValid)
        }
    }

    @Test("what is signed is believed, and nothing that differs from it", arguments: JWSAlgorithm.allCases)
    func tampering(_ algorithm: JWSAlgorithm) throws {
        let key = PrivateKey.make(algorithm == .es256 ? .ellipticCurve : .rsa)
        let token = CompactJWS(header: [1, 2], payload: [3, 4, 5], key: key, algorithm: algorithm)
        #expect(try #require(CompactJWS(token.text)).isValid(by: key.publicKey, algorithm))
        let parts = token.text.split(separator: ".").map(String.init)
        let other = CompactJWS(header: [1, 2], payload: [3, 4, 6], key: key, algorithm: algorithm)
        let cut = Base64URL.encode(token.signature.dropLast())
        for text in [
            "\(Base64URL.encode([9])).\(parts[1]).\(parts[2])", "\(parts[0]).\(Base64URL.encode([9])).\(parts[2])",
            "\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1]).\(cut)", "\(parts[0]).\(parts[1]).\(cut)AAAA",
            "\(parts[0]).\(parts[1]).\(Base64URL.encode([UInt8](repeating: 0, count: token.signature.count)))",
            "\(parts[0]).\(parts[1]).\(Base64URL.encode(other.signature))",
        ] {
            if let changed = CompactJWS(text) { #expect(!changed.isValid(by: key.publicKey, algorithm), "\(text)") }
        }
        let stranger = PrivateKey.make(algorithm == .es256 ? .ellipticCurve : .rsa)
        #expect(!token.isValid(by: stranger.publicKey, algorithm))
    }

    /// A number of 31 bytes comes in one of 128 signatures: its leading zero belongs to the form.
    @Test("signatures on P-256 have 64 bytes each time")
    func width() {
        let key = PrivateKey.make(.ellipticCurve)
        #expect((0..<600).allSatisfy { key.sign("\($0)".utf8, by: JWSAlgorithm.es256).count == 64 })
    }

    @Test(
        "a text that is none",
        arguments: ["", "a", "a.b", "AA.AA.AA.AA", "AA.AA.A=", "AA.A+.AA", "AA. AA.AA", "AA.AB.AA", "..\n"])
    func malformed(_ text: String) { #expect(CompactJWS(text) == nil) }

    @Test("numbers that make no key")
    func badNumbers() throws {
        guard case .ellipticCurve(let x, let y) = try #require(Self.curve).numbers,
            case .rsa(let modulus, let exponent) = try #require(Self.rsa).numbers
        else { return #expect(Bool(false)) }
        let zeros = [UInt8](repeating: 0, count: 32)
        for (numbers, isKey) in [
            (PublicKey.Numbers.ellipticCurve(x: x, y: y), true), (.ellipticCurve(x: y, y: x), false),
            (.ellipticCurve(x: x, y: zeros), false), (.ellipticCurve(x: [0] + x, y: y), false),
            (.ellipticCurve(x: zeros, y: zeros), false), (.rsa(modulus: modulus, exponent: exponent), true),
            (.rsa(modulus: Array(modulus.prefix(128)), exponent: exponent), false),
            (.rsa(modulus: modulus, exponent: []), false), (.rsa(modulus: modulus, exponent: [1]), false),
            (.rsa(modulus: modulus, exponent: [2]), false), (.rsa(modulus: [], exponent: exponent), false),
            (.rsa(modulus: [0] + modulus, exponent: exponent), false),
            (.rsa(modulus: Array(repeating: 255, count: 2048), exponent: exponent), false),
        ] {
            #expect((PublicKey(numbers) != nil) == isKey)
        }
    }
}

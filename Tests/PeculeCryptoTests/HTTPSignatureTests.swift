import PeculeCrypto
import Testing

@Suite("HTTP signatures")
struct HTTPSignatureTests {
    static let authority = CertificateAuthority(
        .init(commonName: "CA", organization: "CA"), validity: 0...4_000_000_000)
    static let key = PrivateKey.make()
    static let certificate = seal(key)
    static let stranger = seal(PrivateKey.make())

    static func seal(_ key: PrivateKey) -> Certificate {
        let statements = QualifiedStatements(
            kind: .seal, roles: [.paymentInitiation], authorityName: "ACPR", authorityID: "FR-ACPR")
        return authority.issue(
            .init(commonName: "TPP", organization: "TPP"), for: .qualified(statements), key: key,
            validity: 0...4_000_000_000)
    }

    static let head = SignedHead(
        method: "POST", target: "/foo?param=value&pet=dog",
        fields: [
            ("Host", "example.com"), ("Date", "Sun, 05 Jan 2014 21:31:40 GMT"), ("Content-Type", "application/json"),
            ("Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="), ("Content-Length", "18"),
        ])

    /// draft-cavage-http-signatures-12, appendix C.
    static let vectors: [(headers: [String], signature: String)] = [
        (
            ["date"],
            "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7"
                + "T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM="
        ),
        (
            ["(request-target)", "host", "date"],
            "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzi"
                + "c+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0="
        ),
        (
            ["(request-target)", "host", "date", "content-type", "digest", "content-length"],
            "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+"
                + "TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE="
        ),
    ]

    @Test("the examples of the draft, signed and verified", arguments: vectors)
    func draft(headers: [String], expected: String) throws {
        let key = try #require(PrivateKey(pem: Self.draftKey))
        let signature = try #require(
            HTTPSignature(of: Self.head, headers: headers, keyID: "Test", algorithm: .rsaSHA256, key: key))
        #expect(Base64.encode(signature.bytes) == expected)
        #expect(signature.isValid(for: Self.head, by: Self.seal(key)))
        #expect(!signature.isValid(for: Self.head, by: Self.stranger))
        let list = headers.joined(separator: " ")
        let field = "keyId=\"Test\",algorithm=\"rsa-sha256\",headers=\"\(list)\",signature=\"\(expected)\""
        #expect(signature.field == field)
        #expect(HTTPSignature(field: field) == signature)
    }

    static let changes: [(what: String, change: @Sendable (SignedHead) -> SignedHead, isValid: Bool)] = [
        ("nothing", { $0 }, true),
        ("the case of a name and blanks around a value", { replacing("Date", " \($0.fields[1].value)\t", $0) }, true),
        ("a field that is not signed", { replacing("Content-Length", "19", $0) }, true),
        ("a signed field", { replacing("Digest", "SHA-256=AAAA", $0) }, false),
        ("a second field of a signed name", { adding("Date", "x", $0) }, false),
        ("the method", { SignedHead(method: "PUT", target: $0.target, fields: $0.fields) }, false),
        ("the query", { SignedHead(method: $0.method, target: "/foo", fields: $0.fields) }, false),
        ("a missing field", { SignedHead(method: $0.method, target: $0.target, fields: []) }, false),
        ("an answer instead", { SignedHead(method: nil, target: $0.target, fields: $0.fields) }, false),
    ]

    @Test("what is changed on the way is seen", arguments: changes.indices)
    func tampering(index: Int) throws {
        let row = Self.changes[index]
        for algorithm in SignatureAlgorithm.allCases {
            let signature = try #require(
                HTTPSignature(
                    of: Self.head, headers: ["(request-target)", "date", "digest"], keyID: "k", algorithm: algorithm,
                    key: Self.key))
            #expect(signature.isValid(for: row.change(Self.head), by: Self.certificate) == row.isValid, "\(row.what)")
        }
    }

    private static func replacing(_ name: String, _ value: String, _ head: SignedHead) -> SignedHead {
        let fields = head.fields.map { $0.name == name ? (name: name.uppercased(), value: value) : $0 }
        return SignedHead(method: head.method, target: head.target, fields: fields)
    }

    private static func adding(_ name: String, _ value: String, _ head: SignedHead) -> SignedHead {
        SignedHead(method: head.method, target: head.target, fields: head.fields + [(name: name, value: value)])
    }

    @Test("what cannot be signed is not", arguments: [
        (["date"], "k", true), (["etag"], "k", false), ([], "k", false), (["date", "date"], "k", false),
        (["date"], "k\"", false), (["date"], "k\n", false),
    ])
    func unsignable(headers: [String], keyID: String, isSigned: Bool) {
        let signature = HTTPSignature(
            of: Self.head, headers: headers, keyID: keyID, algorithm: .rsaSHA256, key: Self.key)
        #expect((signature != nil) == isSigned)
    }

    @Test("a field that is not one is refused", arguments: [
        (#"keyId="k",algorithm="rsa-sha256",headers="date",signature="AAAA""#, true),
        (#"keyId="k", algorithm="rsa-sha512", headers="date", signature="AAAA", opaque="x""#, true),
        (#"keyId="k",algorithm="rsa-sha256",headers="date""#, false),
        (#"algorithm="rsa-sha256",headers="date",signature="AAAA""#, false),
        (#"keyId="",algorithm="rsa-sha256",headers="date",signature="AAAA""#, false),
        (#"keyId="k",keyId="l",algorithm="rsa-sha256",headers="date",signature="AAAA""#, false),
        (#"keyId="k",algorithm="rsa-sha1",headers="date",signature="AAAA""#, false),
        (#"keyId="k",algorithm="none",headers="date",signature="AAAA""#, false),
        (#"keyId="k",algorithm="rsa-sha256",headers="",signature="AAAA""#, false),
        (#"keyId="k",algorithm="rsa-sha256",headers="Date",signature="AAAA""#, false),
        (#"keyId="k",algorithm="rsa-sha256",headers="date",signature="?""#, false),
        (#"keyId="k",algorithm="rsa-sha256",headers="date",signature="""#, false),
        (#"keyId="k",algorithm="rsa-sha256",headers="date",signature="AAAA"#, false),
        (#"keyId="k";algorithm="rsa-sha256";headers="date";signature="AAAA""#, false),
        ("Signature", false), ("", false),
    ])
    func fields(text: String, isOne: Bool) {
        #expect((HTTPSignature(field: text) != nil) == isOne)
    }

    @Test("a digest speaks of these bytes alone", arguments: [
        ("SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", #"{"hello": "world"}"#, true),
        ("SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "", true),
        ("SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", #"{"hello":"world"}"#, false),
        ("SHA-512=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", #"{"hello": "world"}"#, false),
        ("SHA-256=", "", false), ("", "", false),
    ])
    func digests(field: String, body: String, matches: Bool) {
        #expect(HTTPDigest.matches(field, Array(body.utf8)) == matches)
        if matches { #expect(HTTPDigest.field(Array(body.utf8)) == field) }
    }

    @Test("a certificate is named in the form of each standard", arguments: [
        ("https://tpp.example/qseal_F", SignatureRule.KeyID.url, true), ("http://tpp.example/qseal_F", .url, false),
        ("https://tpp.example/qseal_F?x=_F", .url, false), ("https://a@tpp.example/_F", .url, false),
        ("https://tpp.example/qseal#_F", .url, false), ("https://tpp.example/qseal_0", .url, false),
        ("https://tpp.example/qsealF", .url, false), ("SN=S,CA=CN=CA,O=CA,C=FR", .serial, true),
        ("SN=S,CA=CN=CB,O=CA,C=FR", .serial, false), ("SN=00,CA=CN=CA,O=CA,C=FR", .serial, false),
    ])
    func names(pattern: String, form: SignatureRule.KeyID, isNamed: Bool) {
        let certificate = Self.certificate
        let keyID = pattern.replacing("_F", with: "_\(certificate.fingerprint)")
            .replacing("qsealF", with: "qseal\(certificate.fingerprint)")
            .replacing("SN=S,", with: "SN=\(certificate.serial),")
        #expect(certificate.isNamed(keyID, form) == isNamed)
        #expect(certificate.isNamed(certificate.keyID(form, at: "https://tpp.example/qseal"), form))
    }

    @Test("no key shows itself")
    func masked() {
        #expect("\(Self.key)" == "private key •••")
        #expect(PrivateKey(pem: Self.key.pem) != nil)
        #expect(PrivateKey(pem: "") == nil && PrivateKey(pem: Self.certificate.pem) == nil)
    }

    /// Published with the draft, appendix C.
    static let draftKey = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXgIBAAKBgQDCFENGw33yGihy92pDjZQhl0C36rPJj+CvfSC8+q28hxA161QF
        NUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6Z4UMR7EOcpfdUE9Hf3m/hs+F
        UR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJwoYi+1hqp1fIekaxsyQIDAQAB
        AoGBAJR8ZkCUvx5kzv+utdl7T5MnordT1TvoXXJGXK7ZZ+UuvMNUCdN2QPc4sBiA
        QWvLw1cSKt5DsKZ8UETpYPy8pPYnnDEz2dDYiaew9+xEpubyeW2oH4Zx71wqBtOK
        kqwrXa/pzdpiucRRjk6vE6YY7EBBs/g7uanVpGibOVAEsqH1AkEA7DkjVH28WDUg
        f1nqvfn2Kj6CT7nIcE3jGJsZZ7zlZmBmHFDONMLUrXR/Zm3pR5m0tCmBqa5RK95u
        412jt1dPIwJBANJT3v8pnkth48bQo/fKel6uEYyboRtA5/uHuHkZ6FQF7OUkGogc
        mSJluOdc5t6hI1VsLn0QZEjQZMEOWr+wKSMCQQCC4kXJEsHAve77oP6HtG/IiEn7
        kpyUXRNvFsDE0czpJJBvL/aRFUJxuRK91jhjC68sA7NsKMGg5OXb5I5Jj36xAkEA
        gIT7aFOYBFwGgQAQkWNKLvySgKbAZRTeLBacpHMuQdl1DfdntvAyqpAZ0lY0RKmW
        G6aFKaqQfOXKCyWoUiVknQJAXrlgySFci/2ueKlIE1QqIiLSZ8V8OlpFLRnb1pzI
        7U1yQXnTAEFYM560yJlzUpOb1V4cScGd365tiSMvxLOvTA==
        -----END RSA PRIVATE KEY-----
        """
}

import PeculeBanks
import PeculeCrypto
import PeculeHTTP
import Testing

/// What an operator writes about a bank that demands certificates.
@Suite struct SignatureProfileTests {
    static let url: JSON = [
        "algorithm": "rsa-sha256", "headers": ["(request-target)", "date"], "headersIfPresent": ["digest"],
        "keyID": "url", "keyURL": "https://tpp.example/qseal", "answers": true,
    ]
    static let serial: JSON = ["algorithm": "rsa-sha512", "headers": ["digest"], "keyID": "serial"]

    private static func profile(_ members: [JSON.Member]) throws(BankProfileError) -> BankProfile {
        var document = Sample.document()
        for (name, value) in members { document[name] = value }
        return try BankProfile(.object(document))
    }

    @Test func aBankMayDemandNothing() throws {
        let profile = try Self.profile([])
        #expect(!profile.usesMutualTLS && profile.signature == nil)
    }

    @Test func bothFormsAreRead() throws {
        let stet = try Self.profile([("mutualTLS", true), ("signature", Self.url)])
        #expect(stet.usesMutualTLS)
        #expect(
            stet.signature?.rule
                == SignatureRule(
                    headers: ["(request-target)", "date"], headersIfPresent: ["digest"], keyID: .url,
                    signsAnswers: true))
        #expect(stet.signature?.keyURL == "https://tpp.example/qseal")
        let berlin = try Self.profile([("signature", Self.serial)])
        #expect(berlin.signature?.rule == SignatureRule(algorithm: .rsaSHA512, headers: ["digest"], keyID: .serial))
        #expect(berlin.signature?.keyURL == nil && !berlin.usesMutualTLS)
    }

    static let wrong: [(member: String, value: JSON?, in: JSON, field: String)] = [
        ("algorithm", "rsa-sha1", url, "signature.algorithm"), ("algorithm", nil, url, "signature.algorithm"),
        ("headers", [], url, "signature.headers"), ("headers", nil, url, "signature.headers"),
        ("headers", ["Date"], url, "signature.headers"), ("headers", ["date", "date"], url, "signature.headers"),
        ("headersIfPresent", ["date"], url, "signature.headers"), ("headers", "date", url, "signature.headers"),
        ("keyID", "name", url, "signature.keyID"), ("keyURL", nil, url, "signature.keyURL"),
        ("keyURL", "http://127.0.0.1/q", url, "signature.keyURL"),
        ("keyURL", "https://tpp.example/q?a", url, "signature.keyURL"),
        ("keyURL", "https://tpp.example/q", serial, "signature.keyURL"), ("answers", "yes", url, "signature.answers"),
        ("header", ["date"], url, "signature.header"),
    ]

    @Test(arguments: wrong.indices)
    func whatIsWrongIsNamed(index: Int) throws {
        let row = Self.wrong[index]
        var signature = try #require(row.in.object)
        signature[row.member] = row.value
        #expect { try Self.profile([("signature", .object(signature))]) } throws: { error in
            (error as? BankProfileError)?.field == row.field
        }
        #expect { try Self.profile([("mutualTLS", "yes")]) } throws: { error in
            (error as? BankProfileError)?.field == "mutualTLS"
        }
    }

    @Test(arguments: [
        (nil, true, nil), ("s3cret", true, "client.secret"), (nil, false, "mutualTLS"),
    ] as [(String?, Bool, String?)])
    func aCertificateMayStandInPlaceOfASecret(secret: String?, mutualTLS: Bool, field: String?) throws {
        var client = JSONObject([("id", "PSDFR-ACPR-99999"), ("authentication", "tls")])
        client["secret"] = secret.map { .string($0) }
        do throws(BankProfileError) {
            let profile = try Self.profile([("mutualTLS", .bool(mutualTLS)), ("client", .object(client))])
            #expect(profile.client.authentication == .tls && field == nil)
        } catch { #expect(error.field == field) }
    }

    @Test("A seal is refused that cannot be one", arguments: [
        ("seal", "seal", "ca", nil), ("seal", "other", "ca", .keyOfAnother), ("web", "web", "ca", .noSeal),
        ("bank", "bank", "ca", .noSeal), ("none", "seal", "ca", .broken("certificate")),
        ("seal", "none", "ca", .broken("key")), ("seal", "seal", "none", .broken("authorities")),
    ] as [(String, String, String, MessageSeal.Fault?)])
    func seals(certificate: String, key: String, authority: String, fault: MessageSeal.Fault?) {
        do throws(MessageSeal.Fault) {
            _ = try MessageSeal(
                certificate: Self.certificates[certificate]?.pem ?? "", key: Self.keys[key]?.pem ?? "",
                authorities: authority == "ca" ? Self.authority.certificate.pem : "")
            #expect(fault == nil)
        } catch { #expect(error == fault) }
    }

    static let authority = CertificateAuthority(
        .init(commonName: "CA", organization: "CA"), validity: 0...4_000_000_000)
    static let keys = Dictionary(uniqueKeysWithValues: ["seal", "other", "web", "bank"].map { ($0, PrivateKey.make()) })
    static let certificates = ["seal": issue("seal", .seal), "web": issue("web", .web), "bank": issue("bank", .seal)]

    private static func issue(_ name: String, _ kind: QualifiedStatements.Kind) -> Certificate {
        let role: PSD2Role = name == "bank" ? .accountServicing : .paymentInitiation
        return authority.issue(
            .init(commonName: name, organization: "TPP", organizationIdentifier: "PSDFR-ACPR-99999"),
            for: .qualified(.init(kind: kind, roles: [role], authorityName: "ACPR", authorityID: "FR-ACPR")),
            key: keys[name] ?? PrivateKey.make(), validity: 0...4_000_000_000)
    }
}

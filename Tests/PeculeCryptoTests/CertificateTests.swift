import PeculeCrypto
import Testing

@Suite("Certificates")
struct CertificateTests {
    static let day = 86_400
    static let now = 1_800_000_000
    static let authority = CertificateAuthority(
        .init(commonName: "Authority", organization: "Trust"), validity: now - 10 * day...now + 10 * day)
    static let other = CertificateAuthority(
        .init(commonName: "Authority", organization: "Trust"), validity: now - 10 * day...now + 10 * day)
    static let key = PrivateKey.make()

    static func issue(
        by authority: CertificateAuthority = authority, _ validity: ClosedRange<Int> = now - day...now + day,
        kind: QualifiedStatements.Kind = .seal, roles: Set<PSD2Role> = [.paymentInitiation]
    ) -> Certificate {
        let statements = QualifiedStatements(
            kind: kind, roles: roles, authorityName: "Autorité de contrôle", authorityID: "FR-ACPR")
        return authority.issue(
            .init(commonName: "Établissement", organization: "Éts", organizationIdentifier: "PSDFR-ACPR-99999"),
            for: .qualified(statements), key: key, validity: validity)
    }

    static let statements: [(QualifiedStatements.Kind, Set<PSD2Role>)] = [
        (.seal, [.paymentInitiation]), (.web, [.paymentInitiation]), (.web, []), (.seal, Set(PSD2Role.allCases)),
    ]

    @Test("what was written is read", arguments: statements)
    func reading(kind: QualifiedStatements.Kind, roles: Set<PSD2Role>) throws {
        let certificate = Self.issue(kind: kind, roles: roles)
        #expect(certificate.commonName == "Établissement")
        #expect(certificate.organizationIdentifier == "PSDFR-ACPR-99999")
        #expect(certificate.issuer == "CN=Authority,O=Trust,C=FR")
        #expect(certificate.validity == Self.now - Self.day...Self.now + Self.day)
        #expect(certificate.statements?.kind == kind)
        #expect(certificate.statements?.roles == roles)
        #expect(certificate.statements?.authorityName == "Autorité de contrôle")
        #expect(certificate.statements?.authorityID == "FR-ACPR")
        #expect(certificate.serial.count == 32 && certificate.fingerprint.count == 64)
        #expect(Certificate.list(pem: certificate.pem + Self.authority.certificate.pem)?.count == 2)
        #expect(certificate.belongs(to: Self.key) && !certificate.belongs(to: Self.authority.key))
    }

    @Test("an authority states nothing of itself")
    func authorityStatements() {
        #expect(Self.authority.certificate.statements == nil)
        #expect(Self.authority.certificate.organizationIdentifier == nil)
    }

    static let verdicts: [(ClosedRange<Int>, CertificateAuthority, CertificateTrust.Verdict)] = [
        (now - day...now + day, authority, .trusted), (now - 2 * day...now - day, authority, .expired),
        (now + day...now + 2 * day, authority, .notYetValid), (now - day...now + day, other, .foreign),
        (now - 2 * day...now - day, other, .foreign),
    ]

    @Test("an authority that is not known, and a time that is over, are told", arguments: verdicts)
    func trust(validity: ClosedRange<Int>, issuer: CertificateAuthority, verdict: CertificateTrust.Verdict) {
        let trust = CertificateTrust([Self.authority.certificate])
        #expect(trust.verdict(on: Self.issue(by: issuer, validity), at: Self.now) == verdict)
        #expect(CertificateTrust([]).verdict(on: Self.issue(by: issuer, validity), at: Self.now) == .foreign)
    }

    @Test("a holder's certificate vouches for nobody")
    func noAuthority() {
        let impostor = CertificateAuthority.Subject(commonName: "Authority", organization: "Trust")
        let trust = CertificateTrust([Self.issue()])
        let forged = CertificateAuthority(impostor, validity: Self.now - Self.day...Self.now + Self.day).certificate
        #expect(trust.verdict(on: forged, at: Self.now) == .foreign)
    }

    @Test("no damaged certificate is trusted, none crashes")
    func damage() {
        let (der, trust) = (Self.issue().der, CertificateTrust([Self.authority.certificate]))
        for position in stride(from: 0, to: der.count, by: 3) {
            var damaged = der
            damaged[position] ^= 0xFF
            let read = Certificate(der: damaged)
            #expect(read.map { trust.verdict(on: $0, at: Self.now) } != .trusted, "byte \(position)")
            #expect(Certificate(der: Array(der.prefix(position))) == nil)
        }
        #expect(Certificate(der: der + [0]) == nil)
    }

    @Test("a text that is no certificate is refused", arguments: [
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\nAAAA\n",
    ])
    func brokenText(text: String) { #expect(Certificate.list(pem: text) == nil) }
}

import PeculeCrypto

extension MockBankCertificates {
    /// One certificate to be made.
    struct Item {
        let name: String
        let what: String
        let organization: String
        let kind: QualifiedStatements.Kind
        var roles: Set<PSD2Role> = [.paymentInitiation]
        var isForeign = false
        var hasExpired = false

        var subject: CertificateAuthority.Subject {
            .init(commonName: name, organization: "Pecule test", organizationIdentifier: organization)
        }

        var statements: QualifiedStatements {
            QualifiedStatements(
                kind: kind, roles: roles, authorityName: "Autorité de contrôle prudentiel et de résolution",
                authorityID: "FR-ACPR")
        }
    }

    static let bankSeal = "bank-qseal"

    /// The banks', two initiators' as the banks know them, and what a bank has to refuse.
    static let items =
        [
            Item(
                name: bankSeal, what: "the banks' seal under their answers", organization: "PSDFR-ACPR-99900",
                kind: .seal, roles: [.accountServicing])
        ]
        + both("tpp", "the initiator PSDFR-ACPR-99999") { _ in }
        + both("other-tpp", "the initiator PSDFR-ACPR-99998", "PSDFR-ACPR-99998") { _ in }
        + both("expired", "expired a month ago") { $0.hasExpired = true }
        + both("foreign", "of the other authority") { $0.isForeign = true }
        + both("wrong-role", "for account information alone (PSP_AI)") { $0.roles = [.accountInformation] }

    /// For the connection (QWAC) and for the seal under messages (QSEALC).
    private static func both(
        _ name: String, _ what: String, _ organization: String = "PSDFR-ACPR-99999", _ change: (inout Item) -> Void
    ) -> [Item] {
        [(QualifiedStatements.Kind.web, "qwac", "QWAC"), (.seal, "qseal", "QSEALC")].map { kind, suffix, title in
            var item = Item(
                name: "\(name)-\(suffix)", what: "\(title): \(what)", organization: organization, kind: kind)
            change(&item)
            return item
        }
    }
}

public import PeculeCrypto

extension MockBankProfile {
    /// What a bank demands before it believes a call.
    public struct Security: Sendable, Equatable {
        /// Mutual TLS, with a QWAC of a payment initiator.
        public let demandsClientCertificate: Bool
        /// Signatures under messages, with a QSEALC of a payment initiator.
        public let signature: SignatureRule?

        public init(demandsClientCertificate: Bool, signature: SignatureRule?) {
            self.demandsClientCertificate = demandsClientCertificate
            self.signature = signature
        }
    }

    /// Invented banks that believe certificates alone: they need a `MockBankTrust`.
    public static let secured: [MockBankProfile] = [
        secured(
            MockBankProfile(
                id: "sceau", name: "Banque du Sceau", colour: "#7a1f2b", bic: "ZZSCFRPP", bankCode: "99931",
                version: .v16, flow: .codeThenConfirm, confirmNow: "ACCO", clientAuthentication: .basic),
            Security(
                demandsClientCertificate: true,
                signature: SignatureRule(
                    headers: ["(request-target)", "host", "date", "x-request-id"],
                    headersIfPresent: ["digest", "content-type"], keyID: .url, signsAnswers: true)), notifies: true),
        secured(
            MockBankProfile(
                id: "ecluse", name: "Crédit de l’Écluse", colour: "#1d4f7c", bic: "ZZECFRPP", bankCode: "99932",
                version: .v142, flow: .simple, confirmNow: nil, clientAuthentication: .tls),
            Security(demandsClientCertificate: true, signature: nil)),
        secured(
            MockBankProfile(
                id: "donjon", name: "Banque du Donjon", colour: "#4b3a6b", bic: "ZZDJFRPP", bankCode: "99934",
                version: .v142, flow: .simpleThenConfirm, confirmNow: "ACTC", clientAuthentication: .body),
            Security(
                demandsClientCertificate: false,
                signature: SignatureRule(headers: ["(request-target)", "x-request-id"], keyID: .url))),
        secured(
            MockBankProfile(
                id: "rempart", name: "Crédit du Rempart", colour: "#2b4a3a", bic: "ZZRPFRPP", bankCode: "99935",
                version: .v140, flow: .simple, confirmNow: nil, clientAuthentication: .tls),
            Security(
                demandsClientCertificate: true,
                signature: SignatureRule(headers: ["authorization", "x-request-id"], keyID: .url, signsAnswers: true))),
        secured(
            MockBankProfile(
                id: "beffroi", name: "Caisse du Beffroi", colour: "#5c3d12", bic: "ZZBFFRPP", bankCode: "99933",
                version: .v16, flow: .simple, confirmNow: nil, clientAuthentication: .basic),
            berlinGroup: BerlinGroup(),
            Security(
                demandsClientCertificate: false,
                signature: SignatureRule(
                    algorithm: .rsaSHA512, headers: ["digest", "x-request-id", "date"],
                    headersIfPresent: ["psu-id", "psu-corporate-id", "tpp-redirect-uri"], keyID: .serial))),
    ]

    private static func secured(
        _ profile: MockBankProfile, berlinGroup: BerlinGroup? = nil, _ security: Security, notifies: Bool = false
    ) -> MockBankProfile {
        var profile = profile
        (profile.security, profile.berlinGroup) = (security, berlinGroup)
        profile.variants.notifies = notifies
        return profile
    }
}

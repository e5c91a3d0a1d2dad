extension MockBankProfile {
    /// Every invented bank, of both standards.
    public static let all = fictional + particular + berlinGroup

    /// Invented banks: each plays one redirect flow and one version of the standard.
    public static let fictional: [MockBankProfile] = [
        MockBankProfile(
            id: "deux-rives", name: "Banque des Deux Rives", colour: "#0b5d51", bic: "ZZDRFRPP", bankCode: "99901",
            version: .v140, flow: .simple, confirmNow: nil, clientAuthentication: .basic),
        MockBankProfile(
            id: "phare", name: "Crédit du Phare", colour: "#8a2a5b", bic: "ZZPHFRPP", bankCode: "99902",
            version: .v142, flow: .simpleThenConfirm, confirmNow: "ACTC", clientAuthentication: .body),
        MockBankProfile(
            id: "montagne", name: "Caisse Montagne", colour: "#3d4a9e", bic: "ZZMTFRPP", bankCode: "99903",
            version: .v140, flow: .factorThenConfirm, confirmNow: "ACTC", clientAuthentication: .basic),
        MockBankProfile(
            id: "sillage", name: "Néo Sillage", colour: "#5b2ea6", bic: "ZZSGFRPP", bankCode: "99904",
            version: .v16, flow: .codeThenConfirm, confirmNow: "ACCO", clientAuthentication: .body),
        MockBankProfile(
            id: "atelier", name: "Banque de l’Atelier", colour: "#5a4a2f", bic: "ZZATFRPP", bankCode: "99905",
            version: .v142, flow: .codeThenConfirm, confirmNow: "ACCP", clientAuthentication: .basic),
        MockBankProfile(
            id: "oceane", name: "Mutuelle Océane", colour: "#005f8f", bic: "ZZXCFRPP", bankCode: "99906",
            version: .v16, flow: .codeOnly, confirmNow: nil, clientAuthentication: .body),
        MockBankProfile(
            id: "horizon", name: "Banque Horizon", colour: "#9a3d00", bic: "ZZHZFRPP", bankCode: "99907",
            version: .v142, flow: .bankConfirms, confirmNow: nil, clientAuthentication: .basic),
    ]
}

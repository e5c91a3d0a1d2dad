extension MockBankProfile {
    /// Invented banks of STET's standard that differ from the plain ones in everything in which real banks differ.
    public static let particular: [MockBankProfile] = [
        stet("colline", "Banque de la Colline", "#4a5a1e", "ZZCOFRPP", "99921", .v142, .simpleThenConfirm, "ACTC") {
            $0.refusesHAL = true
            ($0.hasTokenHost, $0.readsJSONTokenRequests) = (true, true)
            ($0.paymentID, $0.beneficiary) = (.relativeLocation, .instruction)
            $0.refusesConfirmationBody = true
            ($0.debtorAccount, $0.cancellation) = (.optionalHere, .everywhere)
            $0.notifies = true
        },
        stet("falaise", "Crédit de la Falaise", "#1f4e79", "ZZFLFRPP", "99922", .v16, .codeThenConfirm, "ACCO") {
            $0.instant = Instant(minimumCents: 500, maximumCents: 2_000)
            ($0.amount, $0.clock, $0.tokenType) = (.string, .paris, "bearer")
            ($0.instructionLags, $0.appearsAfter) = (true, 3)
            $0.refusal = .code
        },
        stet("estuaire", "Banque de l’Estuaire", "#7b2d26", "ZZESFRP2", "99923", .v140, .simple, nil) {
            $0.paymentID = .consentQuery("paymentRequestResourceId")
            ($0.debtorAccount, $0.cancellation) = (.requiredHere, .none)
            ($0.payerHeaders, $0.refusal, $0.clock) = (.refused, .forbidden, .utc)
        },
        stet("verger", "Banque du Verger", "#59418a", "ZZVEFRPP", "99924", .v142, .codeOnly, nil) {
            ($0.needsPKCE, $0.scope) = (false, "openid")
            $0.header = Header(name: "X-Subscription-Key", value: "essai")
            ($0.paymentID, $0.executing) = (.locationWithSlash, "ACWP")
            $0.returnError = "invalid_request"
        },
        stet("lagune", "Caisse de la Lagune", "#0f5c5c", "ZZLGFRPP", "99925", .v142, .factorThenConfirm, "ACSP") {
            ($0.paymentID, $0.executing) = (.consentPath, "PDNG")
            ($0.amount, $0.beneficiary) = (.number, .payment)
            ($0.payerHeaders, $0.hasApplication) = (.required, true)
            $0.instant = Instant(minimumCents: 2_000, maximumCents: 200_000, isInside: false, isTold: true)
        },
    ]

    private static func stet(
        _ id: String, _ name: String, _ colour: String, _ bic: String, _ bankCode: String, _ version: Version,
        _ flow: RedirectFlow, _ confirmNow: String?, _ change: (inout Variants) -> Void
    ) -> MockBankProfile {
        var profile = MockBankProfile(
            id: id, name: name, colour: colour, bic: bic, bankCode: bankCode, version: version, flow: flow,
            confirmNow: confirmNow, clientAuthentication: .basic)
        change(&profile.variants)
        return profile
    }
}

extension MockBankProfile {
    /// In what banks of Berlin Group's NextGenPSD2 differ.
    public struct BerlinGroup: Sendable, Equatable {
        /// Whether the initiator has to start the authorisation with a request of its own.
        public var isExplicit = false
        /// Errors as problem details instead of `tppMessages`, where they are accepted.
        public var usesProblems = false
        /// Whether the payer has to agree to a cancellation (202 instead of 204).
        public var asksBeforeCancelling = false
        /// The parameter of the payer's return that brings the confirmation code.
        public var confirmationCode = "confirmationCode"

        static let ordinary = "sepa-credit-transfers"
        static let instant = "instant-sepa-credit-transfers"

        /// As the plainest bank does it.
        public init() {}
    }

    /// Invented banks that speak Berlin Group's standard instead of STET.
    public static let berlinGroup: [MockBankProfile] = [
        berlin("rhin", "Banque du Rhin", "#0b4f6c", "ZZRHFRPP", "99911", .simple, nil) {
            $0.usesProblems = true
        } variants: {
            $0.notifies = true
        },
        berlin("lemanique", "Crédit Lémanique", "#6b2d5c", "ZZLMFRPP", "99912", .codeThenConfirm, "ACTC") { _ in },
        berlin("ardennes", "Caisse des Ardennes", "#2f5d3a", "ZZADFRPP", "99913", .factorThenConfirm, "ACTC") {
            ($0.isExplicit, $0.confirmationCode) = (true, "code_confirmation")
        },
        berlin("escaut", "Banque de l’Escaut", "#7a3b12", "ZZESFRPP", "99914", .decoupled, nil) {
            ($0.isExplicit, $0.asksBeforeCancelling) = (true, true)
        } variants: {
            $0.notifies = true
        },
        berlin("meuse", "Meuse Instantané", "#3b3b8f", "ZZMSFRPP", "99915", .codeOnly, nil) {
            $0.usesProblems = true
        } variants: {
            ($0.instant, $0.cancellation) = (Instant(maximumCents: 2_000, isInside: false), .none)
        },
    ]

    /// Payment products of Berlin Group's standard.
    var products: [String] { [BerlinGroup.ordinary] + (variants.instant == nil ? [] : [BerlinGroup.instant]) }

    private static func berlin(
        _ id: String, _ name: String, _ colour: String, _ bic: String, _ bankCode: String, _ flow: RedirectFlow,
        _ confirmNow: String?, _ change: (inout BerlinGroup) -> Void,
        variants vary: (inout Variants) -> Void = { _ in }
    ) -> MockBankProfile {
        var profile = MockBankProfile(
            id: id, name: name, colour: colour, bic: bic, bankCode: bankCode, version: .v16, flow: flow,
            confirmNow: confirmNow, clientAuthentication: .basic)
        var rules = BerlinGroup()
        change(&rules)
        profile.berlinGroup = rules
        vary(&profile.variants)
        return profile
    }
}

/// What a bank of STET's standard does not do, whoever asks.
enum Decline: CaseIterable {
    case instant
    case foreignAccount

    /// The ISO code that comes nearest; the interface has no place for it.
    var reason: String {
        switch self {
        case .instant: "AG01"
        case .foreignAccount: "AC01"
        }
    }

    func text(_ refusal: MockBankProfile.Refusal) -> String {
        switch (self, refusal) {
        case (.instant, .code): "INSTANT_PAYMENT_UNAVAILABLE"
        case (.foreignAccount, .code): "DEBTOR_ACCOUNT_UNKNOWN"
        case (.instant, .forbidden): "Virement instantané impossible pour cet ordre"
        case (.foreignAccount, .forbidden): "Le compte à débiter n’est pas tenu par notre banque"
        case (.instant, .text): "localInstrument: not as an instant transfer"
        case (.foreignAccount, .text): "debtorAccount.iban is no account of this bank"
        }
    }
}

/// A prison (« établissement pénitentiaire ») as far as a transfer needs it.
public struct Establishment: Sendable, Hashable {
    public let id: EstablishmentID
    public let name: String
    /// Who receives the money: the « régie des comptes nominatifs ». The only account a transfer can go to.
    public let payee: Payee
    /// Nil when the establishment sets none.
    public let cap: TransferCap?
    /// Whether the establishment takes part in the service at present.
    public let acceptsTransfers: Bool

    public init(
        id: EstablishmentID, name: String, payee: Payee, cap: TransferCap? = nil, acceptsTransfers: Bool = true
    ) {
        self.id = id
        self.name = name
        self.payee = payee
        self.cap = cap
        self.acceptsTransfers = acceptsTransfers
    }
}

/// An account that money is sent to. It belongs to an institution; its name is shown to payers, its number masked.
public struct Payee: Sendable, Hashable {
    /// At most 70 characters.
    public let name: String
    public let iban: IBAN
    public let bic: BIC?
    /// The name as it travels in a transfer, without accents.
    public let sepaName: String

    /// Nil when the name is empty or too long once written in the characters that SEPA carries.
    public init?(name: String, iban: IBAN, bic: BIC? = nil) {
        sepaName = SEPAText.carried(name)
        guard (1...70).contains(sepaName.utf8.count) else { return nil }
        self.name = name
        self.iban = iban
        self.bic = bic
    }
}

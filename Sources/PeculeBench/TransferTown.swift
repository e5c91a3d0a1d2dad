import Pecule

/// Relatives with a permit each, all of one prison.
struct TransferTown {
    let permits: InMemoryStore
    let payers: [(payer: Payer, permit: PermitNumber)]
    let bank: BankID
    let amount: Amount
    let browser: BrowserSession
    let address: ReturnAddress

    /// - Parameter client: whose users they are; nil for those of an embedded gateway.
    init(people: Int, client: String? = nil) {
        guard let name = try? PersonName(birthName: "Exemple", givenNames: ["Camille"]),
            let place = EstablishmentID("demo-valmont"), let iban = try? IBAN("FR7699920000420000041700138"),
            let payee = Payee(name: "Régie des comptes nominatifs Valmont", iban: iban),
            let bank = BankID("montagne"), let euro = Amount(cents: 100),
            let browser = BrowserSession("a-browser-of-the-bench"),
            let address = ReturnAddress("https://portail.example/retour")
        else { Bench.fail("a sample is not valid") }
        (self.bank, amount, self.browser, self.address) = (bank, euro, browser, address)
        let cap = TransferCap(perTransfer: Amount(cents: 200_00), perMonth: Amount(cents: 300_00))
        let permits = (0..<people).map { Self.permit($0, name, place, client) }
        self.permits = InMemoryStore(
            establishments: [Establishment(id: place, name: "Valmont", payee: payee, cap: cap)], permits: permits)
        payers = permits.compactMap { permit in
            permit.registeredBy.map { (Payer(account: $0, name: name), permit.number) }
        }
    }

    private static func permit(
        _ person: Int, _ name: PersonName, _ place: EstablishmentID, _ client: String?
    ) -> VisitPermit {
        let user = client.map { "\($0):camille" } ?? "relative-\(person)"
        guard let number = PermitNumber("\(100_000 + person)"), let account = AccountID(user),
            let ecrouNumber = try? EcrouNumber("\(100_000 + person)")
        else { Bench.fail("a sample is not valid") }
        return VisitPermit(
            number: number, holder: name,
            detainee: Detainee(establishment: place, ecrouNumber: ecrouNumber, name: name), status: .active,
            registeredBy: account)
    }
}

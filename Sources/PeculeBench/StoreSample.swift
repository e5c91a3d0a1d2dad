import Foundation
import Pecule

/// Invented transfers for measurements of stores: numbered, all alike.
struct StoreSample: Sendable {
    private let permit: VisitPermit
    private let establishment: Establishment
    private let name: PersonName
    private let amount: Amount
    private let bank: BankID
    private let browser: BrowserSession
    private let address: ReturnAddress
    let correlation: CorrelationID
    let start = Date(timeIntervalSince1970: 1_795_000_000)

    init() {
        guard let name = try? PersonName(birthName: "Exemple", givenNames: ["Camille"]),
            let ecrouNumber = try? EcrouNumber("042137"), let number = PermitNumber("900417"),
            let place = EstablishmentID("demo-valmont"), let iban = try? IBAN("FR7699920000420000041700138"),
            let payee = Payee(name: "Régie des comptes nominatifs", iban: iban), let amount = Amount(cents: 25_50),
            let bank = BankID("deux-rives"), let browser = BrowserSession("a-browser-of-the-bench"),
            let address = ReturnAddress("https://portail.example/retour"),
            let correlation = CorrelationID("bench")
        else { Bench.fail("a sample is not valid") }
        (self.name, self.amount, self.bank, self.browser, self.address) = (name, amount, bank, browser, address)
        self.correlation = correlation
        let detainee = Detainee(establishment: place, ecrouNumber: ecrouNumber, name: name)
        permit = VisitPermit(number: number, holder: name, detainee: detainee, status: .active, registeredBy: nil)
        establishment = Establishment(id: place, name: "Centre de Valmont", payee: payee)
    }

    func account(_ number: Int) -> AccountID {
        guard let account = AccountID("account-\(number)") else { Bench.fail("a sample is not valid") }
        return account
    }

    /// Drafted one second after the one before.
    func draft(_ number: Int, by account: Int) -> Transfer {
        // Spread over the index, as random ids are.
        let spread = UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15
        guard let id = TransferID("T\(String(spread, radix: 36))-\(number)") else {
            Bench.fail("a sample is not valid")
        }
        let order = TransferOrder(
            id: id, payer: Payer(account: self.account(account), name: name), permit: permit,
            establishment: establishment, amount: amount, at: start + TimeInterval(number))
        return Transfer(order, patience: Patience())
    }

    /// The changes of a transfer's life.
    func events(of draft: Transfer) -> [TransferEvent] {
        let state = String((draft.id.text + String(repeating: "-", count: 32)).prefix(32))
        guard let returnState = ReturnState(state) else { Bench.fail("a sample is not valid") }
        let choice = BankChoice(
            bank: bank, returnAddress: address, returnState: returnState, browser: browser,
            chosenAt: draft.order.draftedAt)
        let approval = ApprovalStep.redirect(to: "https://bank.example/approve/\(draft.id)", expires: nil)
        let echo = PaymentEcho(
            amount: draft.order.amount, currency: "EUR", creditor: draft.order.payee.iban,
            endToEndID: draft.order.endToEndID)
        return [
            .bankChosen(choice), .initiated(BankPayment(id: "P-\(draft.id)", approval: approval)),
            .reported(BankReport(.executing, echo: echo)), .reported(BankReport(.settled, echo: echo)),
        ]
    }
}

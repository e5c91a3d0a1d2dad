import Foundation
import Pecule
import Testing

/// The people, places and texts of the tests; all invented.
enum Sample {
    static let morning = paris("2026-11-20 10:00")
    static let correlation = make(CorrelationID("request-1"))
    static let browser = make(BrowserSession("browser-of-jeanne-1"))
    static let otherBrowser = make(BrowserSession("browser-of-mallory"))
    static let portal = make(ReturnAddress("https://portail.example/retour"))
    static let payer = Payer(account: make(AccountID("account-jeanne")), name: name("Petit", "Jeanne"))
    static let stranger = Payer(account: make(AccountID("account-mallory")), name: name("Voleur", "Marcel"))
    static let permitNumber = make(PermitNumber("240001"))
    static let prison = make(EstablishmentID("mc-pont-neuf"))
    static let payee = make(
        Payee(name: "Régie des comptes nominatifs", iban: iban("FR7699991000010000001234570"), bic: BIC("AAAAFRPP")))
    static let detainee = Detainee(
        establishment: prison, ecrouNumber: ecrou("012345"), name: name("Petit", "Émile", "Jean"))
    static let otherPayee = make(Payee(name: "Régie corrigée", iban: iban("FR7699992000420000009876566")))
    static let otherDetainee = Detainee(
        establishment: prison, ecrouNumber: ecrou("067890"), name: name("Petit", "Émile", "Jean"))

    static func amount(_ cents: Int) -> Amount { make(Amount(cents: cents)) }
    static func id(_ text: String) -> TransferID { make(TransferID(text)) }
    static func bank(_ text: String) -> BankID { make(BankID(text)) }
    static func iban(_ text: String) -> IBAN { make(try? IBAN(text)) }
    static func ecrou(_ text: String) -> EcrouNumber { make(try? EcrouNumber(text)) }
    static func state(_ digit: Character) -> ReturnState { make(ReturnState(String(repeating: digit, count: 32))) }

    static func name(_ birthName: String, usage: String? = nil, _ givenNames: String...) -> PersonName {
        make(try? PersonName(birthName: birthName, usageName: usage, givenNames: givenNames))
    }

    static func permit(
        holder: PersonName = payer.name, detainee: Detainee = detainee, status: VisitPermit.Status = .active,
        registeredBy: AccountID? = payer.account
    ) -> VisitPermit {
        VisitPermit(
            number: permitNumber, holder: holder, detainee: detainee, status: status, registeredBy: registeredBy)
    }

    static func establishment(
        payee: Payee = payee, cap: TransferCap? = nil, acceptsTransfers: Bool = true
    ) -> Establishment {
        Establishment(
            id: prison, name: "Maison centrale du Pont-Neuf", payee: payee, cap: cap,
            acceptsTransfers: acceptsTransfers)
    }

    static func order(_ text: String = "T-1", cents: Int = 4_250, at now: Date = morning)
        -> TransferOrder
    {
        TransferOrder(
            id: id(text), payer: payer, permit: permit(), establishment: establishment(), amount: amount(cents),
            at: now)
    }

    static func choice(_ bank: String = "deux-rives", state: Character = "a", at now: Date = morning)
        -> BankChoice
    {
        BankChoice(
            bank: self.bank(bank), returnAddress: portal, returnState: self.state(state), browser: browser,
            chosenAt: now)
    }

    static func echo(
        of order: TransferOrder, amount: Amount? = nil, currency: String? = "EUR", creditor: IBAN? = nil,
        endToEndID: String? = nil
    ) -> PaymentEcho {
        PaymentEcho(
            amount: amount ?? order.amount, currency: currency, creditor: creditor ?? order.payee.iban,
            endToEndID: endToEndID ?? order.endToEndID)
    }

    private static func make<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("a sample is not valid") }
        return value
    }
}

extension BankFault {
    static let timeout = BankFault.outcomeUnknown(.init(.timeout))
    static let unreachable = BankFault.notSent(.init(.unreachable))
    static let insufficientFunds = BankFault.refused(.insufficientFunds, .init(.malformedAnswer, status: 403))
}

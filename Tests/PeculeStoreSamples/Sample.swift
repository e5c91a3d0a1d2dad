public import Foundation
public import Pecule

/// Invented people, places and transfers for the tests of stores.
public enum Sample {
    public static let morning = paris("2026-11-20 10:00")
    public static let correlation = make(CorrelationID("request-1"))
    public static let bank = make(BankID("deux-rives"))
    public static let browser = make(BrowserSession("browser-of-jeanne-1"))
    public static let address = make(ReturnAddress("https://portail.example/retour"))

    public static func id(_ text: String) -> TransferID { make(TransferID(text)) }
    public static func account(_ text: String) -> AccountID { make(AccountID(text)) }
    public static func amount(_ cents: Int) -> Amount { make(Amount(cents: cents)) }

    public static func detainee(_ ecrou: String = "012345", in prison: String = "mc-pont-neuf") -> Detainee {
        Detainee(
            establishment: make(EstablishmentID(prison)), ecrouNumber: make(try? EcrouNumber(ecrou)),
            name: name("D'Aÿ-l’Été", usage: "Šťastný", "Éloïse", "Zoë"))
    }

    public static func establishment(
        _ name: String = "Maison centrale du Pont-Neuf", payee: String = "Régie des comptes nominatifs",
        cap: TransferCap? = nil
    ) -> Establishment {
        let iban = make(try? IBAN("FR7699991000010000001234570"))
        return Establishment(
            id: detainee().establishment, name: name,
            payee: make(Payee(name: payee, iban: iban, bic: BIC("AAAAFRPP"))), cap: cap)
    }

    public static func payer(_ account: String = "account-jeanne") -> Payer {
        Payer(account: self.account(account), name: name("Petit", "Jeanne", "Anne-Marie"))
    }

    public static func permit(_ detainee: Detainee = detainee(), payer: Payer = payer()) -> VisitPermit {
        VisitPermit(
            number: make(PermitNumber("240001")), holder: payer.name, detainee: detainee, status: .active,
            registeredBy: payer.account)
    }

    /// A draft, kept nowhere yet.
    public static func draft(
        _ id: String = "T-1", by account: String = "account-jeanne", for detainee: Detainee = detainee(),
        cents: Int = 4_250, at moment: Date = morning
    ) -> Transfer {
        let order = TransferOrder(
            id: self.id(id), payer: payer(account), permit: permit(detainee), establishment: establishment(),
            amount: amount(cents), at: moment)
        return Transfer(order, patience: Patience())
    }

    /// Of a state that no other transfer has.
    public static func choice(
        of id: TransferID, at moment: Date = morning, answers: BankAnswers = .none
    ) -> BankChoice {
        let state = String((id.text + String(repeating: "-", count: 32)).prefix(32))
        return BankChoice(
            bank: bank, returnAddress: address, returnState: make(ReturnState(state)), browser: browser,
            chosenAt: moment, answers: answers)
    }

    public static func payment(_ id: String = "P-1", memo: String = "") -> BankPayment {
        BankPayment(
            id: id, approval: .redirect(to: "https://bank.example/approve/1", expires: morning + 600),
            expects: .authorizationCode, memo: ProviderMemo(memo))
    }

    public static func name(_ birthName: String, usage: String? = nil, _ givenNames: String...) -> PersonName {
        make(try? PersonName(birthName: birthName, usageName: usage, givenNames: givenNames))
    }

    public static func make<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("a sample is not valid") }
        return value
    }
}

/// A wall-clock time in Paris, `yyyy-MM-dd HH:mm`.
public func paris(_ text: String) -> Date {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "Europe/Paris")
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    return Sample.make(formatter.date(from: text))
}

extension Transfer {
    /// What becomes of it by an event that changes it.
    public func after(_ event: TransferEvent, at moment: Date = Sample.morning) -> Transfer {
        var next = self
        let verdict = try? next.apply(event, at: moment, patience: Patience())
        precondition(verdict != nil && verdict != .ignored, "a sample's event changes nothing")
        return next
    }

    /// With a bank chosen.
    public func begun(at moment: Date = Sample.morning) -> Transfer {
        after(.bankChosen(Sample.choice(of: id, at: moment)), at: moment)
    }

    /// What the bank gives back when it has understood.
    public var echo: PaymentEcho {
        PaymentEcho(
            amount: order.amount, currency: "EUR", creditor: order.payee.iban, endToEndID: order.endToEndID)
    }
}

extension TransferStore {
    /// Applies an event and keeps what becomes of the transfer.
    @discardableResult
    public func change(
        _ transfer: Transfer, _ event: TransferEvent, within allowance: MonthlyAllowance? = nil
    ) async throws(StoreFault) -> (transfer: Transfer, answer: Replacement) {
        let next = transfer.after(event)
        let record = TransferRecord(next, because: event, in: Sample.correlation)
        return (next, try await replace(next, expecting: transfer.version, recording: record, within: allowance))
    }

    /// Keeps a new transfer that has chosen its bank.
    @discardableResult
    public func begin(
        _ draft: Transfer, within allowance: MonthlyAllowance? = nil
    ) async throws(StoreFault) -> Transfer {
        _ = try await insert(draft)
        let event = TransferEvent.bankChosen(Sample.choice(of: draft.id, at: draft.order.draftedAt))
        return try await change(draft, event, within: allowance).transfer
    }
}

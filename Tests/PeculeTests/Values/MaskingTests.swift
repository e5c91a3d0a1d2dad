import Foundation
import Pecule
import Testing

/// Texts that name a person or open a door stand in values all over the core. However such a value is printed, by
/// itself or deep inside another, none of them may be seen.
@Suite struct MaskingTests {
    private static let iban = Sample.iban("FR3999993000070000X0ABC1213")
    private static let account = make(AccountID("canary-account"))
    private static let browser = make(BrowserSession("canary-browser-session"))
    private static let state = make(ReturnState("c0ffee00c0ffee00c0ffee00c0ffee00"))
    private static let permitNumber = make(PermitNumber("CANARYPERMIT"))
    private static let name = Sample.name("Canariello", usage: "Canarissimo", "Canarina", "Canaretta")
    private static let ecrou = Sample.ecrou("CANARY77")
    private static let code = ApprovalProof.authorizationCode("canary-code")
    private static let factor = ApprovalProof.authenticationFactor("canary-factor")
    private static let memo = ProviderMemo("canary-memo")

    private static let canaries = [
        "3999993000070000X0ABC12", "99993", "X0ABC", "canary", "c0ffee", "CANARY", "anariello", "anarissimo",
        "anarina", "anaretta", "ANARIELLO",
    ]

    private static let detainee = Detainee(establishment: Sample.prison, ecrouNumber: ecrou, name: name)
    private static let permit = VisitPermit(
        number: permitNumber, holder: name, detainee: detainee, status: .active, registeredBy: account)
    private static let payer = Payer(account: account, name: name)
    private static let payee = make(Payee(name: "Régie", iban: iban))
    private static let establishment = Establishment(id: Sample.prison, name: "Maison centrale", payee: payee)
    private static let order = TransferOrder(
        id: Sample.id("T-1"), payer: payer, permit: permit, establishment: establishment,
        amount: Sample.amount(4_250), at: paris("2026-11-20 10:00"))
    private static let choice = BankChoice(
        bank: Sample.bank("deux-rives"), returnAddress: Sample.portal, returnState: state, browser: browser,
        chosenAt: order.draftedAt, answers: answers)
    private static let question = BankQuestion(
        id: "psu_id", kind: .text(longest: 50, pattern: "[a-z ]+"), label: "Identifiant")
    private static let answers = make(try? BankAnswers(["psu_id": "canary login"], to: [question]))
    private static let refused: BankAnswerProblems? = {
        do throws(BankAnswerProblems) {
            _ = try BankAnswers(["psu_id": "CANARY"], to: [question])
            return nil
        } catch { return error }
    }()
    private static let step = ApprovalStep.redirect(
        to: "https://bank.example/authorize?context=canary&state=\(state.revealed)", expires: order.draftedAt)
    private static let payment = BankPayment(id: "P-1", approval: step, expects: .authorizationCode, memo: memo)
    private static let report = BankReport(.settled, echo: Sample.echo(of: order))
    private static let callback = make(
        try? BankCallback(query: "state=\(state.revealed)&code=canary-code&psuAuthenticationFactor=canary-factor"))

    private static let transfers: [Transfer] = {
        var transfer = Transfer(order, patience: Patience())
        var stages = [transfer]
        for event in [.bankChosen(choice), .initiated(payment), .payerReturned(code)] as [TransferEvent] {
            _ = try? transfer.apply(event, at: order.draftedAt, patience: Patience())
            stages.append(transfer)
        }
        return stages
    }()

    private static let values: [any Sendable] = [
        iban, account, browser, state, permitNumber, name, ecrou, code, factor, memo, order.remittance, detainee,
        detainee.account, permit, payer, payee, establishment, order, choice, step, payment, report, report.echo,
        callback, callback.proofs, answers, make(refused), PeculeError.bankNeeds(make(refused)),
        ApprovalStep.decoupled(message: "canary", expires: nil), ApprovalProof.confirmationCode("canary"),
        PermitRefusal.unknown, BankFault.insufficientFunds,
        TransferOutcome.approve(step), TransferState.confirming(code), TransferEffect.confirm(factor),
        TransferVerdict.changed(.confirm(code)), TransferRefusal.notNow(.confirming(code)),
        TransferEvent.bankChosen(choice), TransferEvent.initiated(payment), TransferEvent.payerReturned(code),
        TransferEvent.reported(report),
        TransferRecord(transfers[3], because: .payerReturned(code), in: Sample.correlation),
        Insertion.existing(transfers[3]), EchoDifference.creditor,
        PeculeError.notNow(.confirming(code)), PeculeError.conflict([.payer, .amount]),
        PeculeError.permit(.unknown), TransferHistory.Cursor(draftedAt: order.draftedAt, id: order.id),
        transfers, transfers.map(\.row), [Optional(iban)], ["key": name],
    ]

    @Test(arguments: values.indices)
    func nothingPersonalIsPrinted(_ index: Int) {
        let value = Self.values[index]
        var dumped = ""
        dump(value, to: &dumped)
        let shown = (["\(value)", String(reflecting: value), dumped] + Self.leaves(of: value)).joined(separator: "\n")
        #expect(Self.canaries.filter(shown.contains) == [], "\(type(of: value))")
    }

    /// The search above would find what is there: each canary stands behind some `revealed`.
    @Test func theCanariesAreAlive() {
        let sensitive: [any Sensitive] = [
            Self.iban, Self.account, Self.browser, Self.state, Self.permitNumber, Self.ecrou, Self.code, Self.factor,
            Self.memo, Self.order.remittance, Self.name,
        ]
        for value in sensitive {
            #expect(Self.canaries.contains { value.revealed.contains($0) }, "\(type(of: value))")
            #expect("\(value)" == value.mask)
        }
        #expect(Self.transfers[3].state == .confirming(Self.code))
    }

    /// Every text that a reader of mirrors can reach.
    private static func leaves(of value: Any, depth: Int = 0) -> [String] {
        if let text = value as? String { return [text] }
        let children = Mirror(reflecting: value).children
        guard depth < 20 else { return [] }
        return [String(describing: value)] + children.flatMap { leaves(of: $0.value, depth: depth + 1) }
    }

    private static func make<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("a sample is not valid") }
        return value
    }
}

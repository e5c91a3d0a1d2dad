import Foundation
import Pecule

/// One order on its way at a bank under test.
struct Journey {
    let stage: any ConformanceStage
    let order: TransferOrder
    let choice: BankChoice

    var provider: any BankProvider { stage.provider }

    init(_ stage: any ConformanceStage, _ number: Int = 1, cents: Int? = nil) throws {
        self.stage = stage
        let limits = stage.provider.bank.limits
        let usual = min(max(2550, limits.lowerBound.cents), limits.upperBound.cents)
        order = try Specimen.order(number, cents: cents ?? usual + number - 1, at: stage.environment.now())
        choice = BankChoice(
            bank: stage.provider.bank.id, returnAddress: stage.returnAddress,
            returnState: ReturnState(random: stage.environment.randomBytes), browser: try Specimen.browser(),
            chosenAt: stage.environment.now(),
            answers: try BankAnswers(
                stage.answers, to: stage.provider.bank.questions,
                from: PayerConnection(ipAddress: "198.51.100.7", userAgent: "Conformance")))
    }

    func open() async throws -> BankPayment { try await provider.initiate(order, choice) }

    func report(_ payment: BankPayment) async throws -> BankReport { try await provider.report(payment, of: order) }

    /// The payer's approval, and the proof that came back.
    func approve(_ payment: BankPayment) async throws -> ApprovalProof? {
        guard let query = try await stage.act(.approve, on: payment) else { return nil }
        return try BankCallback(query: query).proof(payment.expects, named: provider.bank.proofParameter)
    }

    func confirm(_ payment: BankPayment, _ proof: ApprovalProof?) async throws -> BankReport {
        try await provider.confirm(payment, of: order, choice, proof: proof)
    }

    /// Confirms where the bank waits for it, and lets time pass until the end.
    func finish(_ payment: BankPayment, _ proof: ApprovalProof?) async throws -> BankReport {
        var report = try await report(payment)
        if proof != nil || report.status == .approved { report = try await confirm(payment, proof) }
        return try await end(of: payment)
    }

    /// The report after enough time for everything.
    func end(of payment: BankPayment) async throws -> BankReport {
        for seconds in [2.0, 60, 3600] {
            await stage.advance(by: seconds)
            let report = try await report(payment)
            if report.status.isFinal { return report }
        }
        return try await report(payment)
    }

    func requireDebits(_ count: Int) async throws {
        let debits = try await stage.debits(of: order)
        let expected = Array(repeating: order.amount.cents, count: count)
        try require(debits == expected, "\(count) debits expected: \(debits)")
    }

    func requireTruth(_ report: BankReport) throws {
        try require(report.echo == PaymentEcho(of: order), "the report does not say what was ordered")
    }

    /// The fault that a call ends with.
    static func fault(_ call: () async throws -> some Sendable) async throws -> BankFault? {
        do {
            _ = try await call()
            return nil
        } catch let fault as BankFault { return fault }
    }
}

extension BankReport.Status {
    var isFinal: Bool {
        switch self {
        case .pending, .approved, .executing: false
        case .settled, .rejected, .denied, .expired, .cancelled: true
        }
    }

    var isFailure: Bool { isFinal && self != .settled }
}

/// Invented people and places.
enum Specimen {
    static func order(_ number: Int, cents: Int, at now: Date) throws -> TransferOrder {
        let iban = try IBAN("FR7699992000420000009876566")
        guard let id = TransferID("CONFORMANCE\(number)"), let amount = Amount(cents: cents),
            let payee = Payee(name: "REGIE EXEMPLE", iban: iban, bic: nil), let place = EstablishmentID("exemple")
        else { throw Violation(problem: "no order of \(cents) cents can be made") }
        return TransferOrder(
            id: id, payer: try payer(), permit: try permit(at: place),
            establishment: Establishment(id: place, name: "Centre exemple", payee: payee), amount: amount, at: now)
    }

    static func establishment() throws -> Establishment {
        try Establishment(
            id: some(EstablishmentID("exemple")), name: "Centre exemple",
            payee: some(Payee(name: "REGIE EXEMPLE", iban: IBAN("FR7699992000420000009876566"), bic: nil)))
    }

    static func payer() throws -> Payer {
        try Payer(
            account: some(AccountID("account-1")), name: PersonName(birthName: "Exemple", givenNames: ["Camille"]))
    }

    static func permit(at place: EstablishmentID) throws -> VisitPermit {
        let detainee = try Detainee(
            establishment: place, ecrouNumber: EcrouNumber("12345"),
            name: PersonName(birthName: "Exemple", givenNames: ["Noel"]))
        return try VisitPermit(
            number: some(PermitNumber("P1")), holder: payer().name, detainee: detainee, status: .active,
            registeredBy: payer().account)
    }

    static func browser(_ name: String = "a-browser-of-the-check") throws -> BrowserSession {
        try some(BrowserSession(name))
    }

    static func some<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Violation(problem: "a specimen cannot be made") }
        return value
    }
}

import Pecule
import Testing

@Suite struct VisitPermitTests {
    /// The permit as it stands, who pays, and what is answered; nil is leave to pay.
    @Test(arguments: [
        (Sample.permit(), Sample.payer, nil),
        (Sample.permit(registeredBy: nil), Sample.payer, .notRegistered),
        (Sample.permit(status: .suspended), Sample.payer, .notActive(.suspended)),
        (Sample.permit(status: .withdrawn), Sample.payer, .notActive(.withdrawn)),
        (Sample.permit(status: .expired), Sample.payer, .notActive(.expired)),
        (Sample.permit(status: .suspended, registeredBy: nil), Sample.payer, .notRegistered),
        (Sample.permit(), Sample.stranger, .unknown),
        (Sample.permit(status: .suspended), Sample.stranger, .unknown),
        (Sample.permit(registeredBy: nil), Sample.stranger, .unknown),
        (Sample.permit(registeredBy: Sample.stranger.account), Sample.stranger, .unknown),
        (Sample.permit(registeredBy: Sample.stranger.account), Sample.payer, .unknown),
        (Sample.permit(), Payer(account: Sample.stranger.account, name: Sample.payer.name), .unknown),
        (Sample.permit(), Payer(account: Sample.payer.account, name: Sample.stranger.name), .unknown),
        (Sample.permit(holder: Sample.name("PETIT", "JEANNE", "MARIE")), Sample.payer, nil),
    ] as [(VisitPermit, Payer, PermitRefusal?)])
    func entitles(_ permit: VisitPermit, _ payer: Payer, verdict: PermitRefusal?) {
        #expect(permit.refusal(for: payer) == verdict)
    }

    @Test func refusalsAreExplained() {
        let refusals = VisitPermit.Status.allCases.map(PermitRefusal.notActive)
            + [.unknown, .notRegistered, .establishmentClosed]
        #expect(Set(refusals.map(\.description)).count == refusals.count)
        #expect(refusals.allSatisfy { $0.description.hasPrefix("permit: ") })
    }

    @Test func payeesFitSEPA() {
        #expect(Payee(name: "", iban: Sample.payee.iban) == nil)
        #expect(Payee(name: String(repeating: "a", count: 70), iban: Sample.payee.iban) != nil)
        #expect(Payee(name: String(repeating: "a", count: 71), iban: Sample.payee.iban) == nil)
    }

    @Test func capsNameTheMostThatOneTransferCanBe() {
        let (small, large) = (Sample.amount(10_000), Sample.amount(20_000))
        #expect(TransferCap(perTransfer: small, perMonth: large).most == small)
        #expect(TransferCap(perTransfer: large, perMonth: small).most == small)
        #expect(TransferCap(perMonth: small).most == small)
        #expect(TransferCap().most == .largest)
    }
}

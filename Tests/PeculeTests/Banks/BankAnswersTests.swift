import Foundation
import Pecule
import Testing

@Suite struct BankAnswersTests {
    private static let french = BankQuestion(id: "debtor_iban", kind: .iban(countries: ["FR", "MC"]), label: "IBAN")
    private static let number = BankQuestion(
        id: "psu_id", kind: .text(longest: 8, pattern: "[0-9]{8}"), label: "Identifiant", isRequired: false)

    /// What was typed, and what is sent to the bank or what the payer reads to.
    @Test(arguments: [
        ("FR76 9999 1000 0100 0000 1234 570", "", "debtor_iban=FR7699991000010000001234570"),
        (" fr7699991000010000001234570\n", " 12345678 ", "debtor_iban=FR7699991000010000001234570, psu_id=12345678"),
        ("", "", "debtor_iban: the bank needs it"),
        ("FR12", "", "debtor_iban: iban: 4 characters instead of 27 for this country"),
        ("DE89370400440532013000", "", "debtor_iban: the bank takes no account of DE"),
        ("FR7699991000010000001234570", "123456789", "psu_id: at most 8 characters"),
        ("FR7699991000010000001234570", "1234567a", "psu_id: not of the form that the bank expects"),
        ("FR7699991000010000001234570", "1234\n678", "psu_id: not of the form that the bank expects"),
        ("", "x", "debtor_iban: the bank needs it; psu_id: not of the form that the bank expects"),
    ])
    func answers(_ iban: String, _ id: String, _ result: String) {
        do throws(BankAnswerProblems) {
            let answers = try BankAnswers(
                ["debtor_iban": iban, "psu_id": id, "password": "secret"], to: [Self.french, Self.number])
            #expect(answers.revealed.split(separator: "\n").joined(separator: ", ") == result)
            #expect("\(answers)" == "answers •••")
        } catch {
            #expect("\(error)" == result)
            #expect(error.all.allSatisfy { [Self.french, Self.number].contains($0.question) })
        }
    }

    /// Nothing is sent, and nothing changed, before the bank's questions are answered; then it is sent once.
    @Test func aBankThatNeedsMore() async throws {
        let world = World(ScriptedBank(questions: [.debtorIBAN]))
        let draft = try await world.draft()
        await #expect { try await world.begin() } throws: { Self.isOpen($0) }
        #expect(world.bank.calls == [] && world.shown() == draft)
        let begun = try await world.gateway.begin(
            draft.id, by: Sample.payer.account, at: Sample.bank("deux-rives"), from: Sample.browser,
            returningTo: Sample.portal, answering: ["debtor_iban": "FR7699991000010000001234570"])
        let kept = world.kept(begun.id.text)
        #expect(kept.choice?.answers[.debtorIBAN] == "FR7699991000010000001234570")
        #expect(world.bank.choices.map { $0.answers[.debtorIBAN] } == ["FR7699991000010000001234570"])
        #expect(try Transfer(row: kept.row) == kept)
    }

    /// A payer's account number is not kept longer than the bank may have to be told it again.
    @Test func answersAreForgottenAtTheEnd() async throws {
        let world = World(ScriptedBank(questions: [.debtorIBAN]))
        try await world.draft()
        _ = try await world.gateway.begin(
            Sample.id("T-1"), by: Sample.payer.account, at: Sample.bank("deux-rives"), from: Sample.browser,
            returningTo: Sample.portal, answering: ["debtor_iban": "FR7699991000010000001234570"])
        world.bank.says(.settled)
        try await world.refresh()
        #expect(world.kept().choice?.answers.isEmpty == true)
        #expect(!world.kept().row.contains(.text("debtor_iban=FR7699991000010000001234570")))
    }

    private static func isOpen(_ error: any Error) -> Bool {
        guard case .bankNeeds(let problems)? = error as? PeculeError else { return false }
        return problems.all.map(\.question) == [.debtorIBAN] && problems.all.map(\.reason) == [.missing]
            && PeculeError.bankNeeds(problems).retry == .askPayer
    }
}

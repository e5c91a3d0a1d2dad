import Testing

@testable import Pecule

@Suite struct PayerConnectionTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("2001:db8::1", nil), ("256.0.0.1", nil), ("1.2.3", nil), ("1.2.3.4.5", nil),
        ("", nil), ("192.0.2.1\r\nX: y", nil), (" 192.0.2.1", nil), ("+1.2.3.4", nil),
    ] as [(String, String?)])
    func onlyIPv4IsTold(typed: String, ipv4: String?) {
        #expect(PayerConnection(ipAddress: typed, userAgent: nil).ipv4 == ipv4)
    }

    @Test(arguments: [
        ("Mozilla/5.0", "Mozilla/5.0"), ("", nil), ("é\r\n", nil), ("a\r\nX: b", "aX: b"),
        (String(repeating: "u", count: 51), String(repeating: "u", count: 50)),
    ] as [(String, String?)])
    func aUserAgentIsCutToWhatAHeaderTakes(typed: String, sent: String?) {
        #expect(PayerConnection(ipAddress: nil, userAgent: typed).userAgent == sent)
    }

    @Test func isKeptBesideTheAnswersAndMasked() throws {
        let connection = PayerConnection(ipAddress: "192.0.2.1", userAgent: "a=b c")
        let answers = try BankAnswers(["psu_id": "camille"], to: [.payerID], from: connection)
        #expect(BankAnswers(revealed: answers.revealed)?.connection == connection)
        #expect(answers[.payerID] == "camille")
        #expect("\(connection) \(answers)" == "connection ••• answers •••")
    }

    @Test func aProofUnderTheBanksOwnName() throws {
        let query = "state=00112233445566778899aabbccddeeff&code_confirmation=2256&error="
        let callback = try BankCallback(query: query)
        #expect(callback.proof(.confirmationCode, named: "code_confirmation") == .confirmationCode("2256"))
        #expect(callback.proof(.confirmationCode, named: nil) == nil)
        #expect(callback.proof(nil, named: "code_confirmation") == nil)
        #expect(callback.proof(.confirmationCode, named: "state") == nil)
        #expect(!"\(callback)".contains("2256"))
    }

    @Test(arguments: [("FR7699991000010000001234570", true), ("FR7699992000420000009876566", false)])
    func anAccountOfThisBank(iban: String, isTaken: Bool) {
        let question = BankQuestion.debtorAccount(atBankCodes: ["99991"])
        let answers = try? BankAnswers(["debtor_iban": iban], to: [question])
        #expect((answers != nil) == isTaken)
    }
}

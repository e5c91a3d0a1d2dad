import Pecule
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: [
        ("T-1", true),
        ("PEC0123456789abcdefABCDEF0123456789", true),
        (String(repeating: "a", count: 35), true),
        ("", false),
        (String(repeating: "a", count: 36), false),
        ("-a", false),
        ("a-", false),
        ("a b", false),
        ("a/b", false),
        ("a_b", false),
        ("a.b", false),
        ("é", false),
        ("a\n", false),
        ("a\0", false),
        ("１", false),
    ])
    func transferIDs(_ text: String, isValid: Bool) {
        #expect(TransferID(text)?.text == (isValid ? text : nil))
        #expect(TransferID(text)?.description == (isValid ? text : nil))
    }

    @Test(arguments: [("deux-rives", true), ("1", true), ("", false), ("deux rives", false), ("é", false)])
    func banksAndEstablishments(_ text: String, isValid: Bool) {
        #expect(BankID(text)?.text == (isValid ? text : nil))
        #expect(EstablishmentID(text)?.text == (isValid ? text : nil))
        #expect(BankID(String(repeating: "a", count: 36)) == nil)
    }

    @Test(arguments: [
        ("sub-1", true),
        (String(repeating: "~", count: 128), true),
        (String(repeating: "~", count: 129), false),
        ("", false),
        ("a b", false),
        ("a\u{7F}", false),
        ("é", false),
    ])
    func accounts(_ text: String, isValid: Bool) {
        #expect(AccountID(text)?.revealed == (isValid ? text : nil))
    }

    @Test(arguments: [
        ("240001", "240001"),
        ("ab-12", "AB-12"),
        (String(repeating: "1", count: 20), String(repeating: "1", count: 20)),
        (String(repeating: "1", count: 21), nil),
        ("", nil),
        ("24 0001", nil),
        ("ß", nil),
    ])
    func permits(_ text: String, canonical: String?) {
        #expect(PermitNumber(text)?.revealed == canonical)
    }

    @Test(arguments: [
        (String(repeating: "a", count: 32), true),
        (String(repeating: "a", count: 31), false),
        (String(repeating: "a", count: 33), false),
        (String(repeating: "é", count: 16), false),
        ("", false),
    ])
    func returnStates(_ text: String, isValid: Bool) {
        #expect(ReturnState(text)?.revealed == (isValid ? text : nil))
    }

    @Test(arguments: [(15, false), (16, true), (128, true), (129, false)])
    func browserSessions(_ length: Int, isValid: Bool) {
        #expect((BrowserSession(String(repeating: "a", count: length)) != nil) == isValid)
    }

    /// 128 random bits each, in the shape that the checked initialisers accept.
    @Test func randomOnes() {
        let bytes: [UInt8] = [0, 1, 15, 16, 127, 128, 254, 255, 9, 10, 11, 12, 13, 14, 160, 170]
        let id = TransferID(random: { Array(bytes.prefix($0)) })
        #expect(id.text == "PEC00010F107F80FEFF090A0B0C0D0EA0AA")
        #expect(TransferID(id.text) == id)
        let state = ReturnState(random: { Array(bytes.prefix($0)) })
        #expect(state.revealed == "00010f107f80feff090a0b0c0d0ea0aa")
        #expect(ReturnState(state.revealed) == state)
    }

    @Test(arguments: [
        ("AAAAFRPP", "AAAAFRPP"),
        ("AAAAFRPPXXX", "AAAAFRPPXXX"),
        ("aaaafrpp812", "AAAAFRPP812"),
        ("AAAAFR2A", "AAAAFR2A"),
        ("", nil),
        ("AAAAFRP", nil),
        ("AAAAFRPPX", nil),
        ("AAAAFRPPXXXX", nil),
        ("AAA1FRPP", nil),
        ("AAAAF1PP", nil),
        ("AAAAFR0P", nil),
        ("AAAAFR1P", nil),
        ("AAAAFRPO", nil),
        ("AAAA FRPP", nil),
        ("AAAAFRPé", nil),
        ("ßAAFRPP", nil),
        ("AAAAFRPſ", nil),
        ("ﬀAAFRPP", nil),
        ("ＡAAAFRPP", nil),
    ] as [(String, String?)])
    func bics(_ text: String, canonical: String?) {
        #expect(BIC(text)?.text == canonical)
    }

    @Test(arguments: [
        ("https://portail.example/retour", true),
        ("https://portail.example", true),
        ("https://portail.example:8443/retour", true),
        ("http://127.0.0.1:8080/retour", true),
        ("http://localhost/retour", true),
        ("", false),
        ("https://", false),
        ("https:///retour", false),
        ("https://:443/retour", false),
        ("http://portail.example/retour", false),
        ("http://localhost.evil.example/retour", false),
        ("http://127.0.0.1.evil.example/retour", false),
        ("HTTPS://portail.example", false),
        ("ftp://portail.example", false),
        ("javascript:alert(1)", false),
        ("//portail.example", false),
        ("https://user@portail.example", false),
        ("https://portail.example/retour?a=b", false),
        ("https://portail.example/retour#a", false),
        ("https://portail.example\\@evil.example", false),
        ("https://portail.example/a b", false),
        ("https://portail.example/é", false),
        ("https://portail.example/" + String(repeating: "a", count: 200), false),
    ])
    func returnAddresses(_ text: String, isValid: Bool) {
        #expect(ReturnAddress(text)?.text == (isValid ? text : nil))
    }

    @Test(arguments: [
        ("AM04", "AM04"),
        ("insufficient_funds", "insufficient_funds"),
        (String(repeating: "A", count: 35), String(repeating: "A", count: 35)),
        (nil, "MS03"),
        ("", "MS03"),
        ("Solde de Jeanne Petit insuffisant", "MS03"),
        ("AM04\n", "MS03"),
        ("é", "MS03"),
        (String(repeating: "A", count: 36), "MS03"),
    ] as [(String?, String)])
    func rejectionReasons(_ text: String?, code: String) {
        #expect(RejectionReason(text).code == code)
        #expect(FailureReason.rejected(RejectionReason(text)).code == "rejected.\(code)")
    }

    @Test(arguments: [0, 1, 7, 8, 9, 16, 33])
    func theSystemGivesAsManyRandomBytesAsAsked(_ count: Int) {
        #expect(Environment.system.randomBytes(count).count == count)
        #expect(count < 16 || Environment.system.randomBytes(count) != Environment.system.randomBytes(count))
    }
}

import FoundationEssentials
import PeculeHTTP
import Testing

@testable import PeculeMockBank

/// The small parts, by the vectors of their standards.
@Suite struct ValueTests {
    @Test(arguments: [
        ("FR1420041010050500013M02606", true), ("FR7699991000010000001234570", true),
        ("FR7699992000420000009876566", true), ("FR3999993000070000X0ABC1213", true), ("GB82WEST12345698765432", true),
        ("FR1420041010050500013M02607", false), ("FR1", false), ("", false), ("1R1420041010050500013M02606", false),
        ("FRA420041010050500013M02606", false), ("FR14 0041010050500013M02606", false),
    ])
    func anIBANHoldsItsCheckDigits(text: String, isValid: Bool) { #expect(IBANNumber.isValid(text) == isValid) }

    @Test(arguments: [(99991, 1, 123_45, "FR76"), (99901, 6, 90, "FR76"), (1, 0, 0, "FR76")])
    func madeIBANsAreValid(bank: Int, branch: Int, account: Int, prefix: String) {
        let iban = IBANNumber.french(bank: bank, branch: branch, account: account)
        #expect(iban.count == 27 && IBANNumber.isValid(iban) && iban.hasPrefix(prefix))
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-02-12T09:41:07.215+01:00", 1_770_885_667),
        ("2024-02-29T23:59:59Z", 1_709_251_199), ("2000-03-01T00:00:00-00:30", 951_870_600),
        ("2023-02-29T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil), ("2026-01-01T24:00:00Z", nil),
        ("2026-01-01T00:00:00.Z", nil), ("2026-01-01T00:00:00Zx", nil), ("2026-01-01T00:00:00+0100", nil),
        ("2026-01-01 00:00:00Z", nil), ("", nil), ("２026-01-01T00:00:00Z", nil),
    ] as [(String, Int?)])
    func aDateTimeIsRead(text: String, seconds: Int?) { #expect(StetDate.seconds(text) == seconds) }

    @Test(arguments: [
        (0, "0,00\u{A0}€"), (5, "0,05\u{A0}€"), (150_000, "1\u{202F}500,00\u{A0}€"),
        (123_456_789, "1\u{202F}234\u{202F}567,89\u{A0}€"),
    ])
    func amountsAreWrittenAsInFrance(cents: Int, text: String) { #expect(French.euros(cents) == text) }

    @Test(arguments: [
        ("http://127.0.0.1:9/x?y", "http://127.0.0.1:9/x?y&a=b"), ("http://localhost", "http://localhost?a=b"),
        ("https://a.example/?", "https://a.example/?a=b"), ("https://a.example/?x&", "https://a.example/?x&a=b"),
    ])
    func parametersAreAppended(text: String, result: String) {
        #expect(WebAddress(text)?.appending(URLForm([("a", "b")])) == result)
    }

    @Test func theAgendaGivesTheEarliestFirstAndEqualsInTheirOrder() {
        var random = Random(seed: 7)
        var agenda = Agenda()
        var expected: [(Int, Int)] = []
        for number in 0..<500 {
            let due = Int.random(in: 0..<50, using: &random)
            agenda.add("\(number)", due: Date(timeIntervalSince1970: TimeInterval(due)))
            expected.append((due, number))
        }
        expected.sort { $0 < $1 }
        var found: [String] = []
        while let item = agenda.next(until: Date(timeIntervalSince1970: 24)) { found.append(item.paymentID) }
        #expect(found == expected.filter { $0.0 <= 24 }.map { "\($0.1)" })
    }

    @Test func aFullStoreForgetsWhatEndsFirst() {
        let now = Date(timeIntervalSince1970: 0)
        var store = ExpiringStore<Int>(capacity: 2)
        store.add(1, for: "a", until: now + 10, at: now)
        store.add(2, for: "b", until: now + 5, at: now)
        store.add(3, for: "c", until: now + 20, at: now)
        #expect(store.find("a", at: now) == 1 && store.find("b", at: now) == nil && store.find("c", at: now) == 3)
        #expect(store.find("a", at: now + 10) == nil)
    }

    @Test func aStoreStaysBoundedWhenAllEndTogether() {
        let now = Date(timeIntervalSince1970: 0)
        var store = ExpiringStore<Int>(capacity: 4)
        for number in 0..<100 { store.add(number, for: "\(number)", until: now + 10, at: now) }
        #expect((0..<100).filter { store.find("\($0)", at: now) != nil }.count <= 4)
        #expect(store.find("99", at: now) == 99)
    }

    @Test(arguments: [
        ("Société Œuvre & Cie", "SOCIETE OEUVRE CIE", PayeeDirectory.Verdict.match),
        ("SOCIETE OEUVRE CI", "SOCIETE OEUVRE CIE", .closeMatch("SOCIETE OEUVRE CIE")),
        ("MARTIN", "SOCIETE OEUVRE CIE", .noMatch),
    ])
    func namesAreCompared(given: String, holder: String, verdict: PayeeDirectory.Verdict) {
        #expect(PayeeDirectory(["X": holder]).verify(name: given, iban: "X") == verdict)
        #expect(PayeeDirectory([:]).verify(name: given, iban: "X") == .notPossible)
    }
}

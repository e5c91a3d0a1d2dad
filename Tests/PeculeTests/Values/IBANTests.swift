import Pecule
import Testing

@Suite struct IBANTests {
    private static let french = "FR7699991000010000001234570"

    @Test(arguments: [
        "FR1420041010050500013M02606", "FR7699991000010000001234570", "FR7699992000420000009876566",
        "FR7699991000010000009999975", "FR3999993000070000X0ABC1213",
    ])
    func frenchAccounts(_ text: String) throws {
        let iban = try IBAN(text)
        #expect(iban.revealed == text)
        #expect(iban.country == "FR")
        #expect(iban.frenchBankCode == String(text.dropFirst(4).prefix(5)))
        #expect(iban.mask == "\(text.prefix(4))…\(text.suffix(3))")
    }

    @Test(arguments: [
        "fr76 9999 1000 0100 0000 1234 570",
        "FR76\u{A0}9999\u{202F}1000 0100 0000 1234 570",
        "  FR7699991000010000001234570 ",
        "Fr7699991000010000001234570",
    ])
    func copiedFromAStatement(_ text: String) throws {
        #expect(try IBAN(text).revealed == Self.french)
    }

    @Test(arguments: [
        ("", IBAN.Problem.characters),
        ("    ", .characters),
        ("FR76-9999-1000-0100-0000-1234-570", .characters),
        ("FR76.9999", .characters),
        ("\u{200F}FR7699991000010000001234570", .characters),
        ("FR7699991000010000001234570\u{200E}", .characters),
        ("FR7699991000010000001234570\n", .characters),
        ("ＦＲ7699991000010000001234570", .characters),
        ("FR７６99991000010000001234570", .characters),
        ("FR76999910000100000012345٧0", .characters),
        ("ﬀ7699991000010000001234570", .characters),
        ("ZZ7699991000010000001234570", .country("ZZ")),
        ("EU7699991000010000001234570", .country("EU")),
        ("7699991000010000001234570FR", .country("76")),
        ("F", .country("F")),
        ("FR", .length(expected: 27, found: 2)),
        ("FR769999100001000000123457", .length(expected: 27, found: 26)),
        ("FR76999910000100000012345700", .length(expected: 27, found: 28)),
        ("FR769999100001000000123457000000000", .length(expected: 27, found: 35)),
        ("FR76" + String(repeating: "9", count: 10_000), .length(expected: 27, found: 10_004)),
        ("FR7799991000010000001234570", .checkDigits),
        ("FR7699991000010000001234507", .checkDigits),
        ("FRAB99991000010000001234570", .checkDigits),
        ("DE89370400440532013001", .checkDigits),
    ])
    func refused(_ text: String, problem: IBAN.Problem) {
        #expect(throws: problem) { try IBAN(text) }
    }

    /// 00, 01 and 99 fit mod 97 as well as 97, 98 and 02 do, and are never given out.
    @Test func checkDigitsThatNobodyGivesOut() {
        for account in 0..<2_000 {
            let bban = "9999100001" + String("0000000000\(account)".suffix(11))
            let key = 97 - (89 * 99_991 + 15 * 1 + 3 * account) % 97
            let rib = bban + (key < 10 ? "0\(key)" : "\(key)")
            for digits in ["00", "01", "99"] {
                #expect(throws: IBAN.Problem.self) { try IBAN("FR\(digits)\(rib)") }
            }
        }
    }

    @Test func oneWrongCharacterIsAlwaysFound() {
        let right = Array(Self.french)
        for place in right.indices {
            for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" where character != right[place] {
                var wrong = right
                wrong[place] = character
                #expect(throws: IBAN.Problem.self, "\(String(wrong))") { try IBAN(String(wrong)) }
            }
        }
    }

    @Test func twoNeighboursSwappedAreAlwaysFound() {
        let right = Array(Self.french)
        for place in right.indices.dropLast() where right[place] != right[place + 1] {
            var wrong = right
            wrong.swapAt(place, place + 1)
            #expect(throws: IBAN.Problem.self, "\(String(wrong))") { try IBAN(String(wrong)) }
        }
    }

    /// The key inside a French account is its own check: of all keys one fits, whatever mod 97 says.
    @Test func frenchAccountKey() {
        for key in 0...99 {
            let bban = "99991000010000001234" + "5" + (key < 10 ? "0\(key)" : "\(key)")
            let text = CheckDigits.completing("FR", bban)
            if key == 70 {
                #expect(throws: Never.self) { try IBAN(text) }
            } else {
                #expect(throws: IBAN.Problem.ribKey) { try IBAN(text) }
            }
        }
    }

    @Test(arguments: ["9999X00001000000123457", "99991000X1000000123457", "9999100001000000123455X"])
    func lettersStandOnlyInTheAccount(_ bban: String) {
        let text = CheckDigits.completing("FR", String((bban + "0").prefix(23)))
        #expect(throws: IBAN.Problem.ribKey) { try IBAN(text) }
    }

    @Test(arguments: RegistrySample.examples)
    func accountsOfEveryCountry(_ text: String) throws {
        #expect(try IBAN(text).revealed == text)
        #expect(try IBAN(text).frenchBankCode == (text.hasPrefix("FR") ? "20041" : nil))
    }

    @Test(arguments: RegistrySample.examples)
    func oneCharacterMoreOrLess(_ text: String) {
        let length = text.count
        #expect(throws: IBAN.Problem.length(expected: length, found: length + 1)) { try IBAN(text + "0") }
        #expect(throws: IBAN.Problem.length(expected: length, found: length - 1)) {
            try IBAN(String(text.dropLast()))
        }
    }

    @Test func problemsAreExplained() {
        let problems: [IBAN.Problem] = [
            .characters, .country("ZZ"), .length(expected: 27, found: 26), .checkDigits, .ribKey,
        ]
        #expect(Set(problems.map(\.description)).count == problems.count)
        #expect(problems.allSatisfy { $0.description.hasPrefix("iban: ") })
    }
}

/// ISO 7064 the long way round, over a text of digits: not the code under test.
private enum CheckDigits {
    static func completing(_ country: String, _ bban: String) -> String {
        let spelled = (bban + country + "00").map { character in
            character.isLetter ? String(10 + Int((character.asciiValue ?? 65) - 65)) : String(character)
        }.joined()
        var rest = spelled
        while rest.count > 9 {
            guard let head = Int(rest.prefix(9)) else { preconditionFailure("not digits") }
            rest = String(head % 97) + rest.dropFirst(9)
        }
        let digits = 98 - (Int(rest) ?? 0) % 97
        return country + (digits < 10 ? "0\(digits)" : "\(digits)") + bban
    }
}

import Pecule
import Testing

@Suite struct PersonNameTests {
    @Test(arguments: [
        "Petit", "Petit-Jean", "de La Fontaine", "D’Angelo", "D'Angelo", "Nuñez", "Œuvrard", "Åström", "Đặng",
        "Le Goﬀ", "O", "Saint-Exupéry", "Ben Saïd", "محمد", "Иванов", "J.", "Anne\u{A0}Marie",
    ])
    func names(_ text: String) {
        #expect(throws: Never.self) { try PersonName(birthName: text, givenNames: [text]) }
    }

    @Test(arguments: [
        ("", PersonName.Problem.missing("birth name")),
        ("   ", .missing("birth name")),
        ("\n", .missing("birth name")),
        ("-", .characters("birth name")),
        ("’", .characters("birth name")),
        ("=cmd()", .characters("birth name")),
        ("Petit<script>", .characters("birth name")),
        ("Petit\0", .characters("birth name")),
        ("Petit\u{202E}", .characters("birth name")),
        ("Petit 2", .characters("birth name")),
        ("Petit 🙂", .characters("birth name")),
        ("a@b", .characters("birth name")),
        (String(repeating: "a", count: 71), .tooLong("birth name")),
        (String(repeating: "a", count: 10_000), .tooLong("birth name")),
        ("e" + String(repeating: "\u{301}", count: 10_000), .tooLong("birth name")),
    ])
    func refused(_ text: String, problem: PersonName.Problem) {
        #expect(throws: problem) { try PersonName(birthName: text, givenNames: ["Jeanne"]) }
    }

    @Test func everyPartIsChecked() {
        #expect(throws: PersonName.Problem.missing("usage name")) {
            try PersonName(birthName: "Petit", usageName: " ", givenNames: ["Jeanne"])
        }
        #expect(throws: PersonName.Problem.missing("given names")) {
            try PersonName(birthName: "Petit", givenNames: [])
        }
        #expect(throws: PersonName.Problem.characters("given names")) {
            try PersonName(birthName: "Petit", givenNames: ["Jeanne", "X2"])
        }
        let longest = String(repeating: "é", count: 70)
        #expect(throws: Never.self) { try PersonName(birthName: longest, givenNames: ["Jeanne"]) }
    }

    @Test func spacesAreClosedUp() throws {
        let name = try PersonName(birthName: "  de\tLa   Fontaine ", givenNames: [" Jean ", "Marie"])
        #expect(name.birthName == "de La Fontaine")
        #expect(name.revealed == "Jean Marie de La Fontaine")
    }

    @Test func theUsageNameIsTheOneShown() {
        let name = Sample.name("Petit", usage: "Legrand", "Jeanne")
        #expect(name.revealed == "Jeanne Legrand")
        #expect(name.mask == "J. L.")
    }

    /// Two ways of writing a person's names, and whether they are one person.
    @Test(arguments: [
        (Sample.name("Petit", "Jeanne"), Sample.name("Petit", "Jeanne"), true),
        (Sample.name("PETIT", "JEANNE"), Sample.name("petit", "jeanne"), true),
        (Sample.name("Lefèvre", "Zoé"), Sample.name("LEFEVRE", "Zoe"), true),
        (Sample.name("Lefe\u{300}vre", "Zoe\u{301}"), Sample.name("Lefèvre", "Zoé"), true),
        (Sample.name("Petit-Jean", "Anne-Marie"), Sample.name("Petit Jean", "Anne Marie"), true),
        (Sample.name("D’Angelo", "Léa"), Sample.name("D'ANGELO", "Lea"), true),
        (Sample.name("D’Angelo", "Léa"), Sample.name("Dangelo", "Léa"), true),
        (Sample.name("D\u{2BC}Angelo", "Léa"), Sample.name("D’Angelo", "Léa"), true),
        (Sample.name("Œuvrard", "Lætitia"), Sample.name("OEUVRARD", "LAETITIA"), true),
        (Sample.name("Strauß", "Jörg"), Sample.name("STRAUSS", "JORG"), true),
        (Sample.name("Łukasik", "Søren"), Sample.name("Lukasik", "Soren"), true),
        (Sample.name("Petit", usage: "Legrand", "Jeanne"), Sample.name("Petit", "Jeanne"), true),
        (Sample.name("Petit", usage: "Legrand", "Jeanne"), Sample.name("Legrand", "Jeanne"), true),
        (Sample.name("Petit", usage: "Legrand", "Jeanne"), Sample.name("Autre", usage: "Legrand", "Jeanne"), true),
        (Sample.name("Petit", "Jeanne", "Marie"), Sample.name("Petit", "Jeanne"), true),
        (Sample.name("Petit", "Jeanne"), Sample.name("Petit", "Jean"), false),
        (Sample.name("Petit", "Jeanne", "Marie"), Sample.name("Petit", "Marie", "Jeanne"), false),
        (Sample.name("Petit", "Jeanne"), Sample.name("Petite", "Jeanne"), false),
        (Sample.name("Petit", usage: "Legrand", "Jeanne"), Sample.name("Moyen", usage: "Autre", "Jeanne"), false),
        (Sample.name("Jeanne", "Petit"), Sample.name("Petit", "Jeanne"), false),
        (Sample.name("محمد", "علي"), Sample.name("محمود", "علي"), false),
    ])
    func samePerson(_ one: PersonName, _ other: PersonName, verdict: Bool) {
        #expect(one.isSamePerson(as: other) == verdict)
        #expect(other.isSamePerson(as: one) == verdict)
    }
}

@Suite struct EcrouNumberTests {
    @Test(arguments: [
        ("012345", "012345"),
        ("12 345", "12345"),
        ("1.234.5", "12345"),
        ("12\u{A0}3\u{202F}45", "12345"),
        ("ab12c", "AB12C"),
        ("0", "0"),
        ("1234567890", "1234567890"),
    ])
    func accepted(_ text: String, canonical: String) throws {
        #expect(try EcrouNumber(text).revealed == canonical)
        #expect(try EcrouNumber(text).mask == "écrou •••")
    }

    @Test(arguments: [
        ("", EcrouNumber.Problem.empty),
        (" . ", .empty),
        ("12345678901", .tooLong),
        (String(repeating: "1", count: 10_000), .tooLong),
        ("12-345", .characters),
        ("1234é", .characters),
        ("١٢٣", .characters),
        ("１２３", .characters),
        ("ß", .characters),
        ("12\u{200F}3", .characters),
        ("12\n3", .characters),
    ])
    func refused(_ text: String, problem: EcrouNumber.Problem) {
        #expect(throws: problem) { try EcrouNumber(text) }
        #expect(problem.description.hasPrefix("ecrou number: "))
    }

    @Test func leadingZerosMakeAnotherNumber() { #expect(Sample.ecrou("01") != Sample.ecrou("1")) }
}

import Pecule
import Testing

@Suite struct AmountTests {
    /// What a person types, and the cents it means.
    @Test(arguments: [
        ("25", 2_500),
        ("25,5", 2_550),
        ("25.50", 2_550),
        ("0,01", 1),
        ("007", 700),
        ("1 000,00", 100_000),
        ("1\u{A0}000,00", 100_000),
        ("1\u{202F}234\u{202F}567", 123_456_700),
        ("25 €", 2_500),
        ("25\u{A0}€", 2_500),
        ("25€", 2_500),
        ("  25,00  ", 2_500),
        ("999 999 999,99", 99_999_999_999),
        (String(repeating: "0", count: 30) + "25", 2_500),
    ])
    func typed(_ text: String, cents: Int) throws {
        #expect(try Amount(typed: text).cents == cents)
    }

    @Test(arguments: [
        ("", Amount.Problem.notANumber),
        (" ", .notANumber),
        ("€", .notANumber),
        (",", .notANumber),
        ("25,", .notANumber),
        (",50", .notANumber),
        ("1e3", .notANumber),
        ("0x19", .notANumber),
        ("+25", .notANumber),
        ("€ 25", .notANumber),
        ("25 € €", .notANumber),
        ("25 EUR", .notANumber),
        ("vingt-cinq", .notANumber),
        ("NaN", .notANumber),
        ("1,000.00", .notANumber),
        ("1.000,00", .notANumber),
        ("1'000", .notANumber),
        ("10 00", .notANumber),
        ("1  000", .notANumber),
        ("1000 000", .notANumber),
        ("25, 50", .notANumber),
        ("25\n", .notANumber),
        ("2\u{301}5", .notANumber),
        ("\u{202E}25", .notANumber),
        ("٢٥", .notANumber),
        ("２５", .notANumber),
        ("²5", .notANumber),
        ("25\0", .notANumber),
        ("-5", .negative),
        ("\u{2212}5", .negative),
        ("-25,500", .negative),
        ("0", .zero),
        ("0,00", .zero),
        ("-0", .zero),
        ("-0,00", .zero),
        ("25,500", .moreThanTwoDecimals),
        ("1.000", .moreThanTwoDecimals),
        ("0,001", .moreThanTwoDecimals),
        ("1000000000", .overLimit(.largest)),
        ("1 000 000 000,00", .overLimit(.largest)),
        (String(repeating: "9", count: 30), .overLimit(.largest)),
        (String(repeating: "9", count: 10_000), .overLimit(.largest)),
    ])
    func typedAndRefused(_ text: String, problem: Amount.Problem) {
        #expect(throws: problem) { try Amount(typed: text) }
    }

    @Test(arguments: [
        ("150", true),
        ("150,00", true),
        ("150,01", false),
        ("1 500", false),
    ])
    func typedUnderTheLimitOfAnEstablishment(_ text: String, isAccepted: Bool) throws {
        let limit = Sample.amount(15_000)
        if isAccepted {
            #expect(try Amount(typed: text, limit: limit) == limit)
        } else {
            #expect(throws: Amount.Problem.overLimit(limit)) { try Amount(typed: text, limit: limit) }
        }
    }

    @Test func eachRefusalSaysWhatToDo() {
        let problems: [Amount.Problem] = [
            .notANumber, .negative, .zero, .moreThanTwoDecimals, .overLimit(Sample.amount(15_000)),
        ]
        #expect(Set(problems.map(\.description)).count == problems.count)
        #expect(problems.allSatisfy { $0.description.hasPrefix("amount: ") && $0.description.contains("write") })
        #expect(Amount.Problem.overLimit(Sample.amount(15_000)).description.contains("150.00"))
    }

    /// What banks write, and the cents it means; nil is refused.
    @Test(arguments: [
        ("42", 4_200),
        ("42.5", 4_250),
        ("42.50", 4_250),
        ("42.500", 4_250),
        ("0.01", 1),
        ("00042.50", 4_250),
        ("999999999.99", 99_999_999_999),
        ("1000000000.00", nil),
        ("9999999999999999999999", nil),
        ("42.505", nil),
        ("42.500000", nil),
        ("42.", nil),
        (".5", nil),
        ("42,50", nil),
        ("42.5.0", nil),
        ("-42.50", nil),
        ("+42.50", nil),
        ("0", nil),
        ("0.00", nil),
        ("", nil),
        (".", nil),
        ("4e1", nil),
        ("Infinity", nil),
        (" 42", nil),
        ("42.50 ", nil),
        ("٤٢", nil),
        ("42.５", nil),
    ] as [(String, Int?)])
    func fromBanks(_ text: String, cents: Int?) {
        #expect(Amount(decimal: text)?.cents == cents)
    }

    @Test(arguments: [
        (1, "0.01", "0,01\u{A0}€"),
        (99, "0.99", "0,99\u{A0}€"),
        (2_500, "25.00", "25,00\u{A0}€"),
        (100_005, "1000.05", "1\u{A0}000,05\u{A0}€"),
        (123_456_789, "1234567.89", "1\u{A0}234\u{A0}567,89\u{A0}€"),
        (100_000_000, "1000000.00", "1\u{A0}000\u{A0}000,00\u{A0}€"),
        (99_999_999_999, "999999999.99", "999\u{A0}999\u{A0}999,99\u{A0}€"),
    ])
    func written(_ cents: Int, wire: String, french: String) {
        #expect(Sample.amount(cents).decimal == wire)
        #expect(Sample.amount(cents).french == french)
        #expect("\(Sample.amount(cents))" == "\(wire) EUR")
    }

    @Test(arguments: [Int.min, -1, 0, 100_000_000_000, Int.max])
    func noAmount(_ cents: Int) { #expect(Amount(cents: cents) == nil) }

    /// Both ways of writing are read again as the same amount, over the whole range.
    @Test func writingAndReadingAgree() throws {
        var random = SplitMix(25)
        for _ in 0..<2_000 {
            let amount = Sample.amount(1 + random.below(99_999_999_999) >> random.below(37))
            #expect(Amount(decimal: amount.decimal) == amount)
            #expect(try Amount(typed: amount.french) == amount)
        }
    }

    @Test func order() { #expect(Sample.amount(1) < Sample.amount(2)) }
}

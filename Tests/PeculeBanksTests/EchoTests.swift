import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("What a bank gives back of the order")
struct EchoTests {
    private func echo(
        _ edit: (inout JSONObject) -> Void = { _ in }, instruction: (inout JSONObject) -> Void = { _ in }
    ) async throws -> PaymentEcho {
        let answer = Answer.payment(try Sample.order(), "ACSP", edit, instruction: instruction)
        return try await Stage(script: [ScriptedBank.ask: [.answer(answer)]]).ask().echo
    }

    private static let ours = "FR7699992000420000009876566"
    private static let theirs = "FR7699991000010000001234570"

    @Test("everything that was ordered")
    func complete() async throws {
        let order = try Sample.order()
        #expect(
            try await echo()
                == PaymentEcho(amount: order.amount, currency: "EUR", creditor: order.payee.iban, endToEndID: "T1"))
    }

    @Test("the amount, text or number, to the cent", arguments: [
        ("42.50", 4250), (.number("42.50"), 4250), (.number("42.5"), 4250), ("42.500", 4250),
        (.number("42.50000"), 4250),
        (.number("42"), 4200), (.number("0.01"), 1), ("999999999.99", 99_999_999_999), ("0042.50", 4250),
        (.number("42.505"), nil), ("42.501", nil), (.number("4.25e1"), nil), (.number("4250e-2"), nil), ("4,25", nil),
        (.number("-42.50"), nil), ("+42.50", nil), (" 42.50", nil), ("42.50 EUR", nil), ("٤٢.٥٠", nil), ("", nil),
        (".5", nil), ("0", nil), (.number("0.00"), nil), ("1000000000.00", nil),
        (.number("99999999999999999999999999999999999999999999999999"), nil), (.null, nil), (true, nil),
        (["42.50"], nil), (["amount": "42.50"], nil),
    ] as [(JSON, Int?)])
    func amount(written: JSON, cents: Int?) async throws {
        let found = try await echo(instruction: { $0["instructedAmount"] = ["currency": "EUR", "amount": written] })
        #expect(found.amount?.cents == cents)
    }

    @Test("the beneficiary stands at payment level, at instruction level, or at both alike", arguments: [
        (beneficiary(ours), nil, true),
        (nil, beneficiary(ours), true),
        (.null, beneficiary(ours), true),
        (beneficiary(ours), .null, true),
        (beneficiary(ours), beneficiary(ours), true),
        (["creditor": ["name": "REGIE EXEMPLE"]], beneficiary(ours), true),
        (beneficiary("fr76 9999 2000 4200 0000 9876 566"), nil, true),
        (beneficiary(ours), beneficiary(theirs), false),
        (beneficiary(theirs), beneficiary(ours), false),
        (beneficiary(theirs), nil, false),
        (beneficiary(ours), beneficiary("FR76"), false),
        (beneficiary("FR7699992000420000009876567"), nil, false),
        (["creditorAccount": .string(ours)], nil, false),
        (["creditorAccount": ["iban": .null]], nil, false),
        (nil, nil, false),
        (.null, .null, false),
        ([], nil, false),
    ] as [(JSON?, JSON?, Bool)])
    func creditor(payment: JSON?, instruction: JSON?, isOurs: Bool) async throws {
        let found = try await echo { $0["beneficiary"] = payment } instruction: { $0["beneficiary"] = instruction }
        #expect((found.creditor?.revealed == Self.ours) == isOurs)
    }

    private static func beneficiary(_ iban: String) -> JSON { Answer.beneficiary(iban) }

    @Test("the end-to-end id under either of its names", arguments: [
        (["endToEndId": "T1"], "T1"),
        (["endToEndIdentification": "T1"], "T1"),
        (["endToEndId": .null, "endToEndIdentification": "T1"], "T1"),
        (["endToEndId": "T1", "endToEndIdentification": "T1"], "T1"),
        (["endToEndId": "T1", "endToEndIdentification": "T2"], nil),
        (["endToEndId": "T2"], "T2"),
        (["endToEndId": "t1"], "t1"),
        (["endToEndId": .integer(1)], nil),
        ([:], nil), (.null, nil), ("T1", nil),
    ] as [(JSON, String?)])
    func endToEndID(paymentID: JSON, expected: String?) async throws {
        #expect(try await echo(instruction: { $0["paymentId"] = paymentID }).endToEndID == expected)
    }

    @Test("nothing of a payment that has not exactly one transaction", arguments: [
        (nil, false), (.null, false), ([], false), ([.null], false), (["x"], false), ([:], false),
    ] as [(JSON?, Bool)])
    func noTransaction(transactions: JSON?, isRead: Bool) async throws {
        let found = try await echo { $0["creditTransferTransaction"] = transactions }
        #expect((found.amount != nil || found.currency != nil || found.endToEndID != nil) == isRead)
    }

    @Test("two transactions: neither is taken for ours")
    func twoTransactions() async throws {
        let found = try await echo { request in
            guard let one = request["creditTransferTransaction"]?[0] else { return }
            request["creditTransferTransaction"] = [one, one]
        }
        #expect(found.amount == nil)
        #expect(found.endToEndID == nil)
    }

    @Test("missing parts are missing, never guessed", arguments: ["instructedAmount", "paymentId"])
    func missing(member: String) async throws {
        let found = try await echo(instruction: { $0[member] = nil })
        #expect((found.amount == nil, found.endToEndID == nil) == (member != "paymentId", member == "paymentId"))
    }

    @Test("the currency as written", arguments: [
        ("EUR", "EUR"), ("USD", "USD"), ("eur", "eur"), (.null, nil), (.integer(978), nil),
    ] as [(JSON, String?)])
    func currency(written: JSON, expected: String?) async throws {
        let found = try await echo(instruction: { $0["instructedAmount"] = ["amount": "42.50", "currency": written] })
        #expect(found.currency == expected)
    }
}

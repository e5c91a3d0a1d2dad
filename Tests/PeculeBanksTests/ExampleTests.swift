import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("The standard's worked examples")
struct ExampleTests {
    /// What an order of ours cannot say: one id serves three members, a transfer is never instant, the payer and the
    /// payer's account are chosen at the bank, no postal address is known, both report addresses are one, and the
    /// reference is the prison's.
    private static let beyondUs = [
        "initiatingParty.postalAddress", "initiatingParty.organisationId", "paymentTypeInformation.localInstrument",
        "paymentTypeInformation.categoryPurpose", "debtor", "debtorAccount", "beneficiary.creditor.postalAddress",
        "purpose", "creditTransferTransaction.purpose", "supplementaryData",
    ]

    @Test("our request says what the example says, as far as our order can say it", arguments: [
        (STETVersion.v1_4_0, StandardExamples.postV140, true), (.v1_4_2, StandardExamples.postV142, false),
        (.v1_6, StandardExamples.postV142, false),
    ])
    func request(version: STETVersion, example: String, namesBIC: Bool) async throws {
        let payee = try #require(
            Payee(name: "REGIE EXEMPLE", iban: Sample.payee().iban, bic: namesBIC ? BIC("EXMPFRPPXXX") : nil))
        let order = try Sample.order("PMT20260212A7F3C09E41D2B8", payee: payee)
        let stage = try Stage(Sample.document(.simple, version), [ScriptedBank.open: [.answer(Answer.opened())]])
        _ = try await stage.provider.initiate(order, stage.choice)
        let sent = try JSON(parsing: try #require(stage.bank.requests.last).body)

        var expected = try StandardExamples.json(example)
        for path in Self.beyondUs { expected = expected.without(path.split(separator: ".").map(String.init)) }
        let meaning = try Meaning(of: expected, beyond: order)
        #expect(try Meaning(of: sent.without(["supplementaryData"]), beyond: order) == meaning)
    }

    @Test("an opened payment, plain")
    func opened() async throws {
        let answer = StandardExamples.response(
            StandardExamples.opened, status: 201, location: "/v1/payment-requests/8c41f02b9d5e4f7ab6")
        let payment = try await Stage(script: [ScriptedBank.open: [.answer(answer)]]).initiate()
        #expect(payment.id == "8c41f02b9d5e4f7ab6")
        #expect(payment.expects == nil)
        #expect(
            payment.approval
                == .redirect(
                    to: "https://www.bank-a.example/psd2/consent?context=8c41f0",
                    expires: Sample.moment.addingTimeInterval(600)))
    }

    @Test("an opened payment with a nonce, which the confirmation gives back")
    func openedWithNonce() async throws {
        let answer = StandardExamples.response(
            StandardExamples.openedWithNonce, status: 201, location: "/v1/payment-requests/8c41")
        let stage = try Stage(
            Sample.document(.codeThenConfirm, .v1_4_2),
            [
                ScriptedBank.open: [.answer(answer)],
                ScriptedBank.token: [.answer(StandardExamples.response(StandardExamples.token))],
                ScriptedBank.confirmByToken: [.answer(Answer.payment(try Sample.order(), "ACSP"))],
            ])
        let payment = try await stage.initiate()
        #expect(payment.expects == .authorizationCode)
        _ = try await stage.confirm(payment, .authorizationCode("SplxlOBeZQQYbYS6WxSbIA"))
        let sent = try #require(stage.bank.requests(ScriptedBank.confirmByToken).first)
        #expect(try JSON(parsing: sent.body) == StandardExamples.json(StandardExamples.confirmationByToken))
        #expect(sent.fields["Authorization"] == "Bearer 2YotnFZFEjr1zCsicMWpAA")
    }

    @Test("a confirmation with the factor of the return")
    func confirmation() async throws {
        let stage = try Stage(
            Sample.document(.factorThenConfirm, .v1_4_0),
            [ScriptedBank.confirm: [.answer(Answer.payment(try Sample.order(), "ACSP"))]])
        _ = try await stage.confirm(Stage.payment, .authenticationFactor("JJ7K2M"))
        let sent = try #require(stage.bank.requests.last)
        #expect(try JSON(parsing: sent.body) == StandardExamples.json(StandardExamples.confirmation))
    }

    @Test("a payment request, accepted and rejected", arguments: [
        (StandardExamples.accepted, BankReport.Status.executing), (StandardExamples.rejected, .expired),
    ])
    func report(example: String, status: BankReport.Status) async throws {
        let order = try Sample.order("E2E20260212A7F3C09E41D2B8")
        let payment = BankPayment(id: "8c41f02b9d5e4f7ab6", approval: .redirect(to: Sample.consent, expires: nil))
        let stage = try Stage(script: [
            "GET /payment-requests/8c41f02b9d5e4f7ab6": [.answer(StandardExamples.response(example))]
        ])
        let report = try await stage.provider.report(payment, of: order)
        #expect(report.status == status)
        #expect(
            report.echo
                == PaymentEcho(
                    amount: order.amount, currency: "EUR", creditor: order.payee.iban, endToEndID: order.endToEndID))
    }

    @Test("an error that holds words, not a code, is a refusal for an invalid request")
    func error() async throws {
        let answer = StandardExamples.response(StandardExamples.error, status: 400)
        let stage = try Stage(script: [ScriptedBank.open: [.answer(answer)]])
        let expected = BankFault.refused(RejectionReason("FF01"), .init(.misconfigured, status: 400))
        #expect(await fault(of: stage.initiate) == expected)
    }
}

/// A payment request with its ids, reference, dates and amount in one spelling.
private struct Meaning: Equatable {
    let request: JSON
    let dates: [Date]

    init(of json: JSON, beyond order: TransferOrder) throws {
        var request = try #require(json.object)
        dates = try ["creationDateTime", "requestedExecutionDate"].map { name in
            let text = try #require(request[name]?.string)
            request[name] = nil
            return try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        var transaction = try #require(request["creditTransferTransaction"]?[0]?.object)
        let amount = try #require(transaction["instructedAmount"]?["amount"])
        transaction["paymentId"] = ["instructionId": .string(order.id.text), "endToEndId": .string(order.endToEndID)]
        transaction["instructedAmount"] = [
            "currency": try #require(transaction["instructedAmount"]?["currency"]),
            "amount": .integer(try #require(amount.scalar.flatMap { Amount(decimal: $0) }).cents),
            "isText": .bool(amount.string != nil),
        ]
        let isList = transaction["remittanceInformation"]?.array != nil
        let text = JSON.string(order.remittance.revealed)
        transaction["remittanceInformation"] = isList ? [text] : ["unstructured": [text]]
        request["creditTransferTransaction"] = [.object(transaction)]
        self.request = .object(request)
    }
}

extension JSON {
    fileprivate func without(_ path: [String]) -> JSON {
        switch self {
        case .array(let values): return .array(values.map { $0.without(path) })
        case .object(var object):
            object[path[0]] = path.count == 1 ? nil : object[path[0]]?.without(Array(path.dropFirst()))
            return .object(object)
        default: return self
        }
    }
}

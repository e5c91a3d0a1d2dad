import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("POST /payment-requests")
struct InitiationTests {
    private func request(
        _ version: STETVersion, flow: RedirectFlow = .simple, order: TransferOrder? = nil
    ) async throws -> HTTPRequest {
        let stage = try Stage(Sample.document(flow, version), [ScriptedBank.open: [.answer(Answer.opened())]])
        _ = try await stage.provider.initiate(order ?? stage.order, stage.choice)
        return try #require(stage.bank.requests.last)
    }

    private func body(_ version: STETVersion, order: TransferOrder? = nil) async throws -> JSON {
        try JSON(parsing: try await request(version, order: order).body)
    }

    @Test("the body, member by member", arguments: [
        (STETVersion.v1_4_0, #""42.50""#, #"["ECROU 12345 EXEMPLE NOEL"]"#),
        (.v1_4_2, "42.50", #"{"unstructured":["ECROU 12345 EXEMPLE NOEL"]}"#),
        (.v1_6, "42.50", #"{"unstructured":["ECROU 12345 EXEMPLE NOEL"]}"#),
    ])
    func body(version: STETVersion, amount: String, remittance: String) async throws {
        let back = "https://portal.example/retour?state=00112233445566778899aabbccddeeff"
        #expect(
            try await body(version).text == """
                {"paymentInformationId":"T1","creationDateTime":"2026-02-12T08:41:07.250Z","numberOfTransactions":1,\
                "initiatingParty":{"name":"Passerelle Exemple SAS"},"paymentTypeInformation":{"serviceLevel":"SEPA"},\
                "beneficiary":{"creditor":{"name":"REGIE EXEMPLE"},\
                "creditorAccount":{"iban":"FR7699992000420000009876566"},\
                "creditorAgent":{"bicFi":"EXMPFRPPXXX"}},"chargeBearer":"SLEV",\
                "requestedExecutionDate":"2026-02-12T08:42:07.250Z","creditTransferTransaction":\
                [{"paymentId":{"instructionId":"T1","endToEndId":"T1"},\
                "instructedAmount":{"currency":"EUR","amount":\(amount)},"remittanceInformation":\(remittance)}],\
                "supplementaryData":{"acceptedAuthenticationApproach":["REDIRECT"],\
                "successfulReportUrl":"\(back)","unsuccessfulReportUrl":"\(back)"}}
                """)
    }

    @Test("every member that the standard requires, within its pattern, for the longest order", arguments: [
        (STETVersion.v1_4_0, 1), (.v1_4_0, 99_999_999_999), (.v1_4_2, 1), (.v1_6, 99_999_999_999),
    ])
    func patterns(version: STETVersion, cents: Int) async throws {
        let payee = try #require(Payee(name: String(repeating: "P", count: 70), iban: Sample.payee().iban))
        let order = try Sample.order("PEC-" + String(repeating: "A9", count: 15) + "z", cents: cents, payee: payee)
        let body = try await body(version, order: order)
        let identifier = /[a-zA-Z0-9\/\-?:().,' ]{1,35}/
        let transaction = try #require(body["creditTransferTransaction"]?[0])
        let texts: [(String?, Regex<Substring>)] = [
            (body["paymentInformationId"]?.string, identifier),
            (transaction["paymentId"]?["instructionId"]?.string, identifier),
            (transaction["paymentId"]?["endToEndId"]?.string, identifier),
            (transaction["instructedAmount"]?["amount"]?.scalar, /[0-9]{1,13}\.[0-9]{2}/),
            (transaction["instructedAmount"]?["currency"]?.string, /EUR/),
            (body["initiatingParty"]?["name"]?.string, /.{1,140}/),
            (body["paymentTypeInformation"]?["serviceLevel"]?.string, /SEPA/),
            (body["beneficiary"]?["creditor"]?["name"]?.string, /.{1,70}/),
            (body["beneficiary"]?["creditorAccount"]?["iban"]?.string, /[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}/),
            (body["supplementaryData"]?["successfulReportUrl"]?.string, /https:\/\/\S{1,300}/),
            (body["creationDateTime"]?.string, /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/),
            (body["requestedExecutionDate"]?.string, /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/),
        ]
        for (text, pattern) in texts {
            #expect(try pattern.wholeMatch(in: try #require(text)) != nil, "\(text ?? "")")
        }
        #expect(body["numberOfTransactions"]?.integer == 1)
        #expect(body["creditTransferTransaction"]?.array?.count == 1)
        #expect(body["beneficiary"]?["creditorAgent"] == nil, "no BIC is known")
    }

    @Test("the payee's name in the letters that SEPA carries")
    func payeeName() async throws {
        let payee = try #require(Payee(name: "Régie des œuvres d’Exempleville", iban: Sample.payee().iban))
        let body = try await body(.v1_6, order: try Sample.order(payee: payee))
        #expect(body["beneficiary"]?["creditor"]?["name"] == "Regie des oeuvres d'Exempleville")
    }

    @Test("one order and one choice are one request, byte for byte, however often it is made")
    func repetition() async throws {
        let stage = try Stage(script: [ScriptedBank.open: [.answer(Answer.opened())]])
        _ = try await stage.initiate()
        stage.clock.advance(120)
        _ = try await stage.initiate()
        let sent = stage.bank.requests(ScriptedBank.open)
        #expect(sent.count == 2)
        #expect(sent.first == sent.last)
    }

    @Test("every header stands once", arguments: Sample.flows)
    func headers(flow: RedirectFlow) async throws {
        let link: JSON = .string("https://oauth.bank.example/authorize?response_type=code")
        let stage = try Stage(
            Sample.document(flow), [ScriptedBank.open: [.answer(Answer.opened(link: link))]])
        _ = try await stage.initiate()
        let fields = try #require(stage.bank.requests.last).fields
        #expect(fields["Authorization"] == "Bearer token-1")
        #expect(fields["X-Request-ID"] == "T1-open")
        #expect(fields["Accept"] == "application/hal+json, application/json")
        #expect(fields["Content-Type"] == "application/json")
        #expect(fields.all.count == 4)
        #expect(fields.firstUnsendable == nil)
    }
}

extension Stage {
    init(script: [String: [ScriptedBank.Reply]]) throws { try self.init(Sample.document(), script) }
}

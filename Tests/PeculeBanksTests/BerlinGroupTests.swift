import Pecule
import PeculeHTTP
import Testing

@testable import PeculeBanks

@Suite("Berlin Group") struct BerlinGroupTests {
    /// A profile as an operator writes it, with these changes to its dialect.
    private static func document(_ flow: String = "simple", _ changes: [(String, JSON?)] = []) -> JSONObject {
        var document = Sample.document()
        var dialect = JSONObject([
            ("standard", "berlin-group"), ("start", "implicit"), ("address", "192.0.2.7"),
        ])
        for (name, value) in changes { dialect[name] = value }
        document["dialect"] = .object(dialect)
        document["redirectFlow"] = .string(flow)
        return document
    }

    @Test("what a profile may not say", arguments: [
        ("simple", "start", nil, "bank profile: dialect.start: missing"),
        ("simple", "address", "here", "bank profile: dialect.address: not an IPv4 address"),
        ("simple", "version", "1.6", "bank profile: dialect.version: not a setting of berlin-group"),
        ("simple", "standard", "stet", "bank profile: dialect.address: not a setting of stet"),
        ("simple", "standard", "other", "bank profile: dialect.standard: not one of: stet, berlin-group"),
        ("bankConfirms", "payerID", false, "bank profile: redirectFlow: not a flow of berlin-group"),
        ("decoupled", "payerID", true, "bank profile: dialect.start: the flow decoupled needs: explicit"),
        ("decoupled", "start", "explicit", "bank profile: dialect.payerID: missing"),
    ] as [(String, String, JSON?, String)])
    func refused(_ flow: String, _ member: String, _ value: JSON?, _ problem: String) {
        #expect { _ = try BankProfile(.object(Self.document(flow, [(member, value)]))) } throws: { "\($0)" == problem }
    }

    @Test("what the bank has to be told", arguments: [
        (nil, false, ["debtor_iban"]), ("required", true, ["debtor_iban", "psu_id"]), ("none", false, []),
    ] as [(JSON?, Bool, [String])])
    func questions(_ need: JSON?, _ payerID: Bool, _ expected: [String]) throws {
        var document = Self.document("simple", [("payerID", .bool(payerID))])
        document["debtorAccount"] = need.map { ["need": $0] }
        #expect(try BankProfile(.object(document)).bank.questions.map(\.id) == expected)
    }

    @Test("the same order makes the same request, another order another one")
    func initiation() throws {
        let dialect = try Self.dialect()
        func request(_ id: String = "T1", instant: Bool = false) throws -> HTTPRequest {
            dialect.initiation(of: try Sample.order(id), try Sample.choice(), asInstant: instant)
        }
        let first = try request()
        #expect(first == (try request()))
        #expect(first.target == Sample.api + "/payments/sepa-credit-transfers")
        #expect(first.fields["PSU-IP-Address"] == "192.0.2.7")
        #expect(first.fields["TPP-Redirect-URI"] == "\(Sample.returnURL)?state=\(Sample.state)")
        let id = try #require(first.fields["X-Request-ID"])
        #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        let others = [try request("T2"), try request(instant: true)]
        #expect(Set(others.map { $0.fields["X-Request-ID"] } + [id]).count == 3)
        #expect(others[1].target == Sample.api + "/payments/instant-sepa-credit-transfers")
    }

    @Test("what a status means", arguments: [
        (#"{"transactionStatus": "RCVD"}"#, .pending), (#"{"transactionStatus": "ACTC"}"#, .pending),
        (#"{"transactionStatus": "PATC"}"#, .pending), (#"{"transactionStatus": "ACCP"}"#, .executing),
        (#"{"transactionStatus": "ACSP"}"#, .executing), (#"{"transactionStatus": "PDNG"}"#, .executing),
        (#"{"transactionStatus": "ACSC"}"#, .settled), (#"{"transactionStatus": "ACCC"}"#, .settled),
        (#"{"transactionStatus": "CANC"}"#, .cancelled),
        (#"{"transactionStatus": "RJCT"}"#, .rejected(RejectionReason("MS03"))),
        (#"{"transactionStatus": "RJCT", "tppMessage": [{"code": "FUNDS_NOT_AVAILABLE"}]}"#,
            .rejected(.insufficientFunds)),
        (#"{"transactionStatus": "RJCT", "tppMessages": [{"code": "RESOURCE_EXPIRED"}]}"#, .expired),
        (#"{"transactionStatus": "ACSC", "paymentId": "another"}"#, nil),
        (#"{"transactionStatus": "NEWS"}"#, nil), ("{}", nil), ("no JSON", nil),
    ] as [(String, BankReport.Status?)])
    func status(_ body: String, _ expected: BankReport.Status?) throws {
        let response = HTTPResponse(status: 200, body: Array(body.utf8))
        #expect(try Self.dialect().report(from: response, of: Stage.payment)?.status == expected)
    }

    @Test("the code of an error in either medium", arguments: [
        (#"{"tppMessages": [{"category": "ERROR", "code": "PRODUCT_INVALID"}]}"#, "PRODUCT_INVALID"),
        (#"{"type": "about:blank", "code": "PAYMENT_FAILED"}"#, "PAYMENT_FAILED"),
        (#"{"title": "x", "additionalErrors": [{"code": "SERVICE_INVALID"}]}"#, "SERVICE_INVALID"),
        ("<html>", "FORMAT_ERROR"),
    ])
    func reason(_ body: String, _ code: String) throws {
        let response = HTTPResponse(status: 400, body: Array(body.utf8))
        #expect(try Self.dialect().reason(from: response).code == code)
    }

    @Test("a bank cannot send our requests, or the payer, to where it likes", arguments: [
        (#"{"scaOAuth": {"href": "https://evil.example/.well-known/x"}}"#, "codeOnly", false),
        (#"{"scaOAuth": {"href": "https://auth.bank.example/.well-known/x"}}"#, "codeOnly", true),
        (#"{"scaRedirect": {"href": "javascript:alert(1)"}}"#, "simple", false),
        (#"{"scaRedirect": {"href": "https://www.bank.example/sca/1"}}"#, "simple", true),
        ("{}", "simple", false),
    ])
    func links(_ links: String, _ flow: String, _ isTaken: Bool) throws {
        let body = #"{"transactionStatus": "RCVD", "paymentId": "1", "_links": \#(links)}"#
        let opening = try Self.dialect(flow).opening(
            from: HTTPResponse(status: 201, body: Array(body.utf8)), of: try Sample.order(), try Sample.choice(),
            asInstant: false, random: { Array(repeating: 1, count: $0) })
        #expect((opening != nil) == isTaken)
    }

    @Test("a payment that can no longer be approved is known by its id, and asked about", arguments: [
        ("implicit", "RJCT", nil, true), ("implicit", "RCVD", nil, false), ("explicit", "RJCT", nil, true),
        ("explicit", "RCVD", 409, true), ("explicit", "RCVD", 404, true), ("explicit", "RCVD", 500, false),
        ("explicit", "RCVD", 429, false), ("explicit", "RCVD", 201, false),
    ] as [(String, String, Int?, Bool)])
    func ended(_ start: String, _ status: String, _ answer: Int?, _ isKnown: Bool) throws {
        let profile = try BankProfile(.object(Self.document("simple", [("start", .string(start))])))
        let dialect = HTTPBank(profile, initiatingParty: Sample.party, transport: ScriptedBank([:])).dialect
        let body = #"{"transactionStatus": "\#(status)", "paymentId": "1"}"#
        var opening = dialect.opening(
            from: HTTPResponse(status: 201, body: Array(body.utf8)), of: try Sample.order(), try Sample.choice(),
            asInstant: false, random: { Array(repeating: 1, count: $0) })
        if case .asks(_, let then) = opening {
            opening = then(HTTPResponse(status: try #require(answer), body: Array("{}".utf8)))
        }
        guard case .opened(let payment) = opening else {
            #expect(!isKnown)
            return
        }
        #expect(isKnown)
        #expect(payment.id == "1" && payment.expects == nil)
    }

    private static func dialect(_ flow: String = "simple") throws -> any BankDialect {
        let profile = try BankProfile(.object(document(flow)))
        return HTTPBank(profile, initiatingParty: Sample.party, transport: ScriptedBank([:])).dialect
    }
}

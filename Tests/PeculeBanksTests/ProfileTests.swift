import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("Bank profiles")
struct ProfileTests {
    @Test("a document per flow", arguments: Sample.flows, STETVersion.allCases)
    func valid(flow: RedirectFlow, version: STETVersion) throws {
        let profile = try BankProfile(.object(Sample.document(flow, version)))
        #expect(profile.redirectFlow == flow)
        #expect(profile.standard.description == "STET \(version.rawValue)")
        #expect(profile.api == Sample.api)
        #expect(profile.token == Sample.tokenURL)
        #expect(profile.bank.id.text == "banque-a")
        #expect(profile.bank.name == "Banque A")
        #expect(profile.bank.bic == BIC("EXMPFRPP"))
        #expect(profile.bank.bankCodes == ["99991"])
        #expect(profile.bank.limits == (try #require(Amount(cents: 100)))...(try #require(Amount(cents: 300_000))))
        #expect(profile.client.id == "PSDFR-ACPR-99999")
        #expect(profile.client.authentication == .basic)
        #expect(profile.consentLifetime == .seconds(600))
    }

    @Test("what may be left out, and what it is then")
    func defaults() throws {
        var document = Sample.document()
        let optional = [
            "bic", "bankCodes", "country", "pkce", "scope", "confirmNow", "limits", "consentLifetimeSeconds",
            "patience",
        ]
        for name in optional { document[name] = nil }
        let profile = try BankProfile(.object(document))
        #expect(profile.bank.bic == nil)
        #expect(profile.bank.bankCodes == [])
        #expect(profile.usesPKCE == false)
        #expect(profile.scope == "pisp")
        #expect(profile.confirmNow == [])
        #expect(profile.bank.limits.lowerBound.cents == 1)
        #expect(profile.bank.limits.upperBound == .largest)
        #expect(profile.consentLifetime == .seconds(900))
        #expect(profile.bank.patience == nil)
    }

    @Test("a bank's own patience, and what it does not say as everywhere")
    func patience() throws {
        var document = Sample.document()
        document["patience"] = [
            "approvalSeconds": .integer(30), "executionSeconds": .integer(86_400), "requests": .integer(50),
            "callSeconds": .integer(90),
        ]
        var expected = Patience()
        (expected.approval.longest, expected.execution.longest) = (30, 86_400)
        (expected.requests, expected.call) = (50, 90)
        #expect(try BankProfile(.object(document)).bank.patience == expected)
        document["patience"] = [:]
        #expect(try BankProfile(.object(document)).bank.patience == Patience())
    }

    @Test("what is wrong is named with its place", arguments: [
        ("apis", "x", "apis"), ("Id", "x", "Id"),
        ("client.secrets", "x", "client.secrets"), ("dialect.release", "1.4", "dialect.release"),
        ("limits.minimumCent", .integer(1), "limits.minimumCent"),
        ("id", nil, "id"), ("id", "a b", "id"), ("id", "", "id"), ("id", .integer(1), "id"), ("id", .null, "id"),
        ("name", nil, "name"), ("name", "", "name"), ("name", ["x"], "name"), ("name", "a\nb", "name"),
        ("name", .string(String(repeating: "n", count: 201)), "name"),
        ("bic", "EXMPFRP", "bic"), ("bic", "EXMPFRPPXX", "bic"), ("bic", .null, "bic"), ("bic", .integer(8), "bic"),
        ("bankCodes", "99991", "bankCodes"), ("bankCodes", ["9999"], "bankCodes"),
        ("bankCodes", ["99991\n"], "bankCodes"),
        ("bankCodes", ["999910"], "bankCodes"), ("bankCodes", ["9999a"], "bankCodes"),
        ("bankCodes", ["٩٩٩٩١"], "bankCodes"),
        ("bankCodes", [.integer(99991)], "bankCodes"), ("bankCodes", .null, "bankCodes"),
        ("country", "France", "country"), ("country", .integer(33), "country"),
        ("api", nil, "api"), ("api", "http://api.bank.example", "api"), ("api", "https://api.bank.example/", "api"),
        ("api", "https://api.bank.example/v1?x=1", "api"), ("api", "https://u:p@api.bank.example", "api"),
        ("api", "api.bank.example", "api"), ("api", "ftp://api.bank.example", "api"), ("api", .integer(1), "api"),
        ("token", nil, "token"), ("token", "http://auth.bank.example", "token"), ("token", "https://a/t#f", "token"),
        ("client", nil, "client.id"), ("client", "x", "client"), ("client", [], "client"),
        ("client.id", nil, "client.id"), ("client.id", "", "client.id"),
        ("client.secret", nil, "client.secret"), ("client.secret", .integer(1), "client.secret"),
        ("client.authentication", nil, "client.authentication"),
        ("client.authentication", "mtls", "client.authentication"),
        ("dialect", "stet", "dialect"), ("dialect.standard", nil, "dialect.standard"),
        ("dialect.standard", "berlin", "dialect.standard"), ("dialect.version", nil, "dialect.version"),
        ("dialect.version", "1.5", "dialect.version"), ("dialect.version", .number("1.6"), "dialect.version"),
        ("redirectFlow", nil, "redirectFlow"), ("redirectFlow", "decoupled", "redirectFlow"),
        ("pkce", "true", "pkce"), ("pkce", .null, "pkce"), ("pkce", true, "pkce"),
        ("issuer", "https://bank.example", "issuer"),
        ("scope", "", "scope"), ("scope", ["pisp"], "scope"),
        ("confirmNow", ["ACTC"], "confirmNow"), ("confirmNow", "ACTC", "confirmNow"),
        ("limits", .integer(5), "limits"), ("limits", [], "limits"), ("limits", .null, "limits"),
        ("limits.minimumCents", .integer(300_001), "limits"),
        ("limits.minimumCents", .integer(0), "limits.minimumCents"),
        ("limits.minimumCents", .integer(-1), "limits.minimumCents"),
        ("limits.minimumCents", .number("1.5"), "limits.minimumCents"),
        ("limits.maximumCents", "3000", "limits.maximumCents"),
        ("limits.maximumCents", .integer(100_000_000_000), "limits.maximumCents"),
        ("consentLifetimeSeconds", .integer(59), "consentLifetimeSeconds"),
        ("consentLifetimeSeconds", .integer(86_401), "consentLifetimeSeconds"),
        ("consentLifetimeSeconds", "600", "consentLifetimeSeconds"),
        ("tokenBody", "xml", "tokenBody"), ("accept", "text/html", "accept"),
        ("accept", "application/problem+json", "accept"), ("psuHeaders", "yes", "psuHeaders"),
        ("headers", [], "headers"), ("headers", ["a b": "c"], "headers"), ("headers", ["X-Key": "é"], "headers"),
        ("headers", ["Authorization": "x"], "headers"), ("headers", ["x-request-id": "x"], "headers"),
        ("refusals", ["refus": "no"], "refusals"), ("refusals", ["refus": .integer(1)], "refusals"),
        ("debtorAccount.need", "always", "debtorAccount.need"), ("debtorAccount.who", "me", "debtorAccount.who"),
        ("instant.maximumCents", .integer(99), "instant"), ("instant.maximum", .integer(1), "instant.maximum"),
        ("cancellation.way", "DELETE", "cancellation.way"),
        ("cancellation", ["way": "none", "onInstruction": true], "cancellation"),
        ("dialect.amount", "cents", "dialect.amount"), ("dialect.beneficiary", "top", "dialect.beneficiary"),
        ("dialect.paymentID", ["in": "body"], "dialect.paymentID.in"),
        ("dialect.paymentID", ["in": "consentQuery"], "dialect.paymentID.name"),
        ("dialect.paymentID", ["in": "location", "name": "x"], "dialect.paymentID.name"),
        ("dialect.confirmationBody", "text", "dialect.confirmationBody"),
        ("dialect.executionDate", "CET", "dialect.executionDate"),
        ("dialect.address", "192.0.2.7", "dialect.address"),
        ("notFoundSeconds", .integer(601), "notFoundSeconds"), ("notifications", "yes", "notifications"),
        ("patience", .integer(5), "patience"), ("patience", ["waits": .integer(1)], "patience.waits"),
        ("patience", ["callSeconds": .integer(44)], "patience.callSeconds"),
        ("patience", ["requests": .integer(9)], "patience.requests"),
        ("patience", ["approvalSeconds": "30"], "patience.approvalSeconds"),
        ("patience", ["executionSeconds": .integer(86_401)], "patience.executionSeconds"),
    ] as [(String, JSON?, String)])
    func mistakes(path: String, value: JSON?, field: String) throws {
        var document = Sample.document()
        document.set(path.split(separator: ".").map(String.init), to: value)
        try expectError(.object(document), field: field)
    }

    @Test("a flow with a confirmation says when; the status can mean nothing else", arguments: [
        (RedirectFlow.simpleThenConfirm, nil), (.factorThenConfirm, []), (.codeThenConfirm, nil),
        (.simpleThenConfirm, ["ACTC", "RJCT"]), (.simpleThenConfirm, ["ACSC"]), (.codeThenConfirm, ["CANC"]),
        (.factorThenConfirm, ["RCVD"]), (.simpleThenConfirm, ["actc"]), (.simpleThenConfirm, [.null]),
        (.simple, ["ACTC"]), (.codeOnly, ["ACTC"]), (.bankConfirms, ["ACCP"]),
    ] as [(RedirectFlow, JSON?)])
    func confirmNow(flow: RedirectFlow, codes: JSON?) throws {
        var document = Sample.document(flow)
        document["confirmNow"] = codes
        try expectError(.object(document), field: "confirmNow")
    }

    @Test("documents that are no profile", arguments: [
        "", "{", "[{}", "{\"id\":\"a\",\"id\":\"b\"}", "1", "[1]", "null",
    ])
    func noProfile(text: String) {
        #expect(throws: BankProfileError.self) { try BankProfile.list(parsing: Array(text.utf8)) }
        do { _ = try BankProfile.list(parsing: Array(text.utf8)) } catch {
            #expect(error.field.isEmpty)
            #expect(error.description == "bank profile: \(error.problem)")
        }
    }

    @Test("one profile, or many in one document")
    func list() throws {
        var other = Sample.document()
        other["id"] = "banque-b"
        #expect(try BankProfile.list(parsing: JSON.object(Sample.document()).bytes).map(\.bank.id.text) == ["banque-a"])
        let both = JSON.array([.object(Sample.document()), .object(other)])
        #expect(try BankProfile.list(parsing: both.bytes).map(\.bank.id.text) == ["banque-a", "banque-b"])
        #expect(try BankProfile.list(parsing: Array("[]".utf8)).isEmpty)
    }

    @Test("two banks of one name do not stand in one directory", arguments: [
        ("id", "banque-a"), ("bic", "EXMPFRPP"), ("bankCodes", ["99991"]),
    ] as [(String, JSON)])
    func duplicates(member: String, value: JSON) throws {
        var other = Sample.document()
        other["id"] = "banque-b"
        other["bic"] = nil
        other["bankCodes"] = nil
        #expect(throws: Never.self) { try directory(other) }
        other[member] = value
        #expect(throws: BankDirectory.Duplicate.self) { try directory(other) }
    }

    private func directory(_ other: JSONObject) throws {
        _ = try BankDirectory(
            try [Sample.document(), other].map {
                HTTPBank(try BankProfile(.object($0)), initiatingParty: Sample.party, transport: ScriptedBank())
            })
    }

    private func expectError(_ document: JSON, field: String) throws {
        do {
            _ = try BankProfile(document)
            Issue.record("taken for a profile")
        } catch {
            #expect(error.field == field)
            #expect(error.description == "bank profile: \(field): \(error.problem)")
        }
    }
}

extension JSONObject {
    mutating func set(_ path: [String], to value: JSON?) {
        guard path.count > 1 else {
            self[path[0]] = value
            return
        }
        var inner = self[path[0]]?.object ?? JSONObject()
        inner.set(Array(path.dropFirst()), to: value)
        self[path[0]] = .object(inner)
    }
}

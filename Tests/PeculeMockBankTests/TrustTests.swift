import Foundation
import PeculeCrypto
import PeculeHTTP
import PeculeMockBank
import Testing

/// Whom the banks believe that demand certificates, and what they say to everybody else.
@Suite struct TrustTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let what: String
        let caller: Caller
        /// The verdict: `201`, or a status with the bank's own code.
        let verdict: String

        init(_ what: String, _ caller: Caller, _ verdict: String) {
            (self.what, self.caller, self.verdict) = (what, caller, verdict)
        }

        var testDescription: String { "\(what) → \(verdict)" }
    }

    /// What is wrong with the signature in any standard; the verdicts are Berlin Group's and STET's.
    static func signatures(_ good: Caller, _ invalid: String, _ missing: String, _ late: String) -> [Row] {
        let without = { (name: String) in good.with { $0.headers.removeAll { $0 == name } } }
        let changing = { (change: @escaping @Sendable (inout HTTPRequest) -> Void) in
            good.with { $0.changesSigned = change }
        }
        return [
            Row("all in order", good, "201"),
            Row("no signature", changing { $0.fields.set(nil, for: "Signature") }, missing),
            Row("a field that is no signature", changing { $0.fields.set("keyId=1", for: "Signature") }, invalid),
            Row(
                "two signatures", changing { $0.fields.append($0.fields["Signature"] ?? "", for: "Signature") },
                invalid),
            Row("digest not covered", without("digest"), invalid),
            Row("X-Request-ID not covered", without("x-request-id"), invalid),
            Row("date not covered", without("date"), invalid),
            Row("the body changed", changing { $0.body.append(0x20) }, invalid),
            Row(
                "body and digest changed",
                changing {
                    $0.body.append(0x20)
                    $0.fields.set(HTTPDigest.field($0.body), for: "Digest")
                }, invalid),
            Row("another request's identifier", changing { $0.fields.set(Self.otherID, for: "X-Request-ID") }, invalid),
            Row("no digest any more", changing { $0.fields.set(nil, for: "Digest") }, invalid),
            Row("five minutes old", good.with { $0.lateness = 300 }, "201"),
            Row("older", good.with { $0.lateness = 301 }, late),
            Row("from the future", good.with { $0.lateness = -301 }, late),
            Row(
                "the other algorithm",
                good.with { $0.algorithm = $0.algorithm == .rsaSHA256 ? .rsaSHA512 : .rsaSHA256 }, invalid),
            Row("another initiator's key under our name", good.with { $0.key = "other-tpp-qseal" }, invalid),
            Row("another initiator's seal", good.with { $0.seal = "other-tpp-qseal" }, "401 CERTIFICATE_INVALID"),
            Row("an expired seal", good.with { $0.seal = "expired-qseal" }, "401 CERTIFICATE_EXPIRED"),
            Row("a foreign seal", good.with { $0.seal = "foreign-qseal" }, "401 CERTIFICATE_INVALID"),
            Row(
                "a QWAC instead of a seal", good.with { ($0.seal, $0.key) = ("tpp-qwac", "tpp-qseal") },
                "401 CERTIFICATE_INVALID"),
        ]
    }

    static let otherID = "99391c7e-ad88-49ec-a2ad-99ddcb1f7721"
    static let invalidID = "401 CERTIFICATE_INVALID"

    static let stet =
        signatures(.stet, "400 FF01", "400 FF01", "400 FF01") + [
            Row("no client certificate", .stet.with { $0.connection = nil }, "401 CERTIFICATE_MISSING"),
            Row("an expired one", .stet.with { $0.connection = "expired-qwac" }, "401 CERTIFICATE_EXPIRED"),
            Row("a foreign one", .stet.with { $0.connection = "foreign-qwac" }, invalidID),
            Row("one of another initiator", .stet.with { $0.connection = "other-tpp-qwac" }, invalidID),
            Row("one of a server", .stet.with { $0.connection = "server" }, invalidID),
            Row("a seal as client certificate", .stet.with { $0.connection = "tpp-qseal" }, invalidID),
            Row("one without the role", .stet.with { $0.connection = "wrong-role-qwac" }, "403 ROLE_INVALID"),
            Row("a seal without the role", .stet.with { $0.seal = "wrong-role-qseal" }, "403 ROLE_INVALID"),
            Row("the target changed", .stet.with { $0.changesSigned = { $0.target += "?a" } }, "400 FF01"),
            Row("host not covered", .stet.with { $0.headers.removeAll { $0 == "host" } }, "400 FF01"),
            Row("a key id that nobody registered", .stet.with { $0.keyID = "https://tpp.example/s_00" }, invalidID),
            Row("a key id to be fetched in the clear", .stet.with { $0.keyID = "http://tpp.example/s_00" }, invalidID),
        ]

    static let berlin =
        signatures(.berlin, "401 SIGNATURE_INVALID", "401 SIGNATURE_MISSING", "400 TIMESTAMP_INVALID") + [
            Row("a seal without the role", .berlin.with { $0.seal = "wrong-role-qseal" }, "401 ROLE_INVALID"),
            Row(
                "no certificate of the seal",
                .berlin.with { $0.changesSigned = { $0.fields.set(nil, for: "TPP-Signature-Certificate") } },
                "401 CERTIFICATE_MISSING"),
            Row("a key id of another certificate", .berlin.with { $0.keyID = "SN=1,CA=CN=Test authority" }, invalidID),
            Row(
                "the return address not covered", .berlin.with { $0.headers.removeAll { $0 == "tpp-redirect-uri" } },
                "401 SIGNATURE_INVALID"),
        ]

    @Test(arguments: stet) func atABankOfStet(row: Row) async throws {
        let response = try await order(row.caller, at: "sceau", form: .url) { _, profile in
            HTTPRequest(
                .post, "/sceau/stet/v1/payment-requests",
                fields: ["X-Request-ID": "req-1", "Content-Type": "application/json"],
                body: OrderText().json(profile.version).bytes)
        }
        #expect(Self.verdict(response.status, response.json?["code"]) == row.verdict)
        guard response.status != 201 else { return }
        #expect(response.json?["status"] == .integer(response.status))
        #expect(response.json?["message"]?.string?.isEmpty == false)
    }

    @Test(arguments: berlin) func atABankOfBerlinGroup(row: Row) async throws {
        let response = try await order(row.caller, at: "beffroi", form: .serial) { world, _ in
            HTTPRequest(
                .post, "/beffroi/berlin-group/v1/payments/sepa-credit-transfers",
                fields: [
                    "X-Request-ID": "99391c7e-ad88-49ec-a2ad-99ddcb1f7719", "Content-Type": "application/json",
                    "PSU-IP-Address": "127.0.0.1", "TPP-Redirect-URI": "http://127.0.0.1:9/retour",
                ],
                body: Self.payment(world).bytes)
        }
        #expect(Self.verdict(response.status, response.json?["tppMessages"]?[0]?["code"]) == row.verdict)
    }

    /// The same order at the same moment, by whoever it may be; what is not believed opens nothing.
    private func order(
        _ caller: Caller, at bank: String, form: SignatureRule.KeyID,
        _ make: (World, MockBankProfile) -> HTTPRequest
    ) async throws -> HTTPResponse {
        let papers = try Papers.shared.get()
        let world = World(profiles: MockBankProfile.secured, trust: papers.trust)
        let profile = try #require(MockBankProfile.secured.first { $0.id == bank })
        var request = make(world, profile)
        request.fields.set("Bearer \(try await token(world, profile, papers))", for: "Authorization")
        let response = await world.send(try caller.sealed(request, form: form, papers))
        #expect(world.bank.payments().count == (response.status == 201 ? 1 : 0))
        return response
    }

    private static func verdict(_ status: Int, _ code: JSON?) -> String {
        code?.string.map { "\(status) \($0)" } ?? "\(status)"
    }

    private static func payment(_ world: World) -> JSON {
        let own = world.bank.accounts().first { $0.bank == "beffroi" && $0.owner == "camille" }
        return [
            "debtorAccount": ["iban": .string(own?.iban ?? "")], "creditorName": "REGIE EXEMPLE",
            "instructedAmount": ["currency": "EUR", "amount": "42.50"],
            "creditorAccount": ["iban": "FR7699992000420000009876566"],
        ]
    }

    // MARK: Tokens

    private func token(_ world: World, _ profile: MockBankProfile, _ papers: Papers) async throws -> String {
        try #require(await grant(world, profile, "tpp-qwac", papers).json?["access_token"]?.string)
    }

    private func grant(
        _ world: World, _ profile: MockBankProfile, _ connection: String?, _ papers: Papers
    ) async throws -> HTTPResponse {
        var request = Initiator(world: world, profile: profile)
            .tokenRequest([("grant_type", "client_credentials"), ("scope", "pisp")])
        request.clientCertificate = try connection.flatMap { try papers.certificate($0)?.der }
        return await world.send(request)
    }

    @Test(arguments: [
        ("sceau", "tpp-qwac", 200), ("ecluse", "tpp-qwac", 200), ("beffroi", nil, 200), ("sceau", nil, 401),
        ("ecluse", nil, 401), ("ecluse", "other-tpp-qwac", 401), ("ecluse", "expired-qwac", 401),
        ("ecluse", "foreign-qwac", 401), ("ecluse", "wrong-role-qwac", 401), ("donjon", nil, 200),
        ("rempart", "tpp-qwac", 200), ("rempart", nil, 401), ("ecluse", "tpp-qseal", 401),
    ] as [(String, String?, Int)])
    func aTokenIsForTheHolderOfTheCertificate(bank: String, connection: String?, status: Int) async throws {
        let papers = try Papers.shared.get()
        let profile = try #require(MockBankProfile.secured.first { $0.id == bank })
        let world = World(profiles: MockBankProfile.secured, trust: papers.trust)
        let response = try await grant(world, profile, connection, papers)
        #expect(response.status == status)
        #expect((response.json?["error"] == "invalid_client") == (status == 401))
    }

    /// There the token is asked for next; a target that was not the signed one would be told first.
    @Test(arguments: [("/r/essai/sceau", "/r/essai/sceau", "401"), ("/sceau", "/r/essai/sceau", "400 FF01")])
    func whatIsSignedIsTheWholePathOfAPlace(signed: String, sent: String, verdict: String) async throws {
        let papers = try Papers.shared.get()
        let path = "/stet/v1/payment-requests/none"
        let request = HTTPRequest(.get, signed + path, fields: ["X-Request-ID": "req-1"])
        var sealed = try Caller.stet.with { $0.headers.removeLast() }.sealed(request, form: .url, papers)
        sealed.target = sent + path
        let response = await World(profiles: MockBankProfile.secured, trust: papers.trust).send(sealed)
        #expect(Self.verdict(response.status, response.json?["code"]) == verdict)
    }

    // MARK: Answers

    @Test func theBankSignsItsAnswers() async throws {
        let papers = try Papers.shared.get()
        let response = try await order(.stet, at: "sceau", form: .url) { _, profile in
            HTTPRequest(
                .post, "/sceau/stet/v1/payment-requests",
                fields: ["X-Request-ID": "req-1", "Content-Type": "application/json"],
                body: OrderText().json(profile.version).bytes)
        }
        let signature = try #require(response.fields["Signature"].flatMap(HTTPSignature.init))
        let bank = try #require(try papers.certificate("bank-qseal"))
        let head = SignedHead(method: nil, target: "", fields: response.fields.all.map { ($0.name, $0.value) })
        #expect(bank.isNamed(signature.keyID, .url))
        #expect(signature.isValid(for: head, by: bank))
        #expect(signature.headers == ["digest", "x-request-id"])
        #expect(HTTPDigest.matches(response.fields["Digest"] ?? "", response.body))
    }

    // MARK: Files

    @Test func keysAreTheirOwnersAlone() throws {
        let folder = try Papers.shared.get().folder
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let keys = names.filter { $0.hasSuffix(".key") }
        #expect(keys.count == 14 && names.count == 28)
        for name in keys {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func nothingIsOverwritten() throws {
        let folder = try Papers.shared.get().folder
        #expect(throws: MockBankCertificates.Fault.self) { try MockBankCertificates.make(in: folder, at: 0) }
    }

    @Test func aFolderWithoutCertificatesIsNamed() {
        #expect { try MockBankTrust(folder: "/nowhere") } throws: { error in
            "\(error)".contains("/nowhere/ca.pem")
        }
    }
}

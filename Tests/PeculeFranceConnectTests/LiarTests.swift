import PeculeCrypto
import PeculeFranceConnect
import PeculeHTTP
import PeculeMockFranceConnect
import PeculeTestNetwork
import Testing

/// What becomes of a login at a provider that fails or lies.
@Suite("A FranceConnect that fails or lies")
struct LiarTests {
    /// Nil where the login has to succeed.
    static let verdicts: [(fault: MockFault, error: FranceConnectError.Distrust?, code: String?)] = [
        (.serverError, nil, "unavailable"), (.wrongState, .wrongState, nil),
        (.callbackIssuer, .wrongCallbackIssuer, nil), (.replayedCode, nil, "outdated"),
        (.tokenUnavailable, nil, "unavailable"), (.tokenSlow, nil, "unavailable"), (.wrongNonce, .wrongNonce, nil),
        (.tokenIssuer, .wrongIssuer, nil), (.wrongAudience, .wrongAudience, nil), (.wrongAcr, .wrongAssurance, nil),
        (.expired, .expired, nil), (.issuedInFuture, .issuedInFuture, nil), (.algNone, .wrongAlgorithm, nil),
        (.hs256PublicKey, .wrongAlgorithm, nil), (.brokenSignature, .wrongSignature, nil),
        (.foreignKey, .wrongSignature, nil), (.unknownKey, .unknownKey, nil), (.rotatedKey, nil, nil),
        (.otherSubject, .wrongSubject, nil), (.userinfoAudience, .wrongAudience, nil),
        (.userinfoExpired, .expired, nil), (.userinfoAlgNone, .wrongAlgorithm, nil),
        (.userinfoUnsigned, .unsignedIdentity, nil), (.userinfoUnavailable, nil, "unavailable"),
    ]

    @Test("no fault is left out")
    func complete() { #expect(Self.verdicts.map(\.fault) == MockFault.allCases) }

    @Test(
        "never logs anyone in, and says what was wrong",
        arguments: verdicts.indices, FranceConnectConfiguration.algorithms)
    func verdict(index: Int, algorithm: JWSAlgorithm) async throws {
        let row = Self.verdicts[index]
        var service = LoginWorld.service
        service.algorithm = algorithm
        let world = try LoginWorld(.handedOver, service)
        let party = try world.relyingParty(algorithm: algorithm)
        // Keys are known before one of them changes.
        _ = try await world.logIn("camille", at: party)
        let expected = row.error.map { "not_trusted.\($0.rawValue)" } ?? row.code
        do {
            let login = try await world.logIn(row.fault.login, at: party)
            #expect(expected == nil, "\(row.fault) logged \(login.identity.subject) in")
        } catch let error as FranceConnectError {
            #expect(error.code == expected, "\(row.fault)")
        }
    }

    @Test(
        "A token that is signed by the other algorithm's key is refused",
        arguments: FranceConnectConfiguration.algorithms)
    func pinned(_ algorithm: JWSAlgorithm) async throws {
        var service = LoginWorld.service
        service.algorithm = algorithm
        let world = try LoginWorld(.handedOver, service)
        let other: JWSAlgorithm = algorithm == .es256 ? .rs256 : .es256
        let party = try world.relyingParty(algorithm: other)
        await #expect(throws: FranceConnectError.notTrusted(.wrongAlgorithm)) {
            try await world.logIn("camille", at: party)
        }
    }

    @Test("A key that does not exist makes nobody ask more than once a minute")
    func hammering() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty()
        for _ in 0..<5 {
            await #expect(throws: FranceConnectError.notTrusted(.unknownKey)) {
                try await world.logIn(MockFault.unknownKey.login, at: party)
            }
        }
        #expect(world.network.count("/jwks") == 2)
        world.advance(61)
        _ = try? await world.logIn(MockFault.unknownKey.login, at: party)
        #expect(world.network.count("/jwks") == 3)
    }

    typealias Alteration = AlteringTransport.Alteration

    private static func json(_ change: @escaping @Sendable (inout JSONObject) -> Void) -> Alteration {
        { response in
            guard var object = (try? JSON(parsing: response.body))?.object else { return }
            change(&object)
            response.body = JSON.object(object).bytes
        }
    }

    private static let elsewhere: JSON = "https://ailleurs.example/x"
    private static let discovery = "/openid-configuration"

    static let documents: [(what: String, path: String, change: Alteration, code: String)] = [
        ("another issuer", discovery, json { $0["issuer"] = elsewhere }, "misconfigured"),
        ("a token endpoint elsewhere", discovery, json { $0["token_endpoint"] = elsewhere }, "misconfigured"),
        ("keys elsewhere", discovery, json { $0["jwks_uri"] = elsewhere }, "misconfigured"),
        ("no userinfo", discovery, json { $0["userinfo_endpoint"] = nil }, "misconfigured"),
        ("no discovery", discovery, { $0.status = 404 }, "misconfigured"),
        ("a broken discovery", discovery, { $0.body = Array("<html>".utf8) }, "unavailable"),
        ("a discovery with a repeated name", discovery, { $0.body = Array(#"{"a":1,"a":1}"#.utf8) }, "unavailable"),
        ("a redirection", discovery, { $0 = .seeOther("https://ailleurs.example/") }, "misconfigured"),
        ("maintenance", discovery, { $0.status = 503 }, "unavailable"),
        ("too many requests", "/token", { $0.status = 429 }, "unavailable"),
        ("keys that are none", "/jwks", json { $0["keys"] = "x" }, "unavailable"),
        ("no keys", "/jwks", json { $0["keys"] = [] }, "not_trusted.unknown_key"),
        ("a token of another type", "/token", json { $0["token_type"] = "mac" }, "not_trusted.unreadable_token"),
        ("no id token", "/token", json { $0["id_token"] = nil }, "not_trusted.unreadable_token"),
        ("an id token that is none", "/token", json { $0["id_token"] = "a.b" }, "not_trusted.unreadable_token"),
        ("an access token of two lines", "/token", json { $0["access_token"] = "a\nb" },
            "not_trusted.unreadable_token"),
        ("a broken token answer", "/token", { $0.body = [] }, "not_trusted.unreadable_token"),
        ("an identity of another type", "/userinfo", { $0.fields.set("text/html", for: "Content-Type") },
            "not_trusted.unsigned_identity"),
        ("an access token that is refused", "/userinfo", { $0.status = 401 }, "outdated"),
        ("an identity whose signature is cut short", "/userinfo", { $0.body.removeLast(2) },
            "not_trusted.wrong_signature"),
        ("an identity that is no text", "/userinfo", { $0.body = [0xFF] }, "not_trusted.unsigned_identity"),
    ]

    @Test("What is changed on the way is refused", arguments: documents.indices)
    func altered(index: Int) async throws {
        let row = Self.documents[index]
        let world = try LoginWorld()
        world.network.alter(row.path, row.change)
        do {
            _ = try await world.logIn("camille", at: try world.relyingParty())
            Issue.record("\(row.what) logged somebody in")
        } catch let error as FranceConnectError {
            #expect(error.code == row.code, "\(row.what)")
        }
    }
}

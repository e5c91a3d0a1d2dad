import FoundationEssentials
import PeculeCrypto
import PeculeFranceConnect
import PeculeMockFranceConnect
import Testing

@Suite("Settings, dates, masks and sentences")
struct ValueTests {
    typealias Setting = (issuer: String, id: String, secret: String, back: String, scopes: [String], bad: String?)

    static let settings: [Setting] = [
        ("https://oidc.example/api/v2", "id", "secret", "https://portail.example/retour", ["openid"], nil),
        ("http://127.0.0.1:80/api/v2", "id", "secret", "http://localhost:8080/retour", ["openid"], nil),
        ("http://oidc.example/api/v2", "id", "secret", "https://portail.example/retour", ["openid"], "issuer"),
        ("https://oidc.example/api/v2/", "id", "secret", "https://portail.example/retour", ["openid"], "issuer"),
        ("https://oidc.example/?a=b", "id", "secret", "https://portail.example/retour", ["openid"], "issuer"),
        ("oidc.example", "id", "secret", "https://portail.example/retour", ["openid"], "issuer"),
        ("https://oidc.example", "", "secret", "https://portail.example/retour", ["openid"], "clientID"),
        ("https://oidc.example", "id", "", "https://portail.example/retour", ["openid"], "clientSecret"),
        ("https://oidc.example", "id", "secret", "http://portail.example/retour", ["openid"], "redirectURI"),
        ("https://oidc.example", "id", "secret", "/retour", ["openid"], "redirectURI"),
        ("https://oidc.example", "id", "secret", "https://portail.example/retour", ["email"], "scopes"),
        ("https://oidc.example", "id", "secret", "https://portail.example/retour", ["openid", "a b"], "scopes"),
    ]

    @Test("a setting that cannot be right is named", arguments: settings.indices)
    func configuration(index: Int) {
        let row = Self.settings[index]
        do {
            _ = try FranceConnectConfiguration(
                issuer: row.issuer, clientID: row.id, clientSecret: ClientSecret(row.secret), redirectURI: row.back,
                postLogoutRedirectURI: "https://portail.example/", scopes: row.scopes)
            #expect(row.bad == nil)
        } catch { #expect(error.setting == row.bad) }
    }

    @Test(
        "an algorithm that FranceConnect does not offer is refused",
        arguments: [(JWSAlgorithm.es256, true), (.rs256, true), (.ps256, false)])
    func algorithm(_ algorithm: JWSAlgorithm, isOffered: Bool) {
        let configuration = try? FranceConnectConfiguration(
            issuer: "https://oidc.example", clientID: "id", clientSecret: ClientSecret("secret"),
            redirectURI: "https://portail.example/retour", postLogoutRedirectURI: "https://portail.example/",
            algorithm: algorithm)
        #expect((configuration != nil) == isOffered)
    }

    static let dates: [(text: String, parts: [Int?]?)] = [
        ("1992-11-05", [1992, 11, 5]), ("1992-11-00", [1992, 11, nil]), ("1992-00-00", [1992, nil, nil]),
        ("2000-02-29", [2000, 2, 29]), ("1900-02-29", nil), ("1992-00-05", nil), ("1992-13-01", nil),
        ("1992-04-31", nil), ("92-04-01", nil), ("1992-4-1", nil), ("1992-11-05T", nil), ("", nil), ("-992-11-05", nil),
        ("1992-+1-05", nil), ("１９９２-11-05", nil), ("1799-01-01", nil),
    ]

    @Test("a date of birth, presumed or not", arguments: dates.indices)
    func birthDate(index: Int) {
        let row = Self.dates[index]
        #expect(BirthDate(row.text).map { [$0.year, $0.month, $0.day] } == row.parts, "\(row.text)")
    }

    @Test("printing tells nothing of a person or a secret")
    func masks() async throws {
        let world = try LoginWorld()
        let party = try world.relyingParty(usesPKCE: true)
        let attempt = try await party.start().attempt
        let login = try await world.logIn("nom-d-usage", at: party)
        let secrets = ["Jeanne", "FABREGUE", "TOURNIER", "1974", "@", login.identity.subject, login.idToken.revealed]
            + [LoginWorld.service.secret] + attempt.revealedForTest
        for value in [attempt, login, login.identity, login.idToken, party, party.configuration] as [any Sendable] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                for secret in secrets { #expect(!text.contains(secret), "\(type(of: value))") }
            }
        }
    }

    @Test("every error has a code for machines and a sentence for relatives")
    func sentences() {
        let errors: [FranceConnectError] =
            [.cancelled, .unavailable("x"), .outdated, .misconfigured("x")]
            + FranceConnectError.Distrust.allCases.map { .notTrusted($0) }
        #expect(Set(errors.map(\.code)).count == errors.count)
        for error in errors {
            #expect(error.message.hasSuffix("."))
            #expect(!error.message.contains(error.code) && !error.message.contains("x."))
            #expect(error.description.hasPrefix(error.code))
        }
    }
}

extension LoginAttempt {
    /// What its JSON holds, which a session store sees.
    fileprivate var revealedForTest: [String] {
        let data = (try? JSONEncoder().encode(self)) ?? Data()
        let members = (try? JSONDecoder().decode([String: Text].self, from: data)) ?? [:]
        return members.values.compactMap(\.text)
    }

    /// A member that is a text, or is not.
    private struct Text: Decodable {
        let text: String?

        init(from decoder: any Decoder) { text = try? decoder.singleValueContainer().decode(String.self) }
    }
}

import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("The bank's answer to a new payment")
struct OpeningTests {
    private func open(_ response: HTTPResponse) async throws -> (payment: BankPayment?, fault: BankFault?) {
        let stage = try Stage(script: [ScriptedBank.open: [.answer(response)]])
        do throws(BankFault) {
            return (try await stage.provider.initiate(stage.order, stage.choice), nil)
        } catch {
            return (nil, error)
        }
    }

    private static let unreadable = BankFault.outcomeUnknown(.init(.malformedAnswer, status: 201))

    @Test("the id is the last segment of Location, however the bank writes it", arguments: [
        ("/stet/v1/payment-requests/8c41", "8c41"),
        ("https://api.bank.example/stet/v1/payment-requests/8c41", "8c41"),
        ("https://elsewhere.example/8c41", "8c41"),
        ("//elsewhere.example/8c41", "8c41"),
        ("payment-requests/8c41", "8c41"),
        ("8c41", "8c41"),
        ("/payment-requests/8c41/", "8c41"),
        ("/payment-requests/8c41?lang=fr", "8c41"),
        ("/payment-requests/8c41/?lang=a/b", "8c41"),
        ("/payment-requests/8c41#top", "8c41"),
        ("/payment-requests/8c%2F41", "8c/41"),
        ("/payment-requests/8c%3A41", "8c:41"),
        ("/payment-requests/a/../8c41", "8c41"),
        ("/payment-requests/" + String(repeating: "a", count: 128), String(repeating: "a", count: 128)),
        ("", nil),
        ("/", nil),
        ("/payment-requests", nil),
        ("/v1/payment-requests/", nil),
        ("/payment-requests/..", nil),
        ("/payment-requests/%2e%2e", nil),
        ("/payment-requests/.", nil),
        ("/payment-requests/8c%zz", nil),
        ("/payment-requests/8c%00", nil),
        ("/payment-requests/8c%0Aforged%20log%20line", nil),
        ("/payment-requests/8c%E2%80%AE41", nil),
        ("/payment-requests/8c41é", nil),
        ("https://elsewhere.example", nil),
        ("https://elsewhere.example/", nil),
        ("https://elsewhere.example/?id=8c41", nil),
        ("//elsewhere.example", nil),
        ("/payment-requests/" + String(repeating: "a", count: 129), nil),
    ] as [(String, String?)])
    func location(location: String, id: String?) async throws {
        let opened = try await open(Answer.opened(location))
        #expect(opened.payment?.id == id)
        #expect(opened.fault == (id == nil ? Self.unreadable : nil))
    }

    @Test("without one Location there is no payment")
    func noLocation() async throws {
        #expect(try await open(Answer.opened(nil)).fault == Self.unreadable)
        var twice = Answer.opened("/payment-requests/8c41")
        twice.fields.append("/payment-requests/8c42", for: "location")
        #expect(try await open(twice).fault == Self.unreadable)
    }

    @Test("an id of the standard's pattern is asked for with its characters encoded")
    func encodedID() async throws {
        let stage = try Stage(script: [
            ScriptedBank.open: [.answer(Answer.opened("/payment-requests/a%20b%2F..%3Fc"))],
            "GET /payment-requests/a%20b%2F..%3Fc": [
                .answer(Answer.payment(try Sample.order(), "RCVD") { $0["resourceId"] = "a b/..?c" })
            ],
        ])
        let payment = try await stage.initiate()
        #expect(try await stage.ask(payment).status == .pending)
    }

    @Test("where to send the payer", arguments: [
        (["href": "https://www.bank.example/c?x=1"], "https://www.bank.example/c?x=1"),
        (["href": "https://www.bank.example/c", "templated": false], "https://www.bank.example/c"),
        ("https://www.bank.example/c", "https://www.bank.example/c"),
        ("https://other-host.example:8443/c?u=https%3A%2F%2Fa", "https://other-host.example:8443/c?u=https%3A%2F%2Fa"),
        ("http://127.0.0.1:8080/c", "http://127.0.0.1:8080/c"),
        ("http://localhost/c", "http://localhost/c"),
        ("https://www.bank.example?context=1", "https://www.bank.example?context=1"),
        (.string("https://b.example/" + String(repeating: "a", count: 4078)), "longest"),
        ("http://www.bank.example/c", nil),
        ("http://127.0.0.1.evil.example/c", nil),
        ("http://localhost.evil.example/c", nil),
        ("http://localhost@evil.example/c", nil),
        ("https://www.bank.example@evil.example/c", nil),
        ("https://user:secret@www.bank.example/c", nil),
        ("https://www.bank.example\\@evil.example/c", nil),
        ("javascript:alert(1)", nil),
        ("JavaScript:alert(1)//https://", nil),
        ("data:text/html,x", nil),
        ("bankapp://consent/8c41", nil),
        ("//www.bank.example/c", nil),
        ("/consent/8c41", nil),
        ("https:///c", nil),
        ("https://", nil),
        ("https:www.bank.example", nil),
        ("https://www.bank.example/c#fragment", nil),
        ("https://www.bank.example/\r\nSet-Cookie: a=b", nil),
        ("https://www.bank.example/\u{0}", nil),
        ("https://www.bank.example/a b", nil),
        ("https://www.bank.example/\"onclick=", nil),
        ("https://www.bank.example/<script>", nil),
        ("https://www.bänk.example/c", nil),
        ("https://www.bank.example/\u{202E}", nil),
        (" https://www.bank.example/c", nil),
        ("https://:443/c", nil),
        ("https://www.bank.example:port/c", nil),
        ("https://www.bank.example:99999/c", nil), ("https://www.bank.example:+443/c", nil),
        ("https://www.bank.example:/c", nil), ("https://www.bank.example:0/c", nil), ("https://[::1]/c", nil),
        (.string("https://b.example/" + String(repeating: "a", count: 4982)), nil),
        ("", nil), (.null, nil), (["href": .null], nil), (["href": ["https://www.bank.example/c"]], nil), ([], nil),
        (.integer(1), nil),
    ] as [(JSON, String?)])
    func consentAddress(link: JSON, address: String?) async throws {
        let opened = try await open(Answer.opened(link: link))
        #expect(opened.fault == (address == nil ? Self.unreadable : nil))
        let expected = address == "longest" ? link.string : address
        let expires = Sample.moment.addingTimeInterval(600)
        #expect(opened.payment?.approval == expected.map { .redirect(to: $0, expires: expires) })
    }

    @Test("a nonce that could not be given back as it came is not taken", arguments: [
        (.null, true), ("b2e7f0c1", true), (.string(String(repeating: "n", count: 1024)), true),
        (.string(String(repeating: "n", count: 1025)), false), ("", false), (.integer(7), false),
        ("a\u{0}b", false), ("a\nb", false), (["b2e7"], false),
    ] as [(JSON, Bool)])
    func nonce(nonce: JSON, isTaken: Bool) async throws {
        let opened = try await open(Answer.opened { $0["nonce"] = nonce })
        #expect(opened.fault == (isTaken ? nil : Self.unreadable))
    }

    @Test("what is no opened payment is never taken for one", arguments: [
        (201, ""), (201, "<html>"), (201, "[]"), (201, "{}"), (201, #"{"_links":{}}"#), (201, #"{"_links":[]}"#),
        (200, "{}"),
        (201, #"{"_links":{"consentApproval":{"href":"https://a"},"consentApproval":{"href":"https://b"}}}"#),
        (201, String(repeating: "[", count: 100_000)), (202, ""), (204, ""), (206, ""),
    ])
    func notOpened(status: Int, body: String) async throws {
        let response = HTTPResponse(
            status: status, fields: ["Location": "/payment-requests/8c41"], body: Array(body.utf8))
        let fault = BankFault.outcomeUnknown(.init(.malformedAnswer, status: status))
        #expect(try await open(response).fault == fault)
    }
}

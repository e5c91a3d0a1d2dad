import PeculeCrypto
import Testing

@Suite("Webhook signatures")
struct WebhookTests {
    /// The example of the Standard Webhooks specification's libraries.
    private static let text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let body = #"{"test": 2432232314}"#
    private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private static let time = 1_614_265_330
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private let secret: WebhookSecret
    private let other = WebhookSecret(random: { [UInt8](repeating: 7, count: $0) })

    init() throws { secret = try #require(WebhookSecret(Self.text)) }

    private func verdict(
        by secrets: [WebhookSecret]? = nil, body: String = body, id: String? = id, timestamp: String? = "\(time)",
        signature: String? = signature, at now: Int = time
    ) -> Result<String, WebhookVerificationError> {
        let fields = ["webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature]
        return Result { () throws(WebhookVerificationError) in
            try WebhookVerifier(secrets ?? [secret]).verify(Array(body.utf8), at: now) { fields[$0] ?? nil }
        }
    }

    @Test("the published example is signed and verified")
    func example() {
        let headers = WebhookHeaders(signing: Array(Self.body.utf8), id: Self.id, at: Self.time, with: [secret])
        #expect(headers.signature == Self.signature)
        #expect(headers.fields.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers.fields.map(\.value) == [Self.id, "1614265330", Self.signature])
        #expect(verdict() == .success(Self.id))
    }

    @Test("either secret will do while one takes the place of the other")
    func rotation() {
        let headers = WebhookHeaders(signing: Array(Self.body.utf8), id: Self.id, at: Self.time, with: [other, secret])
        #expect(headers.signature.hasSuffix(" " + Self.signature))
        for secrets in [[secret], [other], [secret, other], [other, secret]] {
            #expect(verdict(by: secrets, signature: headers.signature) == .success(Self.id))
        }
        #expect(verdict(by: [other, secret]) == .success(Self.id))
        #expect(verdict(by: [other]) == .failure(.wrongSignature))
    }

    @Test("five minutes in either direction", arguments: [
        (-301, .tooNew), (-300, nil), (-299, nil), (0, nil), (299, nil), (300, nil), (301, .tooOld),
    ] as [(Int, WebhookVerificationError?)])
    func window(offset: Int, error: WebhookVerificationError?) {
        #expect(verdict(at: Self.time + offset) == error.map { .failure($0) } ?? .success(Self.id))
    }

    @Test("what is wrong has its name")
    func refused() {
        let rows: [(Result<String, WebhookVerificationError>, WebhookVerificationError)] = [
            (verdict(id: nil), .missing("webhook-id")), (verdict(id: ""), .missing("webhook-id")),
            (verdict(timestamp: nil), .missing("webhook-timestamp")),
            (verdict(signature: nil), .missing("webhook-signature")),
            (verdict(id: "a.b"), .malformed("webhook-id")),
            (verdict(timestamp: "1614265330.0"), .malformed("webhook-timestamp")),
            (verdict(timestamp: "+1614265330"), .malformed("webhook-timestamp")),
            (verdict(timestamp: "01614265330"), .malformed("webhook-timestamp")),
            (verdict(timestamp: "99999999999999999999"), .malformed("webhook-timestamp")),
            (verdict(signature: Self.signature.replacing("v1,", with: "v2,")), .unknownVersion),
            (verdict(signature: Self.signature.replacing("v1,", with: "v1a,")), .unknownVersion),
            (verdict(signature: String(Self.signature.dropFirst(3))), .unknownVersion),
            (verdict(signature: "v1,"), .wrongSignature), (verdict(signature: "v1,!"), .wrongSignature),
            (verdict(signature: String(Self.signature.dropLast())), .wrongSignature),
            (verdict(body: Self.body + " "), .wrongSignature), (verdict(body: ""), .wrongSignature),
            (verdict(id: "msg_other"), .wrongSignature), (verdict(timestamp: "1614265331"), .wrongSignature),
            (
                verdict(signature: String(repeating: "v1,AAAA ", count: 16) + Self.signature),
                .malformed("webhook-signature")
            ),
        ]
        for (found, expected) in rows { #expect(found == .failure(expected), "\(expected)") }
        #expect(verdict(signature: "v1a,x v1,AAAA " + Self.signature) == .success(Self.id))
    }

    @Test("a secret is whsec_ and 24 to 64 bytes, and shows a mask", arguments: [
        ("whsec_" + Base64.encode([UInt8](repeating: 1, count: 24)), true),
        ("whsec_" + Base64.encode([UInt8](repeating: 1, count: 64)), true),
        ("whsec_" + Base64.encode([UInt8](repeating: 1, count: 23)), false),
        ("whsec_" + Base64.encode([UInt8](repeating: 1, count: 65)), false),
        ("whsec_", false), ("", false), ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false),
        ("whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false), ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!", false),
    ])
    func secrets(text: String, isOne: Bool) { #expect((WebhookSecret(text)?.revealed == text) == isOne) }

    @Test("a secret is printed as a mask, and a new one is another one")
    func masked() {
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] { #expect(!text.contains("MfKQ")) }
        #expect(WebhookSecret() != WebhookSecret())
    }
}

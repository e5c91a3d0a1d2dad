import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("Where banks tell of changes")
struct NotificationAddressTests {
    @Test("an address of ours", arguments: [
        ("https://gateway.example/v1/bank-notifications", true), ("http://127.0.0.1:8080/n", true),
        ("https://gateway.example", true), ("http://gateway.example/n", false), ("https://gateway.example/n/", false),
        ("https://gateway.example/n?a=b", false), ("https://gateway.example/n#a", false),
        ("https://user@gateway.example/n", false), ("gateway.example", false), ("", false),
    ])
    func address(text: String, isTaken: Bool) {
        #expect((NotificationAddress(text) != nil) == isTaken)
    }

    @Test("it is sent where the bank takes it, and only if there is one", arguments: [
        (true, "https://gateway.example/n", "https://gateway.example/n/T1"), (true, nil, nil),
        (false, "https://gateway.example/n", nil), (nil, "https://gateway.example/n", nil),
    ] as [(Bool?, String?, String?)])
    func sent(bankNotifies: Bool?, base: String?, address: String?) async throws {
        var document = Sample.document()
        document["notifications"] = bankNotifies.map(JSON.bool)
        let bank = ScriptedBank([ScriptedBank.open: [.answer(Answer.opened())]])
        let provider = HTTPBank(
            try BankProfile(.object(document)), initiatingParty: Sample.party, transport: bank,
            notifications: base.flatMap(NotificationAddress.init))
        _ = try await provider.initiate(try Sample.order(), try Sample.choice())
        let fields = try #require(bank.requests.last).fields
        #expect(fields["TPP-Notification-URI"] == address)
        #expect(fields["TPP-Notification-Content-Preferred"] == (address == nil ? nil : "status=PROCESS,LAST"))
    }

    @Test("what arrives is a reason to ask about one transfer, whatever it says", arguments: [
        (HTTPMethod.post, "/v1/bank-notifications/T1", "", "T1"), (.post, "/T1?a=b", "{", "T1"),
        (.post, "/n/T1", #"{"paymentId":"another","transactionStatus":"RJCT"}"#, "T1"),
        (.get, "/n/T1", "", nil), (.post, "/", "", nil), (.post, "/n/a%20b", "", nil), (.post, "/n/-", "", nil),
    ] as [(HTTPMethod, String, String, String?)])
    func read(method: HTTPMethod, target: String, body: String, transfer: String?) {
        let request = HTTPRequest(method, target, body: Array(body.utf8))
        #expect(NotificationAddress.transfer(notifiedBy: request)?.text == transfer)
    }
}

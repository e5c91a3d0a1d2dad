import Pecule
import Testing

/// What a browser can bring back from a bank, and how it is read. Nothing of it is believed.
@Suite struct BankCallbackTests {
    private static let state = "state=0123456789abcdef0123456789abcdef"
    private static let code = ApprovalProof.authorizationCode("xyz")
    private static let factor = ApprovalProof.authenticationFactor("xyz")

    @Test(arguments: [
        ("", [], nil),
        ("&code=xyz", [code], nil),
        ("&psuAuthenticationFactor=xyz", [factor], nil),
        ("&code=xyz&psuAuthenticationFactor=xyz", [code, factor], nil),
        ("&code=", [], nil),
        ("&code", [], nil),
        ("&CODE=xyz", [], nil),
        ("&code=%78y%7A", [code], nil),
        ("&code=a+b", [.authorizationCode("a b")], nil),
        ("&code=a%2Bb", [.authorizationCode("a+b")], nil),
        ("&unknown=1&other=2", [], nil),
        ("&error=access_denied", [], "access_denied"),
        ("&error=access_denied&error_description=Refus%C3%A9", [], "access_denied"),
        ("&error=&code=xyz", [code], nil),
        ("&error=a%0Ab", [], "unreadable"),
        ("&error=Refus%C3%A9%20par%20Jeanne", [], "unreadable"),
        ("&error=" + String(repeating: "a", count: 1_000), [], "unreadable"),
    ] as [(String, Set<ApprovalProof>, String?)])
    func read(_ parameters: String, proofs: Set<ApprovalProof>, error: String?) throws {
        let callback = try BankCallback(query: Self.state + parameters)
        #expect(callback.state == ReturnState("0123456789abcdef0123456789abcdef"))
        #expect(callback.proofs == proofs)
        #expect(callback.error == error)
    }

    @Test(arguments: [
        ("", BankCallback.Problem.noState),
        ("code=xyz", .noState),
        ("state=", .noState),
        ("state=short", .noState),
        ("state=0123456789abcdef0123456789abcde%0A", .noState),
        ("state=0123456789abcdef0123456789abcdéf", .noState),
        ("?\(state)", .noState),
        ("STATE=0123456789abcdef0123456789abcdef", .noState),
        ("\(state)&\(state)", .repeatedParameter),
        ("\(state)&st%61te=0123456789abcdef0123456789abcdef", .repeatedParameter),
        ("\(state)&code=a&code=b", .repeatedParameter),
        ("\(state)&code=a&code=", .repeatedParameter),
        ("\(state)&other=1&other=1", .repeatedParameter),
        ("\(state)&code=a&error=access_denied", .contradictory),
        ("\(state)&psuAuthenticationFactor=a&error=access_denied", .contradictory),
        ("\(state)&code=" + String(repeating: "a", count: 4_096), .notAQuery),
    ])
    func refused(_ query: String, problem: BankCallback.Problem) {
        #expect(throws: problem) { try BankCallback(query: query) }
        #expect(problem.description.hasPrefix("return from the bank: "))
    }

    /// Whatever stands in the address bar is read or refused, never a crash.
    @Test func anyQuery() {
        var random = SplitMix(6_749)
        let pieces = ["state=", "code=", "&", "=", "%", "%00", "%ff", "%zz", "#", "?", "+", ";", "é", "\0", "\r\n", "🙂"]
        for _ in 0..<5_000 {
            let query = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
            #expect(throws: BankCallback.Problem.self) { try BankCallback(query: query) }
        }
    }
}

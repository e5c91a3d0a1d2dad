import Foundation
import Pecule
import PeculeStoreSamples
import Testing

/// What a portal hears instead of a transfer: the same error, with the same particulars, from both.
@Suite("Errors, embedded or elsewhere")
struct ServiceErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let play: @Sendable (ServiceWorld) async throws -> Void
        let error: PeculeError

        init(_ name: String, _ error: PeculeError, _ play: @escaping @Sendable (ServiceWorld) async throws -> Void) {
            (self.name, self.error, self.play) = (name, error, play)
        }

        var testDescription: String { name }
    }

    private static let detail = BankFault.Detail(
        .serverError, status: 503, traceID: "trace-1", retryAfter: .seconds(7))
    private static let address = Sample.make(ReturnAddress("https://elsewhere.example/"))

    private static func permit(_ status: VisitPermit.Status = .active, by account: String? = nil) -> VisitPermit {
        let known = Sample.permit()
        return VisitPermit(
            number: known.number, holder: known.holder, detainee: known.detainee, status: status,
            registeredBy: account.flatMap { AccountID($0) })
    }

    static let rows = [
        Row("no transfer of this id", .unknownTransfer) { _ = try await $0.begin("T-9") },
        Row("a permit that nobody registered", .permit(.notRegistered)) { world in
            world.store.put(permit())
            _ = try await world.draft()
        },
        Row("a permit of another account", .permit(.unknown)) { world in
            world.store.put(permit(by: "x"))
            _ = try await world.draft()
        },
        Row("more than one transfer may be", .overCap(Sample.amount(5_000))) { _ = try await $0.draft(cents: 5_001) },
        Row("more than is left this month", .overMonthlyCap(left: Sample.amount(2_000))) { world in
            _ = try await world.draft("T-1", cents: 4_000)
            _ = try await world.begin("T-1")
            _ = try await world.draft("T-2", cents: 4_000)
            _ = try await world.begin("T-2")
        },
        Row("nothing is left this month", .overMonthlyCap(left: nil)) { world in
            for (id, cents) in [("T-1", 3_000), ("T-2", 3_000), ("T-3", 100)] {
                _ = try await world.draft(id, cents: cents)
                _ = try await world.begin(id)
            }
        },
        Row("no such bank", .unknownBank) { world in
            _ = try await world.draft()
            _ = try await world.begin(at: "nowhere")
        },
        Row("outside what the bank takes", .bankLimits(Sample.amount(100)...Sample.amount(100_000))) { world in
            _ = try await world.draft(cents: 99)
            _ = try await world.begin()
        },
        Row("an address that is not allowed", .returnAddressNotAllowed) { world in
            _ = try await world.draft()
            _ = try await world.begin(to: address)
        },
        Row("a return without a state", .returnRefused(.unreadable(.noState))) { world in
            _ = try await world.service.resume(query: "code=x", from: ServiceWorld.browser)
        },
        Row("a return that nobody waits for", .returnRefused(.unknownState)) { world in
            let state = String(repeating: "a", count: 32)
            _ = try await world.service.resume(query: "state=\(state)", from: ServiceWorld.browser)
        },
        Row("a return from another browser", .returnRefused(.otherBrowser)) { world in
            _ = try await world.draft()
            _ = try await world.begin()
            _ = try await world.resume(from: Sample.make(BrowserSession("another-browser-1")))
        },
        Row("a return from another bank", .returnRefused(.otherIssuer)) { world in
            _ = try await world.draft()
            _ = try await world.begin()
            _ = try await world.resume("&iss=https%3A%2F%2Fother.example")
        },
        Row("a return that does not say from which bank", .returnRefused(.otherIssuer)) { world in
            _ = try await world.draft()
            _ = try await world.begin()
            _ = try await world.resume()
        },
        Row("another bank was chosen", .bankAlreadyChosen(Sample.bank)) { world in
            _ = try await world.draft()
            _ = try await world.begin()
            _ = try await world.begin(at: "rivage")
        },
        Row("too late to cancel", .notNow(.executing)) { world in
            _ = try await world.draft()
            _ = try await world.begin()
            world.bank.says(.executing)
            _ = try await world.refresh()
            _ = try await world.service.cancel(Sample.id("T-1"), by: Sample.payer().account)
        },
        Row("the bank was not reached", .bank(.notSent(detail))) { world in
            _ = try await world.draft()
            world.bank.next(.initiate, .fault(.notSent(detail)))
            _ = try await world.begin()
        },
        Row("the bank refused", .bank(.refused(RejectionReason("AG01"), detail))) { world in
            _ = try await world.draft()
            _ = try await world.begin()
            world.bank.next(.cancel, .fault(.refused(RejectionReason("AG01"), detail)))
            _ = try await world.service.cancel(Sample.id("T-1"), by: Sample.payer().account)
        },
        Row("it is not known what the bank did", .bank(.outcomeUnknown(detail))) { world in
            _ = try await world.draft()
            world.bank.next(.initiate, .fault(.outcomeUnknown(detail)))
            _ = try await world.begin()
        },
    ]

    @Test("each error comes with its particulars", arguments: rows, ServicePlace.allCases)
    func errors(row: Row, _ place: ServicePlace) async throws {
        let cap = TransferCap(perTransfer: Sample.amount(5_000), perMonth: Sample.amount(6_000))
        let bank = row.error == .returnRefused(.otherIssuer) ? ServiceWorld.issuing : ServiceWorld.known
        let world = try await ServiceWorld(place, ScriptedBank(bank), cap: cap)
        await #expect(throws: row.error) { try await row.play(world) }
        await world.stop()
    }

    @Test("a permit that is not active says why", arguments: ServicePlace.allCases, [
        VisitPermit.Status.suspended, .withdrawn, .expired,
    ])
    func permits(_ place: ServicePlace, _ status: VisitPermit.Status) async throws {
        let world = try await ServiceWorld(place)
        world.store.put(Self.permit(status, by: place == .embedded ? "account-jeanne" : "portail:account-jeanne"))
        await #expect(throws: PeculeError.permit(.notActive(status))) { try await world.draft() }
        await world.stop()
    }

    /// What is typed, and what the payer is told of it.
    @Test("an answer that cannot be right says why", arguments: ServicePlace.allCases, [
        (.debtorIBAN, "", .missing), (.debtorIBAN, "FR7612", .iban(.length(expected: 27, found: 6))),
        (.debtorIBAN, "FR76é", .iban(.characters)), (.debtorIBAN, "ZZ12", .iban(.country("ZZ"))),
        (.debtorIBAN, "FR7799991000010000001234570", .iban(.checkDigits)),
        (.debtorAccount(atBankCodes: ["12345"]), "FR7699991000010000001234570", .otherBank),
        (.payerID, String(repeating: "a", count: 51), .tooLong(50)), (.payerID, "a\u{7}b", .form),
    ] as [(BankQuestion, String, BankAnswerProblems.Reason)])
    func answers(_ place: ServicePlace, row: (BankQuestion, String, BankAnswerProblems.Reason)) async throws {
        let (question, typed, reason) = row
        let world = try await ServiceWorld(place, ScriptedBank(Bank(id: Sample.bank, name: "B", questions: [question])))
        _ = try await world.draft()
        let problems = BankAnswerProblems([.init(question: question, reason: reason)])
        await #expect(throws: PeculeError.bankNeeds(problems)) {
            try await world.begin(answering: [question.id: typed])
        }
        #expect(world.bank.calls.isEmpty)
        await world.stop()
    }

    @Test("a bank that is down is said to be, and nothing is sent", arguments: ServicePlace.allCases)
    func down(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        for number in 1...3 {
            _ = try await world.draft("T-\(number)")
            world.bank.next(.initiate, .fault(.notSent(.init(.unreachable))))
            await #expect(throws: PeculeError.self) { try await world.begin("T-\(number)") }
        }
        await #expect(throws: PeculeError.bankDown) { try await world.begin("T-1") }
        #expect(world.bank.count(.initiate) == 3)
        await world.stop()
    }
}

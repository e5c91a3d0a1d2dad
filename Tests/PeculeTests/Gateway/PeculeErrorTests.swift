import Pecule
import Testing

@Suite struct PeculeErrorTests {
    private static let detail = BankFault.Detail(.timeout, status: 504, traceID: "trace-1")
    private static let reason = RejectionReason.insufficientFunds
    private static let limits = Sample.amount(100)...Sample.amount(1_000)

    /// Every error: its code, what the caller can do, and whether money may have moved.
    private static let table: [(PeculeError, String, RetryAdvice, Bool)] = [
        (.unknownTransfer, "unknown_transfer", .never, false),
        (.conflict([.amount]), "transfer_conflict", .never, false),
        (.permit(.unknown), "permit_refused", .askPayer, false),
        (.permit(.notRegistered), "permit_refused", .askPayer, false),
        (.permit(.notActive(.suspended)), "permit_refused", .askPayer, false),
        (.permit(.establishmentClosed), "permit_refused", .askPayer, false),
        (.overCap(Sample.amount(100)), "over_cap", .askPayer, false),
        (.overMonthlyCap(left: Sample.amount(1)), "over_monthly_cap", .askPayer, false),
        (.overMonthlyCap(left: nil), "over_monthly_cap", .askPayer, false),
        (.unknownBank, "unknown_bank", .askPayer, false),
        (.bankLimits(limits), "outside_bank_limits", .askPayer, false),
        (.bankDown, "bank_down", .after(.seconds(30)), false),
        (.returnAddressNotAllowed, "return_address_not_allowed", .never, false),
        (.returnRefused(.unreadable(.noState)), "return_refused", .never, false),
        (.returnRefused(.unknownState), "return_refused", .never, false),
        (.returnRefused(.otherBrowser), "return_refused", .never, false),
        (.notNow(.executing), "not_now", .readAgain, false),
        (.bankAlreadyChosen(Sample.bank("rivage")), "bank_already_chosen", .readAgain, false),
        (.bank(.notSent(detail)), "bank_not_reached", .after(.seconds(1)), false),
        (
            .bank(.notSent(.init(.tooManyRequests, retryAfter: .seconds(9)))), "bank_not_reached", .after(.seconds(9)),
            false
        ),
        (.bank(.refused(reason, detail)), "bank_refused", .askPayer, false),
        (.bank(.outcomeUnknown(detail)), "bank_outcome_unknown", .readAgain, true),
        (.store(.unavailable("disk full")), "store_unavailable", .after(.seconds(1)), false),
        (.store(.outcomeUnknown("lost")), "store_outcome_unknown", .readAgain, true),
        (.store(.corrupt("row 7")), "store_corrupt", .never, true),
        (.busy, "busy", .after(.seconds(1)), false),
    ]

    @Test(arguments: table.indices)
    func everyError(_ row: Int) {
        let (error, code, retry, mayHaveMoved) = Self.table[row]
        #expect(error.code == code)
        #expect(error.retry == retry)
        #expect(error.moneyMayHaveMoved == mayHaveMoved)
        #expect(error.description.contains(": "))
        #expect(error.code.allSatisfy { $0.isLowercase || $0 == "_" })
    }

    /// One sentence each, so that a reader of a log knows which it was.
    @Test func descriptionsDiffer() {
        #expect(Set(Self.table.map { "\($0.0)" + "\($0.2)" }).count == Self.table.count)
        #expect(Set(Self.table.map(\.1)).count == 19)
    }

    @Test func whatIsShownOfABankFault() {
        #expect("\(BankFault.outcomeUnknown(Self.detail))".contains("timeout, HTTP 504, trace trace-1"))
        #expect(BankFault.refused(Self.reason, Self.detail).detail == Self.detail)
        #expect(BankFault.notSent(Self.detail).detail == Self.detail)
    }
}

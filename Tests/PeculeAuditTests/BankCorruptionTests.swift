import PeculeAudit
import Testing

/// A bank did, or wrote down, something else than it told the gateway.
@Suite("Books that differ are named by row and cent") struct BankCorruptionTests {
    private static let payee = "20260916 FR76…138"
    private static let payer = "deux-rives FR76…107"

    static let debits: [Corruption] = [
        Corruption("a settled transfer without a debit", { $0.deleteEntry("execution", "SETTLED-1") }, [
            "debit.missing ledger SETTLED-1 -2550", "books.balance accounts \(payer) -2550",
        ]),
        Corruption("a settled transfer without a credit", { $0.deleteEntry("settlement", "SETTLED-1") }, [
            "credit.missing ledger SETTLED-1 -2550", "books.conservation ledger deux-rives -2550",
            "totals.differ ledger \(payee) -2550",
        ]),
        Corruption("a transfer debited twice", { $0.doubleEntry("execution", "SETTLED-1") }, [
            "debit.twice ledger SETTLED-1 +2550", "books.balance accounts \(payer) +2550",
        ]),
        Corruption("a transfer credited twice", { $0.doubleEntry("settlement", "SETTLED-1") }, [
            "credit.twice ledger SETTLED-1 +2550", "books.conservation ledger deux-rives +2550",
            "totals.differ ledger \(payee) +2550",
        ]),
        Corruption("a cent too many debited", { $0.entry("execution", "SETTLED-1") { $0.amountCents += 1 } }, [
            "debit.amount ledger SETTLED-1 +1", "books.balance accounts \(payer) +1",
        ]),
        Corruption("a cent too few credited", { $0.entry("settlement", "SETTLED-1") { $0.amountCents -= 1 } }, [
            "credit.amount ledger SETTLED-1 -1", "books.conservation ledger deux-rives -1",
            "totals.differ ledger \(payee) -1",
        ]),
        Corruption("another account credited", {
            $0.entry("settlement", "SETTLED-1") { $0.credited = "FR7699992000420000009876566" }
        }, [
            "credit.payee ledger SETTLED-1", "totals.differ ledger 20260916 FR76…566 +2550",
            "totals.differ ledger \(payee) -2550",
        ]),
        Corruption("a credit booked on another day", {
            $0.book("settlement", "SETTLED-1", cents: 2550)
            $0.bank("deux-rives") { $0.ledger[$0.ledger.count - 1].at += 86_400_000 }
        }, [
            "credit.twice ledger SETTLED-1 +2550", "books.conservation ledger deux-rives +2550",
            "totals.differ ledger 20260917 FR76…138 +2550",
        ]),
        Corruption("debited at another bank", {
            $0.deleteEntry("execution", "SETTLED-1")
            $0.book("execution", "SETTLED-1", cents: 2550, at: "phare")
        }, [
            "debit.bank ledger SETTLED-1", "books.balance accounts \(payer) -2550",
            "books.balance accounts phare FR76…115 +2550",
        ]),
        Corruption("credited at another bank", {
            $0.deleteEntry("settlement", "SETTLED-1")
            $0.book("settlement", "SETTLED-1", cents: 2550, at: "phare")
        }, [
            "credit.bank ledger SETTLED-1", "books.conservation ledger deux-rives -2550",
            "books.conservation ledger phare +2550",
        ]),
        Corruption("a refused transfer debited", { $0.book("execution", "REFUSED", cents: 1500) }, [
            "debit.unwanted ledger REFUSED +1500", "books.balance accounts \(payer) +1500",
        ]),
        Corruption("a refused transfer credited", { $0.book("settlement", "REFUSED", cents: 1500) }, [
            "credit.unwanted ledger REFUSED +1500", "books.conservation ledger deux-rives +1500",
            "totals.differ ledger \(payee) +1500",
        ]),
        Corruption("a draft debited", { $0.book("execution", "DRAFT", cents: 1800) }, [
            "debit.unwanted ledger DRAFT +1800", "books.balance accounts \(payer) +1800",
        ]),
        Corruption("a debit of no transfer", { $0.book("execution", "GHOST", cents: 999) }, [
            "debit.orphan ledger GHOST +999", "books.balance accounts \(payer) +999",
        ]),
        Corruption("a credit of no transfer", { $0.book("settlement", "GHOST", cents: 999) }, [
            "credit.orphan ledger GHOST +999", "books.conservation ledger deux-rives +999",
            "totals.differ ledger \(payee) +999",
        ]),
        Corruption("a debit that names no transfer", { $0.entry("execution", "UNDERWAY") { $0.endToEndID = nil } }, [
            "debit.orphan ledger no end-to-end id +2000"
        ]),
    ]

    static let payments: [Corruption] = [
        Corruption("a payment of a cent more", { $0.payment("SETTLED-1") { $0.amountCents += 1 } }, [
            "payment.amount payments SETTLED-1 +1"
        ]),
        Corruption("a payment to another account", {
            $0.payment("WAITING") { $0.creditor = "FR7699992000420000009876566" }
        }, [
            "payment.payee payments WAITING"
        ]),
        Corruption("settled here, rejected there", { $0.payment("SETTLED-1") { $0.status = "RJCT" } }, [
            "payment.status payments SETTLED-1"
        ]),
        Corruption("failed here, alive there", { $0.payment("REFUSED") { $0.status = "ACTC" } }, [
            "payment.alive payments REFUSED"
        ]),
        Corruption("a draft that a bank knows", { $0.addPayment("DRAFT", cents: 1800) }, [
            "payment.unintended payments DRAFT"
        ]),
        Corruption("two payments that may debit", { $0.addPayment("WAITING", cents: 1900) }, [
            "payment.twice payments WAITING"
        ]),
        Corruption("a payment of no transfer", { $0.addPayment("GHOST", cents: 100) }, [
            "payment.orphan payments GHOST"
        ]),
        Corruption("a payment under another id", { $0.payment("WAITING") { $0.id = "other" } }, [
            "payment.missing payments WAITING"
        ]),
        Corruption("ended at the bank, not yet here", { $0.payment("WAITING") { $0.status = "RJCT" } }, [
            "open.ended transfers WAITING"
        ]),
    ]

    static let books: [Corruption] = [
        Corruption("a cent from nowhere", { $0.bank("deux-rives") { $0.accounts[0].balanceCents += 1 } }, [
            "books.balance accounts \(payer) +1", "books.conservation ledger deux-rives +1",
        ]),
        Corruption("an account below zero", {
            $0.bank("deux-rives") { books in
                books.accounts[0].balanceCents -= 150_000
            }
        }, [
            "books.balance accounts \(payer) -150000", "books.conservation ledger deux-rives -150000",
            "books.overdraft accounts \(payer) -4550",
        ]),
        Corruption("an account removed", { $0.bank("deux-rives") { _ = $0.accounts.remove(at: 1) } }, [
            "books.conservation ledger deux-rives -8000"
        ]),
        Corruption("an opening changed", { $0.bank("deux-rives") { $0.ledger[0].amountCents -= 100 } }, [
            "books.balance accounts \(payer) +100", "books.conservation ledger deux-rives +100",
        ]),
        Corruption("a booking of a kind that there is not", { $0.bank("deux-rives") { $0.ledger[0].kind = "gift" } }, [
            "books.entry ledger deux-rives 1", "books.conservation ledger deux-rives +150000",
        ]),
        Corruption("a booking of less than nothing", { $0.bank("phare") { $0.ledger[0].amountCents = -5 } }, [
            "books.entry ledger phare 1", "books.balance accounts phare FR76…115 +150005",
            "books.conservation ledger phare +150005",
        ]),
        Corruption("a sum that no integer holds", { $0.bank("deux-rives") { $0.accounts[1].balanceCents = .max } }, [
            "books.balance accounts deux-rives FR76…204 +\(Int.max - 8000)",
            "books.conservation ledger deux-rives +\(Int.max - 1_258_500)",
        ]),
    ]

    static let promises: [Corruption] = [
        Corruption("a cap passed by a cent", { $0.expectations.caps = ["demo-valmont": 13_550] }, [
            "cap.exceeded transfers WAITING +1"
        ]),
        Corruption("a transfer that was acknowledged and is not there", {
            $0.expectations.acknowledged = [Expectations.Acknowledged(transfer: "GONE", version: 1)]
        }, [
            "acknowledged.lost acknowledged GONE 1"
        ]),
        Corruption("a change that was acknowledged and is not there", {
            $0.expectations.acknowledged = [Expectations.Acknowledged(transfer: "WAITING", version: 4)]
        }, [
            "acknowledged.lost acknowledged WAITING 4"
        ]),
        Corruption("transfers that should all have ended", { $0.expectations.allFinal = true }, [
            "open.unfinished transfers DRAFT", "open.unfinished transfers HELD", "open.unfinished transfers UNDERWAY",
            "open.unfinished transfers WAITING",
        ]),
    ]

    @Test("in its bookings", arguments: debits) func debit(_ corruption: Corruption) async throws {
        try await corruption.check()
    }

    @Test("in its payments", arguments: payments) func payment(_ corruption: Corruption) async throws {
        try await corruption.check()
    }

    @Test("in its sums", arguments: books) func sum(_ corruption: Corruption) async throws {
        try await corruption.check()
    }

    @Test("in what was promised", arguments: promises) func promise(_ corruption: Corruption) async throws {
        try await corruption.check()
    }
}

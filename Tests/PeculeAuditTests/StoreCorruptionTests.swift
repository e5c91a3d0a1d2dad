import PeculeAudit
import Testing

/// Somebody changed rows of the gateway's store.
@Suite("A corrupted store is named by row and cent") struct StoreCorruptionTests {
    private static let payee = "20260916 FR76…138"

    static let rows: [Corruption] = [
        Corruption("the state of a settled transfer", { $0.set("SETTLED-1", "state", .text("failed")) }, [
            "transfer.state transfers SETTLED-1"
        ]),
        Corruption("the state of a refused transfer", { $0.set("REFUSED", "state", .text("settled")) }, [
            "transfer.state transfers REFUSED"
        ]),
        Corruption("a state that there is not", { $0.set("WAITING", "state", .text("paid")) }, [
            "row.unreadable transfers WAITING"
        ]),
        Corruption("a version ahead of the log", { $0.set("SETTLED-1", "version", .integer(99)) }, [
            "transfer.version transfers SETTLED-1"
        ]),
        Corruption("a version behind the log", { $0.set("REFUSED", "version", .integer(1)) }, [
            "transfer.version transfers REFUSED"
        ]),
        Corruption("a cent more ordered than paid", { $0.add(1, to: "SETTLED-1") }, [
            "credit.amount ledger SETTLED-1 -1", "debit.amount ledger SETTLED-1 -1",
            "payment.amount payments SETTLED-1 -1", "totals.differ ledger \(payee) -1",
        ]),
        Corruption("an amount below zero", { $0.set("SETTLED-1", "amount_cents", .integer(-2550)) }, [
            "row.unreadable transfers SETTLED-1"
        ]),
        Corruption("an amount that is a text", { $0.set("DRAFT", "amount_cents", .text("18,00")) }, [
            "row.unreadable transfers DRAFT"
        ]),
        Corruption("another payee", { $0.set("SETTLED-1", "payee_iban", .text("FR7699992000420000009876566")) }, [
            "credit.payee ledger SETTLED-1", "payment.payee payments SETTLED-1",
            "totals.differ ledger 20260916 FR76…566 -2550", "totals.differ ledger \(payee) +2550",
        ]),
        Corruption("answers that outlive the transfer", { $0.set("REFUSED", "answers", .text("psu_id=x")) }, [
            "transfer.answers transfers REFUSED"
        ]),
        Corruption("another reason of failure", { $0.set("REFUSED", "failure", .text("expired")) }, [
            "transfer.failure transfers REFUSED"
        ]),
        Corruption("no reason of failure", { $0.set("POOR", "failure", .null) }, [
            "transfer.failure transfers POOR"
        ]),
        Corruption("a failure of what is settled", { $0.set("SETTLED-2", "failure", .text("expired")) }, [
            "transfer.failure transfers SETTLED-2"
        ]),
        Corruption("a time of change that no event has", { $0.set("SETTLED-1", "updated_at", .integer(1)) }, [
            "transfer.updated transfers SETTLED-1"
        ]),
        Corruption("a settled transfer that reserves nothing", { $0.set("SETTLED-1", "reserves", .integer(0)) }, [
            "transfer.reserves transfers SETTLED-1 -2550"
        ]),
        Corruption("a refused transfer that reserves", { $0.set("REFUSED", "reserves", .integer(1)) }, [
            "transfer.reserves transfers REFUSED +1500"
        ]),
        Corruption("another month", { $0.set("SETTLED-1", "chosen_month", .integer(202_610)) }, [
            "transfer.month transfers SETTLED-1"
        ]),
        Corruption("calls that were forgotten", { $0.set("WAITING", "uncertain_initiations", .integer(0)) }, [
            "transfer.initiations transfers WAITING"
        ]),
        Corruption("no return state", { $0.set("SETTLED-1", "return_state", .null) }, [
            "transfer.choice transfers SETTLED-1"
        ]),
        Corruption("a draft with a bank", { $0.set("DRAFT", "bank", .text("phare")) }, [
            "transfer.bank transfers DRAFT"
        ]),
        Corruption("another bank", { $0.set("SETTLED-1", "bank", .text("phare")) }, [
            "transfer.bank transfers SETTLED-1"
        ]),
        Corruption("a return state of another transfer", {
            $0.set("WAITING", "return_state", $0.value("SETTLED-1", "return_state"))
        }, [
            "transfer.return transfers WAITING"
        ]),
        Corruption("a settled transfer without a payment", { $0.set("SETTLED-1", "payment_id", .null) }, [
            "transfer.payment transfers SETTLED-1"
        ]),
        Corruption("a draft with a payment", {
            $0.set("DRAFT", "payment_id", .text("x"))
        }, [
            "transfer.payment transfers DRAFT"
        ]),
        Corruption("a payment that the bank does not have", { $0.set("SETTLED-1", "payment_id", .text("x")) }, [
            "payment.missing payments SETTLED-1"
        ]),
        Corruption("a payment of another transfer", {
            $0.set("WAITING", "payment_id", $0.value("SETTLED-1", "payment_id"))
        }, [
            "payment.transfer payments WAITING"
        ]),
        Corruption("a proof that outlived its use", { $0.set("SETTLED-3", "proof", .text("secret")) }, [
            "transfer.proof transfers SETTLED-3"
        ]),
        Corruption("a deadline of what has ended", { $0.set("SETTLED-1", "deadline", .integer(1)) }, [
            "transfer.deadline transfers SETTLED-1"
        ]),
        Corruption("nobody to look again", { $0.set("WAITING", "deadline", .null) }, [
            "transfer.operator transfers WAITING"
        ]),
        Corruption("an operator called for nothing", { $0.set("WAITING", "needs_operator", .integer(1)) }, [
            "transfer.operator transfers WAITING"
        ]),
        Corruption("an alarm of which no operator hears", { $0.set("WAITING", "alarm", .text("creditor")) }, [
            "transfer.operator transfers WAITING"
        ]),
        Corruption("a contradiction that no bank spoke", {
            $0.set("SETTLED-1", "contradiction", .text("settled, then denied"))
            $0.set("SETTLED-1", "needs_operator", .integer(1))
        }, [
            "transfer.contradiction transfers SETTLED-1"
        ]),
        Corruption("a transfer twice", { $0.doubleTransfer("SETTLED-1") }, ["transfer.twice transfers SETTLED-1"]),
        Corruption("a settled transfer deleted", { $0.deleteTransfer("SETTLED-1") }, [
            "debit.orphan ledger SETTLED-1 +2550", "log.orphan events SETTLED-1 end-5",
            "totals.differ ledger \(payee) +2550",
        ]),
        Corruption("a waiting transfer deleted", { $0.deleteTransfer("WAITING") }, [
            "log.orphan events WAITING end-1", "payment.orphan payments WAITING",
        ]),
        Corruption("a row cut short", { $0.tables.transfers.rows[0].removeLast(9) }, [
            "row.unreadable transfers SETTLED-1"
        ]),
    ]

    static let logs: [Corruption] = [
        Corruption("an event deleted in the middle", { $0.deleteEvent("SETTLED-1", last: 2) }, [
            "log.gap events SETTLED-1 end-2", "outbox.orphan outbox SETTLED-1 end-2",
        ]),
        Corruption("the last event deleted", { $0.deleteEvent("SETTLED-1", last: 0) }, [
            "outbox.orphan outbox SETTLED-1 end", "transfer.version transfers SETTLED-1",
        ]),
        Corruption("an event twice", { $0.copyEvent("SETTLED-1", last: 1) }, ["log.duplicate events SETTLED-1 end-1"]),
        Corruption("an event of no transfer", { $0.copyEvent("SETTLED-1", last: 1, to: "GHOST") }, [
            "log.orphan events GHOST 6"
        ]),
        Corruption("an event that led elsewhere", { $0.event("SETTLED-1", last: 0, "state", .text("failed")) }, [
            "log.transition events SETTLED-1 end", "outbox.state outbox SETTLED-1 end",
            "transfer.state transfers SETTLED-1",
        ]),
        Corruption("a report that said something else", { $0.event("SETTLED-1", last: 0, "detail", .text("denied")) }, [
            "log.transition events SETTLED-1 end"
        ]),
        Corruption("a word of a browser that settled", {
            $0.event("SETTLED-1", last: 0, "event", .text("payerReturned"))
        }, [
            "log.transition events SETTLED-1 end"
        ]),
        Corruption("a silence that failed a transfer", { $0.event("REFUSED", last: 0, "event", .text("bankSilent")) }, [
            "log.transition events REFUSED end", "transfer.failure transfers REFUSED",
        ]),
        Corruption("an event that there is not", { $0.event("WAITING", last: 0, "event", .text("teleported")) }, [
            "row.unreadable events WAITING end"
        ]),
        Corruption("a bank chosen that was another", { $0.event("WAITING", last: 1, "detail", .text("phare")) }, [
            "transfer.bank transfers WAITING", "payment.missing payments WAITING",
        ]),
        Corruption("a change of which nobody knows the cause", {
            $0.event("WAITING", last: 0, "correlation", .text(""))
        }, [
            "row.unreadable events WAITING end"
        ]),
        Corruption("a time that falls", { $0.event("SETTLED-1", last: 1, "at", .integer(1_789_540_199_999)) }, [
            "log.time events SETTLED-1 end-1"
        ]),
    ]

    static let outbox: [Corruption] = [
        Corruption("a notice of no event", { $0.notice("SETTLED-1", last: 0, "version", .integer(99)) }, [
            "outbox.orphan outbox SETTLED-1 end"
        ]),
        Corruption("a notice of no transfer", {
            $0.copyNotice("WAITING", last: 0, sequence: 999)
            $0.notice("WAITING", last: 0, "transfer", .text("GHOST"))
        }, [
            "outbox.orphan outbox GHOST 999"
        ]),
        Corruption("a notice of another state", { $0.notice("SETTLED-1", last: 0, "state", .text("failed")) }, [
            "outbox.state outbox SETTLED-1 end"
        ]),
        Corruption("a notice lost", { $0.deleteNotice("SETTLED-1", last: 2) }, ["outbox.gap outbox SETTLED-1 end-1"]),
        Corruption("a notice twice", { $0.copyNotice("SETTLED-1", last: 0, sequence: 999) }, [
            "outbox.duplicate outbox SETTLED-1 999"
        ]),
        Corruption("a sequence number twice", { $0.copyNotice("SETTLED-1", last: 0) }, [
            "outbox.duplicate outbox SETTLED-1 end"
        ]),
        Corruption("a notice told again late", { $0.copyNotice("SETTLED-1", last: 3, sequence: 999) }, [
            "outbox.order outbox SETTLED-1 999"
        ]),
        Corruption("notices in the wrong order", { $0.swapNotices("SETTLED-1", last: 2, and: 3) }, [
            "outbox.gap outbox SETTLED-1 end-3", "outbox.order outbox SETTLED-1 end-2",
        ]),
    ]

    @Test("in its transfers", arguments: rows) func row(_ corruption: Corruption) async throws {
        try await corruption.check()
    }

    @Test("in its log", arguments: logs) func log(_ corruption: Corruption) async throws {
        try await corruption.check()
    }

    @Test("in its outbox", arguments: outbox) func notice(_ corruption: Corruption) async throws {
        try await corruption.check()
    }
}

/// One difference between what stands there and what should.
public struct Finding: Sendable, Hashable {
    /// Where it stands.
    public struct Place: Sendable, Hashable {
        /// A table of the store, a part of a bank's books, or the list of what clients saw.
        public enum Table: String, Sendable { case transfers, events, outbox, accounts, payments, ledger, acknowledged }

        public let table: Table
        /// The transfer's id; for a bank's account its bank and masked IBAN; for sums the bank, or day and payee.
        public let row: String
        /// The version of an event, the sequence number of a notice.
        public let number: Int?
    }

    public let code: FindingCode
    public let place: Place
    public let expected: String
    public let found: String
    /// Found less expected, where money is concerned.
    public let differenceCents: Int?

    init(
        _ code: FindingCode, _ table: Place.Table, _ row: String, _ number: Int? = nil, expected: String,
        found: String, differenceCents: Int? = nil
    ) {
        self.code = code
        place = Place(table: table, row: Mask.id(row), number: number)
        self.expected = expected
        self.found = found
        self.differenceCents = differenceCents
    }

    /// Money that should be one sum and is another.
    init(
        _ code: FindingCode, _ table: Place.Table, _ row: String, _ number: Int? = nil, expectedCents: Int,
        foundCents: Int
    ) {
        self.init(
            code, table, row, number, expected: "\(expectedCents) cents", found: "\(foundCents) cents",
            differenceCents: Cents.subtracting(foundCents, expectedCents))
    }
}

extension Finding {
    var order: (String, String, String, Int) {
        (code.rawValue, place.table.rawValue, place.row, place.number ?? 0)
    }
}

/// What kind of difference; the texts are stable and what machines go by.
public enum FindingCode: String, Sendable, Hashable, CaseIterable {
    case rowUnreadable = "row.unreadable"

    case logGap = "log.gap"
    case logDuplicate = "log.duplicate"
    case logOrphan = "log.orphan"
    case logTransition = "log.transition"
    case logTime = "log.time"

    case transferTwice = "transfer.twice"
    case transferVersion = "transfer.version"
    case transferState = "transfer.state"
    case transferFailure = "transfer.failure"
    case transferUpdated = "transfer.updated"
    case transferReserves = "transfer.reserves"
    case transferMonth = "transfer.month"
    case transferInitiations = "transfer.initiations"
    case transferChoice = "transfer.choice"
    case transferBank = "transfer.bank"
    case transferReturn = "transfer.return"
    case transferPayment = "transfer.payment"
    case transferProof = "transfer.proof"
    case transferAnswers = "transfer.answers"
    case transferDeadline = "transfer.deadline"
    case transferOperator = "transfer.operator"
    case transferContradiction = "transfer.contradiction"

    case outboxOrphan = "outbox.orphan"
    case outboxState = "outbox.state"
    case outboxDuplicate = "outbox.duplicate"
    case outboxOrder = "outbox.order"
    case outboxGap = "outbox.gap"

    case debitMissing = "debit.missing"
    case debitTwice = "debit.twice"
    case debitUnwanted = "debit.unwanted"
    case debitAmount = "debit.amount"
    case debitBank = "debit.bank"
    case debitOrphan = "debit.orphan"
    case creditMissing = "credit.missing"
    case creditTwice = "credit.twice"
    case creditUnwanted = "credit.unwanted"
    case creditAmount = "credit.amount"
    case creditBank = "credit.bank"
    case creditPayee = "credit.payee"
    case creditOrphan = "credit.orphan"

    case paymentMissing = "payment.missing"
    case paymentTransfer = "payment.transfer"
    case paymentAmount = "payment.amount"
    case paymentPayee = "payment.payee"
    case paymentStatus = "payment.status"
    case paymentTwice = "payment.twice"
    case paymentAlive = "payment.alive"
    case paymentUnintended = "payment.unintended"
    case paymentOrphan = "payment.orphan"

    case booksEntry = "books.entry"
    case booksBalance = "books.balance"
    case booksOverdraft = "books.overdraft"
    case booksConservation = "books.conservation"

    case totalsDiffer = "totals.differ"
    case capExceeded = "cap.exceeded"
    case acknowledgedLost = "acknowledged.lost"
    /// The bank has ended a payment and the gateway has not heard of it yet: no fault by itself.
    case openEnded = "open.ended"
    case openUnfinished = "open.unfinished"

    /// Worth knowing, but no fault.
    public var isWarning: Bool { self == .openEnded }
}

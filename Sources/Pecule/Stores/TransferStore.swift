public import Foundation

/// Where transfers are kept. The store is what serialises: any number of gateways may share one.
///
/// A call that returns has made its effect durable. No call waits for a bank.
public protocol TransferStore: Sendable {
    /// Keeps a new transfer unless its id is taken; then the kept one comes back and nothing changes.
    func insert(_ transfer: Transfer) async throws(StoreFault) -> Insertion

    func transfer(_ id: TransferID) async throws(StoreFault) -> Transfer?

    /// The transfer whose browser left with this state.
    func transfer(returning state: ReturnState) async throws(StoreFault) -> Transfer?

    /// Replaces a transfer if its kept version is still `expected`, keeps the record of the change and puts a notice
    /// in the outbox, all in one transaction. With an allowance, also only if the month's sum stays within it.
    func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) async throws(StoreFault) -> Replacement

    /// Transfers whose deadline has passed and that nobody else has taken, of every bank but these, the longest overdue
    /// first. Until `end`, or until they change, nobody else is given them.
    func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) async throws(StoreFault) -> [TransferID]

    /// A payer's transfers that reached a bank, drafted at or after `start`, newest first, after the cursor.
    func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(StoreFault) -> [TransferSummary]

    /// Every change of a transfer, in order.
    func events(of id: TransferID) async throws(StoreFault) -> [TransferRecord]

    /// Transfers that need an operator, or whose bank has been silent since before `time`; by id, after that one.
    func cases(
        unansweredBefore time: Date, after id: TransferID?, limit: Int
    ) async throws(StoreFault) -> [Transfer]

    /// Notices that nobody has taken yet, in the order in which they were put there; of one transfer always by version.
    func outbox(limit: Int) async throws(StoreFault) -> [TransferNotice]

    /// Takes notices out of the outbox. One that is gone already is no error.
    func clear(_ notices: [TransferNotice]) async throws(StoreFault)
}

/// What became of an insertion.
public enum Insertion: Sendable, Hashable {
    case inserted
    case existing(Transfer)
}

/// What became of a replacement; all but the first changed nothing.
public enum Replacement: Sendable, Hashable {
    case replaced
    /// Somebody was faster: load again and decide again.
    case versionConflict
    /// The month's sum would pass the limit; this much is left, nil when nothing is.
    case overAllowance(left: Amount?)
}

/// One change of a transfer, as it stands in its log: nothing personal, no secret.
public struct TransferRecord: Sendable, Hashable {
    /// The version that the change made.
    public let version: Int
    /// The event's name, and what it said: the bank, a status, a reason's code.
    public let event: String
    public let detail: String
    /// The state's name after it.
    public let state: String
    public let at: Date
    /// What caused it: the same for all that one request or one look of the sweeper did.
    public let correlation: CorrelationID

    public init(version: Int, event: String, detail: String, state: String, at: Date, correlation: CorrelationID) {
        self.version = version
        self.event = event
        self.detail = detail
        self.state = state
        self.at = at
        self.correlation = correlation
    }

    /// What is kept beside the transfer that an event changed.
    public init(_ transfer: Transfer, because event: TransferEvent, in correlation: CorrelationID) {
        self.init(
            version: transfer.version, event: event.name, detail: event.detail, state: transfer.state.name,
            at: transfer.updatedAt, correlation: correlation)
    }
}

/// A change that others are to be told of, at least once.
public struct TransferNotice: Sendable, Hashable {
    /// The place in the outbox.
    public let sequence: Int
    public let transfer: TransferID
    /// The version that the change made: notices of one transfer can be put in order by it.
    public let version: Int
    /// The state's name after the change.
    public let state: String

    public init(sequence: Int, transfer: TransferID, version: Int, state: String) {
        self.sequence = sequence
        self.transfer = transfer
        self.version = version
        self.state = state
    }
}

/// Everything that goes wrong on purpose. All but the payers' kinds, which are their habits, have a rate of their own
/// in each run.
public enum Fault: Int, CaseIterable, Sendable {
    // One exchange between gateway and bank: the request …
    case unreachable, lostRequest, lateRequest, overtakenRequest, doubledRequest
    // … and the reply.
    case lostReply, lateReply, repeatedReply, slowDrip, reset, truncatedBody, garbledBody, removedField, wrongStatus
    // All exchanges of one gateway process with one bank, for a while.
    case partition, oneWayPartition, halfOpen
    // The bank.
    case serverError, tooManyRequests, bankDown, tokenExpired, hostileReply
    // A bank that does not play fair with those who come to it.
    case falseSettlement, falseRejection, falseEcho, secondDebit, otherDebit
    // The gateway's process, its store and its clock.
    case crash, pause, doubleStart, storeUnavailable, storeUnknownDone, storeUnknownNotDone
    // Its disk, under the real SQLite store.
    case powerLoss, lostWrite, tornWrite, syncError, writeError, diskFull
    case clockForward, clockBack, clockSkew
    // The order in which things that are ready at the same time happen.
    case overtaking
    // The payers, and what a bank tells the gateway of them.
    case doubleClick, reload, mistype, abandon, lateReturn, doubledReturn, noReturn, forgedReturn, foreignReturn
    case cancellation, notification, lateNotification, doubledNotification, forgedNotification

    static let requests: [Fault] = [.unreachable, .lostRequest, .lateRequest, .overtakenRequest, .doubledRequest]
    static let replies: [Fault] = [
        .lostReply, .lateReply, .repeatedReply, .slowDrip, .reset, .truncatedBody, .garbledBody, .removedField,
        .wrongStatus,
    ]
    static let answers: [Fault] = [.serverError, .tooManyRequests, .tokenExpired, .hostileReply]
    /// What lasts for a while, or stops a process.
    static let outages: [Fault] = [.partition, .oneWayPartition, .halfOpen, .bankDown, .crash, .pause, .doubleStart]
    static let store: [Fault] = [.storeUnavailable, .storeUnknownDone, .storeUnknownNotDone]
    static let clock: [Fault] = [.clockForward, .clockBack]

    public var name: String { "\(self)" }
}

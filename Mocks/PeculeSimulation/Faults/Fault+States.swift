// What a campaign has to have seen.
extension Fault {
    /// The states in which it has to strike a transfer at least once, by their places.
    var states: [Int] {
        let (drafted, initiating, awaitingApproval, confirming, executing) = (0, 1, 2, 3, 4)
        switch self {
        case .unreachable, .lostRequest, .lateRequest, .overtakenRequest, .doubledRequest, .lostReply, .lateReply,
            .repeatedReply, .slowDrip, .reset, .truncatedBody, .garbledBody, .removedField, .wrongStatus, .partition,
            .oneWayPartition, .halfOpen, .serverError, .tooManyRequests, .bankDown, .tokenExpired:
            return [initiating, awaitingApproval, confirming, executing]
        case .hostileReply: return [awaitingApproval, confirming, executing]
        case .falseSettlement, .falseEcho: return [awaitingApproval, confirming]
        case .falseRejection, .secondDebit, .otherDebit: return [awaitingApproval, executing]
        case .crash, .pause, .doubleStart, .storeUnavailable, .storeUnknownDone, .storeUnknownNotDone, .clockForward,
            .clockBack, .clockSkew:
            return Array(FaultCounts.states.indices)
        case .powerLoss, .syncError, .writeError, .diskFull: return [drafted, initiating, awaitingApproval, executing]
        case .overtaking, .lostWrite, .tornWrite: return []
        case .doubleClick: return [drafted, awaitingApproval]
        case .reload, .mistype, .abandon, .lateReturn, .doubledReturn, .noReturn, .forgedReturn, .foreignReturn,
            .cancellation, .notification, .lateNotification, .doubledNotification, .forgedNotification:
            return [awaitingApproval]
        }
    }
}

extension Transition {
    /// Every pair of state and event that changes a transfer, from the state table.
    static let all: [Transition] = [
        ("drafted", ["bankChosen", "deadlinePassed", "cancelRequested"]),
        (
            "initiating",
            [
                "bankChosen", "initiated", "bankRefused", "bankSilent", "deadlinePassed", "cancelRequested",
                "operatorReviewed",
            ]
        ),
        (
            "awaitingApproval",
            [
                "payerReturned", "reported", "bankSilent", "deadlinePassed", "bankNotified", "cancelRequested",
                "operatorReviewed",
            ]
        ),
        ("confirming", ["reported", "bankSilent", "deadlinePassed", "bankNotified", "operatorReviewed"]),
        ("executing", ["reported", "bankSilent", "deadlinePassed", "bankNotified", "operatorReviewed"]),
        ("settled", ["reported", "operatorReviewed"]),
        ("failed", ["reported", "operatorReviewed"]),
    ].flatMap { state, events in events.map { Transition(state: state, event: $0) } }
}

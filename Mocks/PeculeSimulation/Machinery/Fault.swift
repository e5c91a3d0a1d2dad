/// Everything that goes wrong on purpose. The network's and the processes' kinds have a rate of their own in each
/// run; the payers' are their habits.
public enum Fault: String, CaseIterable, Sendable {
    // The network between gateway and bank.
    case unreachable, lostRequest, lostReply, duplicatedRequest, delay, reset, truncatedBody, garbledBody
    // The bank.
    case serverError, tooManyRequests, bankDown, tokenExpired, hostileReply
    // The gateway's process, its store and its clock.
    case crash, storeUnavailable, storeUnknownDone, storeUnknownNotDone, clockForward, clockBack
    // The order in which things that are ready at the same time happen.
    case overtaking
    // The payers.
    case doubleClick, reload, mistype, abandon, lateReturn, doubledReturn, noReturn, forgedReturn, foreignReturn
    case cancellation

    static let network: [Fault] = [
        .unreachable, .lostRequest, .lostReply, .duplicatedRequest, .delay, .reset, .truncatedBody, .garbledBody,
        .serverError, .tooManyRequests, .tokenExpired, .hostileReply,
    ]
    static let rare: [Fault] = [.crash, .storeUnavailable, .storeUnknownDone, .storeUnknownNotDone, .bankDown]
    static let clock: [Fault] = [.clockForward, .clockBack]
}

/// How often what goes wrong, in thousandths, drawn anew for each run: some runs are calm, some storms, and in some
/// a single kind rages.
struct FaultRates {
    private var permille: [Fault: Int] = [:]

    init(from executor: SeededExecutor) {
        let storm = [0, 20, 60, 150][executor.below(4)]
        draw(Fault.network, upTo: storm, executor)
        draw(Fault.rare, upTo: storm / 4, executor)
        draw(Fault.clock, upTo: storm / 10, executor)
    }

    private mutating func draw(_ kinds: [Fault], upTo most: Int, _ executor: SeededExecutor) {
        for kind in kinds where most > 0 && executor.below(2) == 0 { permille[kind] = 1 + executor.below(most) }
    }

    subscript(_ fault: Fault) -> Int { permille[fault] ?? 0 }
}

/// What goes wrong for as long as one call lasts.
enum Fault: String, CaseIterable, Sendable {
    case none = "nothing goes wrong"

    // The bank and the way to it.
    case unreachable = "bank unreachable"
    case lostRequest = "request lost, time-out"
    case slow = "bank acts after the time-out"
    case lostReply = "bank acted, reply lost, time-out"
    case reset = "bank acted, connection reset in the body"
    case truncated = "bank acted, body cut short"
    case garbled = "bank acted, body garbled"
    case otherPayment = "bank answers about another payment"
    case serverError = "503, bank did nothing"
    case badGateway = "502, bank acted"
    case tooManyRequests = "429 with Retry-After"
    case tokenRefusedOnce = "401 once"
    case tokenRefused = "401 every time"
    case forbidden = "403 with a reason"
    case refused = "400 with a reason"
    case unknownPayment = "404, payment unknown for a while"
    case bankGone = "bank gone from the configuration"

    // The store.
    case storeUnavailable = "store unavailable"
    case storeCorrupt = "store corrupt"
    case writeRefused = "store unavailable at the first write"
    case writeUnknownAndDone = "first write unknown, and done"
    case writeUnknownNotDone = "first write unknown, and not done"
    case answerNotKept = "store unavailable after the bank's answer"
    case answerUnknownAndKept = "write unknown after the bank's answer, and done"

    // The process, its clock and its caller.
    case crashBefore = "process dies before the bank gets the request"
    case crashAfter = "process dies after the bank acted"
    case secondCall = "the same call a second time meanwhile"
    case clockForward = "clock an hour fast"
    case clockBack = "clock an hour slow"
    case cancelled = "caller cancels the task, bank acted"

    /// Why this cannot happen to that call; nil when it can. Every pair is played all the same, and the fault has to
    /// strike exactly where this is nil.
    func cannotMeet(_ call: MatrixCall) -> String? {
        switch self {
        case .none, .clockForward, .clockBack, .bankGone:
            nil
        case .unknownPayment where call.step == .open, .otherPayment where call.step == .open:
            "no payment yet"
        case .storeUnavailable, .storeCorrupt, .secondCall:
            call.reads ? nil : "reads nothing"
        case .writeRefused, .writeUnknownAndDone, .writeUnknownNotDone:
            call.writes ? nil : "writes nothing"
        case .unreachable, .lostRequest, .slow, .lostReply, .reset, .truncated, .garbled, .otherPayment, .serverError,
            .badGateway, .tooManyRequests, .tokenRefusedOnce, .tokenRefused, .forbidden, .refused, .unknownPayment,
            .answerNotKept, .answerUnknownAndKept, .crashBefore, .crashAfter, .cancelled:
            call.step == nil ? "asks no bank" : nil
        }
    }
}

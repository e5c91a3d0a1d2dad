import Pecule

/// What a caller gets, in the few words of the table.
enum Answer: Sendable {
    case transfer(TransferSummary)
    case error(PeculeError)
    case count(Int, String)
    /// The process is gone.
    case none

    var text: String {
        switch self {
        case .transfer(let transfer): "\(transfer.outcome.words), money \(transfer.outcome.money)"
        case .error(let error): "`\(error.code)`, money \(error.moneyMayHaveMoved ? "maybe" : "no")"
        case .count(let count, let what): count == 1 ? "1 \(what)" : "\(count) \(what)s"
        case .none: "no answer"
        }
    }
}

extension TransferOutcome {
    fileprivate var words: String {
        switch self {
        case .chooseBank: "choose a bank"
        case .approve: "approve at the bank"
        case .underway: "under way"
        case .unknown: "unknown"
        case .settled: "settled"
        case .failed(let reason): "failed `\(reason.code)`"
        }
    }

    /// Whether the payer's account may have been touched.
    fileprivate var money: String {
        switch self {
        case .chooseBank, .failed: "no"
        // Who was to approve may have done so since.
        case .approve, .underway, .unknown: "maybe"
        case .settled: "yes"
        }
    }
}

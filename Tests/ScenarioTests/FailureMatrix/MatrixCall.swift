import PeculeHTTP

/// What meets every fault: the calls of `PeculeService`, and one look of the sweeper.
enum MatrixCall: String, CaseIterable, Sendable {
    case draft, begin, resume, refresh, waitUntilFinal, cancel, history, banks, sweep

    /// Each call is played at the bank where most can go wrong.
    var bank: String {
        switch self {
        // Confirmed with a proof that only the payer's return brings.
        case .resume: "montagne"
        // Waits for a confirmation, and no browser comes back.
        case .sweep: "phare"
        // The payer's approval is enough: money moves while the gateway knows nothing.
        case .draft, .begin, .refresh, .waitUntilFinal, .cancel, .history, .banks: "deux-rives"
        }
    }

    /// How far the transfer has come when the call is made.
    enum Before { case nothing, drafted, opened, approved }

    var before: Before {
        switch self {
        case .draft: .nothing
        case .begin: .drafted
        case .cancel: .opened
        case .resume, .refresh, .waitUntilFinal, .history, .banks, .sweep: .approved
        }
    }

    /// What the call asks of the bank: where that is more than one request, the one that matters most.
    enum Step { case open, confirm, ask, withdraw }

    var step: Step? {
        switch self {
        case .begin: .open
        case .resume, .sweep: .confirm
        case .refresh, .waitUntilFinal: .ask
        case .cancel: .withdraw
        case .draft, .history, .banks: nil
        }
    }

    var reads: Bool { self != .banks }
    var writes: Bool { step != nil || self == .draft }

    func makes(_ request: HTTPRequest) -> Bool {
        switch step {
        case .open: request.method == .post && request.path.hasSuffix("/payment-requests")
        case .confirm: request.path.hasSuffix("/confirmation")
        case .ask: request.method == .get && request.path.contains("/payment-requests/")
        case .withdraw: request.method == .put
        case nil: false
        }
    }
}

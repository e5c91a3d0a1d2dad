/// The states and events of a transfer as the published state table has them; written from that page alone.
enum State: String, CaseIterable {
    case drafted, initiating, awaitingApproval, confirming, executing, settled, failed

    var isFinal: Bool { self == .settled || self == .failed }
    /// The payer decides or has decided at the bank, and nothing has ended yet.
    var isStarted: Bool { [.awaitingApproval, .confirming, .executing].contains(self) }
}

enum Event: String, CaseIterable {
    case bankChosen, initiated, bankRefused, payerReturned, reported, bankSilent, deadlinePassed, bankNotified
    case cancelRequested, operatorReviewed
}

/// A transfer's life, walked again from its log.
struct Life {
    private(set) var state = State.drafted
    private(set) var failure: String?
    /// The bank that was chosen last.
    private(set) var bank: String?
    /// Two words of the bank that cannot both be true, until an operator has looked.
    private(set) var contradiction: String?
    /// Calls to open a payment that the bank may have received: at least and at most, since a log does not tell whether
    /// the last deadline before an operator came made a call or was the one at which the budget of calls was spent.
    private(set) var initiations = 0...0

    init() {}

    /// Goes on from a state whose past is not known.
    init(from state: State) { self.state = state }

    private var mayHaveReachedBank: Bool { initiations.upperBound > 0 }
    private var mayBeUnknownToBank: Bool { initiations.lowerBound == 0 }

    /// The states that the event may lead to; none where the table says ignored or refused.
    func ways(_ event: Event, _ detail: String) -> [State] {
        switch (event, state) {
        case (.operatorReviewed, _): state == .drafted ? [] : [state]
        case (.reported, .settled): Self.endsWithoutDebit(detail) ? [state] : []
        case (.reported, .failed): detail == "settled" ? [state] : []
        case (_, .settled), (_, .failed): []
        case (.bankChosen, .drafted): [.initiating]
        case (.bankChosen, .initiating): mayBeUnknownToBank ? [.initiating] : []
        case (.initiated, .initiating): [.awaitingApproval]
        case (.bankRefused, .initiating): [.failed]
        case (.payerReturned, .awaitingApproval): detail == "no proof" ? [state] : [state, .confirming]
        case (.reported, _): state.isStarted ? waysOfReport(detail) : []
        case (.bankSilent, _): state == .drafted ? [] : [state]
        case (.deadlinePassed, .drafted): [.failed]
        case (.deadlinePassed, .initiating):
            (mayHaveReachedBank ? [.initiating] : []) + (mayBeUnknownToBank ? [.failed] : [])
        case (.deadlinePassed, _): [state]
        case (.bankNotified, _): state.isStarted ? [state] : []
        case (.cancelRequested, .drafted): [.failed]
        case (.cancelRequested, .initiating): mayBeUnknownToBank ? [.failed] : []
        case (.cancelRequested, .awaitingApproval): [state]
        case (.bankChosen, _), (.initiated, _), (.bankRefused, _), (.payerReturned, _), (.cancelRequested, _): []
        }
    }

    /// A report of another payment than the ordered one changes no state, whatever it says.
    private func waysOfReport(_ detail: String) -> [State] {
        switch detail {
        case "pending": [state]
        case "approved": state == .awaitingApproval ? [state, .confirming] : [state]
        case "executing": state == .executing ? [state] : [state, .executing]
        case "settled": [state, .settled]
        default: Self.endsWithoutDebit(detail) ? [state, .failed] : []
        }
    }

    private static func endsWithoutDebit(_ detail: String) -> Bool {
        ["denied", "expired", "cancelled"].contains(detail) || detail.hasPrefix("rejected ")
    }

    /// What is known of an event's call to open a payment.
    enum Call { case made, notMade, unsure }

    /// Takes the event's way to the state that the log gives.
    mutating func take(_ event: Event, _ detail: String, to next: State, call: Call) {
        contradict(event, detail, next)
        if event == .bankChosen { bank = detail }
        if next == .initiating { count(event, detail, call) }
        if next == .failed, state != .failed { failure = Self.failure(event, detail) }
        state = next
    }

    private mutating func count(_ event: Event, _ detail: String, _ call: Call) {
        let (least, most) = (initiations.lowerBound, initiations.upperBound)
        switch event {
        case .bankChosen: initiations = (least + 1)...(most + 1)
        case .deadlinePassed: initiations = (least + (call == .made ? 1 : 0))...(most + (call == .notMade ? 0 : 1))
        case .bankSilent where detail.hasPrefix("not received"): initiations = max(0, least - 1)...max(0, most - 1)
        default: break
        }
    }

    /// An end after another end, or a refusal by the payer of what the bank already executes.
    private mutating func contradict(_ event: Event, _ detail: String, _ next: State) {
        if event == .operatorReviewed { contradiction = nil }
        let isRevoked = state == .executing && next == .failed && ["denied", "expired"].contains(detail)
        guard event == .reported, state.isFinal || isRevoked, contradiction == nil else { return }
        let first = state == .failed ? "failed (\(failure ?? ""))" : state.rawValue
        contradiction = "\(first), then \(detail)"
    }

    /// The code that the transfer then carries.
    private static func failure(_ event: Event, _ detail: String) -> String? {
        switch event {
        case .bankRefused: "rejected.\(detail)"
        case .deadlinePassed: "abandoned"
        case .cancelRequested: "cancelled"
        case .reported where detail == "denied": "denied_by_payer"
        case .reported where detail.hasPrefix("rejected "): "rejected.\(detail.dropFirst("rejected ".count))"
        case .reported: detail
        default: nil
        }
    }
}

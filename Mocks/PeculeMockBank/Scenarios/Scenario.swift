/// What is to happen to an order at this bank instead of the ordinary course. A value; says nothing where it is silent.
struct Scenario: Sendable, Equatable {
    /// One state of the order after the payer's agreement, and how long it lasts; nil lasts for ever.
    struct State: Sendable, Equatable {
        let status: Status
        var lasts: ScenarioTime?
    }

    enum Status: Sendable, Equatable {
        case accp, pdng
        /// The payer is debited.
        case acsp
        /// The payee is credited. Final.
        case acsc
        /// Final; only before the payer is debited.
        case rjct(ReasonCode)
    }

    /// What the payer does, or meets, at the bank.
    enum Payer: Sendable, Equatable {
        /// So many right codes are taken for wrong ones.
        case codeWrong(times: Int)
        case codeLocked
        case codeExpired
        case loginLocked
        case cancels
        case expires
    }

    /// How the payer's browser comes back to the initiator.
    enum Callback: Sendable, Equatable {
        case lost
        case doubled
        case late(ScenarioTime)
        case forged
    }

    /// How the bank's notifications reach the initiator.
    enum Notify: Sendable, Equatable {
        case never
        case twice
        case late(ScenarioTime)
        /// Not before the end, the last one first.
        case reordered
        /// Somebody else's, with another status.
        case forged
        case badlySigned
    }

    /// A fault of the wire at one kind of request.
    struct Strike: Sendable, Equatable {
        let endpoint: Endpoint
        let fault: WireTrouble
        /// Nil strikes every time.
        var times: Int? = 1
    }

    var states: [State] = []
    var payer: Payer?
    var callback: Callback?
    var notify: Notify?
    var strikes: [Strike] = []

    static let ordinary = Scenario()

    /// This one, and where it is silent what the other one says. Strikes of this one come first.
    func over(_ other: Scenario) -> Scenario {
        Scenario(
            states: states.isEmpty ? other.states : states, payer: payer ?? other.payer,
            callback: callback ?? other.callback, notify: notify ?? other.notify,
            strikes: strikes + other.strikes)
    }
}

/// What goes wrong between the bank and whoever calls it.
enum WireTrouble: Sendable, Equatable {
    // The bank does not execute the request …
    case status(Int, retryAfter: ScenarioTime? = nil)
    case reset
    case hang
    // … or executes it, and this becomes of the reply.
    case latency(ScenarioTime)
    case lost
    case cut
    case truncate
    case garble
    case length
    case drip(ScenarioTime)

    var isBeforeExecution: Bool {
        switch self {
        case .status, .reset, .hang: true
        case .latency, .lost, .cut, .truncate, .garble, .length, .drip: false
        }
    }
}

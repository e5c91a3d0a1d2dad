import Foundation

// Steps that several events share.
extension Transfer {
    mutating func initiate(_ choice: BankChoice, _ now: Date, _ patience: Patience) -> TransferVerdict {
        self.choice = choice
        uncertainInitiations += 1
        begin(.initiating, now, patience)
        return .changed(.initiate)
    }

    mutating func confirm(_ proof: ApprovalProof?, _ now: Date, _ patience: Patience) -> TransferVerdict {
        begin(.confirming(proof), now, patience)
        confirmationEnds = deadline
        return .changed(.confirm(proof))
    }

    mutating func ask(_ now: Date, _ patience: Patience) -> TransferVerdict {
        if let restsUntil, restsUntil > now { return .ignored }
        guard requests < patience.requests else { return stopAsking() }
        attempts += 1
        deadline = now.addingTimeInterval(wait(patience))
        return .changed(.ask)
    }

    /// A bank that never comes to an end is not asked for ever: an operator decides whether to go on.
    mutating func stopAsking() -> TransferVerdict {
        guard deadline != nil else { return .ignored }
        deadline = nil
        return .changed(.nothing)
    }

    mutating func silent(
        sent: Bool, _ rest: Duration?, _ now: Date, _ patience: Patience
    ) -> TransferVerdict {
        let asked = min(rest.map { $0 / .seconds(1) } ?? 0, patience.longestRetryAfter)
        restsUntil = asked > 0 ? now.addingTimeInterval(asked) : nil
        deadline = now.addingTimeInterval(max(asked, wait(patience)))
        if sent { unansweredSince = unansweredSince ?? now }
        return .changed(.nothing)
    }

    private func wait(_ patience: Patience) -> TimeInterval {
        patience.wait(beforeAttempt: attempts, of: id, in: state)
    }

    /// The payer may choose again; nobody else tries, because permit and caps are checked when the payer does.
    mutating func unreached(_ now: Date, _ patience: Patience) -> TransferVerdict {
        deadline = now.addingTimeInterval(patience.draft)
        return .changed(.nothing)
    }

    /// Enters, or repeats, a state whose call is made at once.
    private mutating func begin(_ state: TransferState, _ now: Date, _ patience: Patience) {
        attempts = self.state == state ? attempts + 1 : 1
        self.state = state
        deadline = now.addingTimeInterval(patience.call)
    }

    mutating func move(to state: TransferState, _ now: Date, _ patience: Patience) {
        finish(state)
        deadline = now.addingTimeInterval(wait(patience))
    }

    mutating func finish(_ state: TransferState) {
        self.state = state
        if state.isFinal { choice?.answers = .none }
        attempts = 0
        unansweredSince = nil
        restsUntil = nil
        deadline = nil
    }

    mutating func fail(_ reason: FailureReason) { finish(.failed(reason)) }
}

public import Foundation

extension Transfer {
    /// Decides what an event does. Pure: the same transfer, event and time always give the same verdict.
    ///
    /// Every pair of state and event is spelled out. A final state has no way out; `rank` never falls.
    public mutating func apply(
        _ event: TransferEvent, at now: Date, patience: Patience
    ) throws(TransferRefusal) -> TransferVerdict {
        var next = self
        let verdict = try next.decide(event, now, patience)
        guard case .changed = verdict else { return .ignored }
        next.version += 1
        next.updatedAt = max(now, updatedAt)
        self = next
        return verdict
    }

    private mutating func decide(
        _ event: TransferEvent, _ now: Date, _ patience: Patience
    ) throws(TransferRefusal) -> TransferVerdict {
        switch event {
        case .bankChosen(let choice): try chooseBank(choice, now, patience)
        case .initiated(let payment): initiated(payment, now, patience)
        case .bankRefused(let reason): bankRefused(reason)
        case .payerReturned(let proof): try payerReturned(proof, now, patience)
        case .reported(let report): reported(report, now, patience)
        case .bankSilent(let sent): bankSilent(sent: sent, now, patience)
        case .deadlinePassed: deadlinePassed(now, patience)
        case .bankNotified: bankNotified(now, patience)
        case .cancelRequested: try cancelRequested(now, patience)
        }
    }

    // MARK: Events, one by one

    private mutating func chooseBank(
        _ choice: BankChoice, _ now: Date, _ patience: Patience
    ) throws(TransferRefusal) -> TransferVerdict {
        switch state {
        case .drafted:
            return initiate(choice, now, patience)
        case .initiating where !mayHaveReachedBank:
            return initiate(choice, now, patience)
        case .initiating, .awaitingApproval, .confirming, .executing:
            guard let chosen = self.choice?.bank, chosen != choice.bank else { return .ignored }
            throw .bankAlreadyChosen(chosen)
        case .settled, .failed:
            return .ignored
        }
    }

    private mutating func initiated(_ payment: BankPayment, _ now: Date, _ patience: Patience) -> TransferVerdict {
        switch state {
        case .initiating:
            self.payment = payment
            move(to: .awaitingApproval, lookAgain: now.addingTimeInterval(patience.wait(beforeAttempt: 0)))
            return .changed(.nothing)
        case .drafted, .awaitingApproval, .confirming, .executing, .settled, .failed:
            return .ignored
        }
    }

    private mutating func bankRefused(_ reason: RejectionReason) -> TransferVerdict {
        switch state {
        case .initiating:
            fail(.rejected(reason))
            return .changed(.nothing)
        case .drafted, .awaitingApproval, .confirming, .executing, .settled, .failed:
            return .ignored
        }
    }

    private mutating func payerReturned(
        _ proof: ApprovalProof?, _ now: Date, _ patience: Patience
    ) throws(TransferRefusal) -> TransferVerdict {
        switch state {
        case .drafted, .initiating:
            throw .notNow(state)
        case .awaitingApproval:
            guard let proof, proof.kind == payment?.expects else { return ask(now, patience) }
            return confirm(proof, now, patience)
        case .confirming, .executing, .settled, .failed:
            return .ignored
        }
    }

    private mutating func reported(_ report: BankReport, _ now: Date, _ patience: Patience) -> TransferVerdict {
        switch state {
        case .drafted, .initiating, .settled, .failed:
            return .ignored
        case .awaitingApproval, .confirming, .executing:
            let differences = order.differences(from: report.echo)
            guard differences.isEmpty else { return raiseAlarm(differences, now) }
            return believe(report.status, now, patience)
        }
    }

    private mutating func bankSilent(sent: Bool, _ now: Date, _ patience: Patience) -> TransferVerdict {
        switch state {
        case .initiating:
            if !sent { uncertainInitiations = max(0, uncertainInitiations - 1) }
            guard mayHaveReachedBank else { return unreached(now, patience) }
            return silent(sent: sent, now, patience)
        case .awaitingApproval, .confirming, .executing:
            return silent(sent: sent, now, patience)
        case .drafted, .settled, .failed:
            return .ignored
        }
    }

    private mutating func deadlinePassed(_ now: Date, _ patience: Patience) -> TransferVerdict {
        guard let deadline, deadline <= now else { return .ignored }
        switch state {
        case .drafted:
            fail(.abandoned)
            return .changed(.nothing)
        case .initiating:
            guard mayHaveReachedBank, let choice else {
                fail(.abandoned)
                return .changed(.nothing)
            }
            return initiate(choice, now, patience)
        case .awaitingApproval, .confirming, .executing:
            return ask(now, patience)
        case .settled, .failed:
            return .ignored
        }
    }

    private mutating func bankNotified(_ now: Date, _ patience: Patience) -> TransferVerdict {
        switch state {
        case .awaitingApproval, .confirming, .executing: ask(now, patience)
        case .drafted, .initiating, .settled, .failed: .ignored
        }
    }

    private mutating func cancelRequested(
        _ now: Date, _ patience: Patience
    ) throws(TransferRefusal) -> TransferVerdict {
        switch state {
        case .drafted:
            fail(.cancelled)
            return .changed(.nothing)
        case .initiating where !mayHaveReachedBank:
            fail(.cancelled)
            return .changed(.nothing)
        case .awaitingApproval:
            attempts += 1
            deadline = now.addingTimeInterval(patience.call)
            return .changed(.cancel)
        case .initiating, .confirming, .executing:
            throw .notNow(state)
        case .settled, .failed:
            return .ignored
        }
    }

    // MARK: The bank's word, in a started state

    private mutating func believe(
        _ status: BankReport.Status, _ now: Date, _ patience: Patience
    ) -> TransferVerdict {
        switch (status, state) {
        case (.settled, _):
            finish(.settled)
            return .changed(.nothing)
        case (.rejected(let reason), _):
            fail(.rejected(reason))
            return .changed(.nothing)
        case (.denied, _):
            fail(.deniedByPayer)
            return .changed(.nothing)
        case (.expired, _):
            fail(.expired)
            return .changed(.nothing)
        case (.cancelled, _):
            fail(.cancelled)
            return .changed(.nothing)
        case (.approved, .awaitingApproval) where payment?.expects == nil:
            unansweredSince = nil
            return confirm(nil, now, patience)
        case (.approved, .confirming(let proof)) where confirmationEnds.map { $0 <= now } ?? true:
            unansweredSince = nil
            return confirm(proof, now, patience)
        case (.executing, .awaitingApproval), (.executing, .confirming):
            move(to: .executing, lookAgain: now.addingTimeInterval(patience.wait(beforeAttempt: 0)))
            return .changed(.nothing)
        case (.pending, _), (.approved, _), (.executing, _):
            // Among these: approved, but only the payer's return can bring the proof that the bank wants; or approved
            // when the bank was asked, and a confirmation is perhaps still on its way.
            return answered()
        }
    }

    /// An answer that moves nothing still ends the silence.
    private mutating func answered() -> TransferVerdict {
        guard unansweredSince != nil else { return .ignored }
        unansweredSince = nil
        return .changed(.nothing)
    }

    /// No success is believed from a bank that speaks of another payment: that is no answer. The next ones are heard
    /// again.
    private mutating func raiseAlarm(_ differences: [EchoDifference], _ now: Date) -> TransferVerdict {
        guard alarm != differences || unansweredSince == nil else { return .ignored }
        alarm = differences
        unansweredSince = unansweredSince ?? now
        return .changed(.nothing)
    }

    // MARK: Steps that several events share

    private mutating func initiate(_ choice: BankChoice, _ now: Date, _ patience: Patience) -> TransferVerdict {
        self.choice = choice
        uncertainInitiations += 1
        begin(.initiating, now, patience)
        return .changed(.initiate)
    }

    private mutating func confirm(_ proof: ApprovalProof?, _ now: Date, _ patience: Patience) -> TransferVerdict {
        begin(.confirming(proof), now, patience)
        confirmationEnds = deadline
        return .changed(.confirm(proof))
    }

    private mutating func ask(_ now: Date, _ patience: Patience) -> TransferVerdict {
        attempts += 1
        deadline = now.addingTimeInterval(patience.wait(beforeAttempt: attempts))
        return .changed(.ask)
    }

    private mutating func silent(sent: Bool, _ now: Date, _ patience: Patience) -> TransferVerdict {
        deadline = now.addingTimeInterval(patience.wait(beforeAttempt: attempts))
        if sent { unansweredSince = unansweredSince ?? now }
        return .changed(.nothing)
    }

    /// The payer may choose again; nobody else tries, because permit and caps are checked when the payer does.
    private mutating func unreached(_ now: Date, _ patience: Patience) -> TransferVerdict {
        deadline = now.addingTimeInterval(patience.draft)
        return .changed(.nothing)
    }

    /// Enters, or repeats, a state whose call is made at once.
    private mutating func begin(_ state: TransferState, _ now: Date, _ patience: Patience) {
        attempts = self.state == state ? attempts + 1 : 1
        self.state = state
        deadline = now.addingTimeInterval(patience.call)
    }

    private mutating func move(to state: TransferState, lookAgain: Date) {
        self.state = state
        attempts = 0
        unansweredSince = nil
        deadline = lookAgain
    }

    private mutating func finish(_ state: TransferState) {
        self.state = state
        attempts = 0
        unansweredSince = nil
        deadline = nil
    }

    private mutating func fail(_ reason: FailureReason) { finish(.failed(reason)) }
}

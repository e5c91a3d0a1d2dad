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
        guard case .changed(let effect) = verdict else { return .ignored }
        if effect != .nothing { next.requests += 1 }
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
        case .bankSilent(let sent, let rest): bankSilent(sent: sent, rest, now, patience)
        case .deadlinePassed: deadlinePassed(now, patience)
        case .bankNotified: bankNotified(now, patience)
        case .cancelRequested: try cancelRequested(now, patience)
        case .operatorReviewed: operatorReviewed(now)
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
            move(to: .awaitingApproval, now, patience)
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

    private mutating func bankSilent(
        sent: Bool, _ rest: Duration?, _ now: Date, _ patience: Patience
    ) -> TransferVerdict {
        switch state {
        case .initiating:
            if !sent { uncertainInitiations = max(0, uncertainInitiations - 1) }
            guard mayHaveReachedBank else { return unreached(now, patience) }
            return silent(sent: sent, rest, now, patience)
        case .awaitingApproval, .confirming, .executing:
            return silent(sent: sent, rest, now, patience)
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
            guard requests < patience.requests else { return stopAsking() }
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
        case .awaitingApproval where requests < patience.requests:
            attempts += 1
            deadline = now.addingTimeInterval(patience.call)
            return .changed(.cancel)
        case .initiating, .awaitingApproval, .confirming, .executing:
            throw .notNow(state)
        case .settled, .failed:
            return .ignored
        }
    }

    private mutating func operatorReviewed(_ now: Date) -> TransferVerdict {
        guard needsOperator || unansweredSince != nil else { return .ignored }
        alarm = []
        contradiction = nil
        requests = 0
        guard !state.isFinal else { return .changed(.nothing) }
        attempts = 0
        restsUntil = nil
        deadline = now
        return .changed(.nothing)
    }
}

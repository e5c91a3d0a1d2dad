import Foundation

extension PeculeGateway {
    /// Applies an event, makes it durable, does what follows from it at the bank, and makes the answer durable.
    func drive(
        _ transfer: Transfer, _ event: TransferEvent, within allowance: MonthlyAllowance? = nil
    ) async throws(PeculeError) -> (transfer: Transfer, fault: BankFault?) {
        let correlation = CorrelationID.current ?? CorrelationID(random: environment.randomBytes)
        let (kept, effect) = try await advance(transfer, event, within: allowance, in: correlation)
        do throws(PeculeError) {
            return try await follow(effect, of: kept, in: correlation)
        } catch {
            throw error.afterBankCall
        }
    }

    /// At most three calls: asking can show that a confirmation is due, and a confirmation or cancellation that the
    /// bank did not take is asked about once. What is then still open waits for the next look.
    private func follow(
        _ first: TransferEffect, of kept: Transfer, in correlation: CorrelationID
    ) async throws(PeculeError) -> (transfer: Transfer, fault: BankFault?) {
        var (current, effect) = (kept, first)
        var fault: BankFault?
        for _ in 0..<3 where effect != .nothing {
            let called = effect
            let answer = await perform(called, for: current, in: correlation)
            fault = answer.fault
            (current, effect) = try await advance(current, answer.event, in: correlation)
            if case .refused = fault, called != .ask, current.payment != nil {
                (current, effect) = try await advance(current, .bankNotified, in: correlation)
            }
        }
        return (current, fault)
    }

    /// Loads, applies, replaces; when somebody was faster, decides again on what is kept now. Who only wanted to ask
    /// takes what the faster one kept: a crowd of reloading pages asks once.
    private func advance(
        _ transfer: Transfer, _ event: TransferEvent, within allowance: MonthlyAllowance? = nil,
        in correlation: CorrelationID
    ) async throws(PeculeError) -> (Transfer, TransferEffect) {
        var current = transfer
        for _ in 0..<32 {
            var next = current
            let verdict: TransferVerdict
            do throws(TransferRefusal) {
                verdict = try next.apply(event, at: environment.now(), patience: patience(for: current, event))
            } catch {
                switch error {
                case .notNow(let state): throw .notNow(state)
                case .bankAlreadyChosen(let bank): throw .bankAlreadyChosen(bank)
                }
            }
            guard case .changed(let effect) = verdict else { return (current, .nothing) }
            let (changed, expected) = (next, current.version)
            let record = TransferRecord(next, because: event, in: correlation)
            let replacement = try await stored { () throws(StoreFault) in
                try await store.replace(changed, expecting: expected, recording: record, within: allowance)
            }
            switch replacement {
            case .replaced:
                onChange(TransferChange(next, record))
                return (next, effect)
            case .overAllowance(let left): throw .overMonthlyCap(left: left)
            case .versionConflict:
                current = try await load(current.id, by: current.order.payer.account)
                if effect == .ask { return (current, .nothing) }
            }
        }
        throw .busy
    }

    /// One call to the bank, turned into the event that its answer is.
    private func perform(
        _ effect: TransferEffect, for transfer: Transfer, in correlation: CorrelationID
    ) async -> (event: TransferEvent, fault: BankFault?) {
        guard let choice = transfer.choice, let provider = directory.provider(choice.bank) else {
            let fault = BankFault.notSent(.init(.misconfigured))
            return (Self.event(of: fault, after: effect), fault)
        }
        let start = environment.now()
        let (event, fault) = await Self.answer(effect, provider, transfer, choice)
        let end = environment.now()
        health.note(fault, of: choice.bank, at: end)
        if let step = effect.step {
            onCall(
                BankCall(
                    transfer: transfer.id, bank: choice.bank, step: step, fault: fault,
                    duration: max(0, end.timeIntervalSince(start)), correlation: correlation))
        }
        return (event, fault)
    }

    private static func answer(
        _ effect: TransferEffect, _ provider: any BankProvider, _ transfer: Transfer, _ choice: BankChoice
    ) async -> (event: TransferEvent, fault: BankFault?) {
        do throws(BankFault) { return (try await call(effect, provider, transfer, choice), nil) } catch {
            return (event(of: error, after: effect), error)
        }
    }

    private static func call(
        _ effect: TransferEffect, _ provider: any BankProvider, _ transfer: Transfer, _ choice: BankChoice
    ) async throws(BankFault) -> TransferEvent {
        if effect == .initiate { return .initiated(try await provider.initiate(transfer.order, choice)) }
        guard let payment = transfer.payment else { throw .notSent(.init(.misconfigured)) }
        switch effect {
        case .confirm(let proof):
            return .reported(try await provider.confirm(payment, of: transfer.order, choice, proof: proof))
        case .cancel:
            return .reported(try await provider.cancel(payment, of: transfer.order, choice))
        case .ask, .initiate, .nothing:
            return .reported(try await provider.report(payment, of: transfer.order))
        }
    }

    /// A refusal ends only what was never opened; later the bank has to say it of the payment itself.
    private static func event(of fault: BankFault, after effect: TransferEffect) -> TransferEvent {
        switch fault {
        case .refused(let reason, _) where effect == .initiate: .bankRefused(reason)
        // A question that was not asked leaves as much unknown as one that was not answered.
        case .notSent(let detail) where effect == .ask: .bankSilent(sent: true, retryAfter: detail.retryAfter)
        case .refused(_, let detail), .notSent(let detail): .bankSilent(sent: false, retryAfter: detail.retryAfter)
        case .outcomeUnknown(let detail): .bankSilent(sent: true, retryAfter: detail.retryAfter)
        }
    }

    /// That of the bank which the transfer is at, or is about to go to.
    private func patience(for transfer: Transfer, _ event: TransferEvent) -> Patience {
        let bank = if case .bankChosen(let choice) = event { choice.bank } else { transfer.choice?.bank }
        return bank.flatMap { directory.provider($0)?.bank.patience } ?? patience
    }

    func load(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> Transfer {
        let found = try await stored { () throws(StoreFault) in try await store.transfer(id) }
        guard let transfer = found, transfer.order.payer.account == payer else { throw .unknownTransfer }
        return transfer
    }

    func stored<Value>(
        _ operation: () async throws(StoreFault) -> Value
    ) async throws(PeculeError) -> Value {
        do throws(StoreFault) { return try await operation() } catch { throw .store(error) }
    }
}

extension TransferEffect {
    fileprivate var step: BankCall.Step? {
        switch self {
        case .initiate: .initiate
        case .confirm: .confirm
        case .ask: .ask
        case .cancel: .cancel
        case .nothing: nil
        }
    }
}

extension PeculeError {
    /// The bank was called, and what came of it could not be kept: "nothing was written" would read as "nothing moved".
    fileprivate var afterBankCall: PeculeError {
        switch self {
        case .store(.unavailable(let why)): .store(.outcomeUnknown(why))
        case .busy: .store(.outcomeUnknown("changed by others at the same time"))
        default: self
        }
    }
}

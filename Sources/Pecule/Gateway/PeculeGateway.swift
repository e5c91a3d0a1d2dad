import Foundation

/// The gateway, embedded: the calls of `PeculeService` on a store, permits and banks of the caller's choice.
///
/// Everything lasting is in the store, so that any number of gateways, in any number of processes, behave as one.
/// Each keeps for itself how the banks have answered lately.
public struct PeculeGateway: PeculeService {
    let store: any TransferStore
    let permits: any PermitStore
    let directory: BankDirectory
    let returnAddresses: Set<ReturnAddress>
    let environment: Environment
    let patience: Patience
    let onChange: @Sendable (TransferChange) -> Void
    let onCall: @Sendable (BankCall) -> Void
    let health = HealthBoard()

    /// - Parameters:
    ///   - returnAddresses: the only addresses that a bank may send browsers back to.
    ///   - patience: for banks that do not bring their own.
    ///   - onChange: called after every change of a transfer; what takes long there holds up the caller.
    ///   - onCall: called after every call to a bank.
    public init(
        store: any TransferStore, permits: any PermitStore, banks: BankDirectory,
        returnAddresses: Set<ReturnAddress>, environment: Environment = .system, patience: Patience = Patience(),
        onChange: @escaping @Sendable (TransferChange) -> Void = { _ in },
        onCall: @escaping @Sendable (BankCall) -> Void = { _ in }
    ) {
        self.store = store
        self.permits = permits
        directory = banks
        self.returnAddresses = returnAddresses
        self.environment = environment
        self.patience = patience
        self.onChange = onChange
        self.onCall = onCall
    }

    public func draft(
        _ id: TransferID, payer: Payer, permit: PermitNumber, amount: Amount
    ) async throws(PeculeError) -> TransferSummary {
        let transfer: Transfer
        do throws(PeculeError) {
            let (permit, establishment) = try await entitlement(payer, permit)
            try Self.check(amount, against: establishment.cap)
            let order = TransferOrder(
                id: id, payer: payer, permit: permit, establishment: establishment, amount: amount,
                at: environment.now())
            transfer = Transfer(order, patience: patience)
        } catch {
            // What was drafted before stays so, whatever has become of the permit since.
            let existing = try await stored { () throws(StoreFault) in try await store.transfer(id) }
            guard let existing else { throw error }
            return TransferSummary(try same(existing, payer, permit, amount))
        }
        switch try await stored({ () throws(StoreFault) in try await store.insert(transfer) }) {
        case .inserted: return TransferSummary(transfer)
        case .existing(let existing): return TransferSummary(try same(existing, payer, permit, amount))
        }
    }

    public func begin(
        _ id: TransferID, by payer: AccountID, at bank: BankID, from browser: BrowserSession,
        returningTo address: ReturnAddress, answering answers: [String: String], over connection: PayerConnection
    ) async throws(PeculeError) -> TransferSummary {
        let transfer = try await load(id, by: payer)
        guard returnAddresses.contains(address) else { throw .returnAddressNotAllowed }
        guard let provider = directory.provider(bank) else { throw .unknownBank }
        guard !transfer.reservesAllowance else { return TransferSummary(try await alreadyBegun(transfer, at: bank)) }
        guard !transfer.state.isFinal else { return TransferSummary(transfer) }
        guard provider.bank.limits.contains(transfer.order.amount) else { throw .bankLimits(provider.bank.limits) }

        let (permit, establishment) = try await entitlement(transfer.order.payer, transfer.order.permit)
        // What was drafted goes to a person and an account: where either is another one now, it may not leave.
        guard permit.detainee == transfer.order.detainee, establishment.payee == transfer.order.payee else {
            throw .permit(.changed)
        }
        try Self.check(transfer.order.amount, against: establishment.cap)
        let answers = try Self.answers(answers, to: provider.bank, connection)
        guard health.admits(bank, at: environment.now()) else { throw .bankDown }
        let choice = BankChoice(
            bank: bank, returnAddress: address, returnState: ReturnState(random: environment.randomBytes),
            browser: browser, chosenAt: environment.now(), answers: answers)
        let allowance = establishment.cap?.perMonth.map { limit in
            MonthlyAllowance(
                detainee: transfer.order.detainee.account, month: choice.month, limit: limit)
        }
        let (begun, fault) = try await drive(transfer, .bankChosen(choice), within: allowance)
        if begun.state == .initiating {
            if let fault { throw .bank(fault) }
            return TransferSummary(try await alreadyBegun(begun, at: bank))
        }
        return TransferSummary(begun)
    }

    public func resume(
        _ callback: BankCallback, from browser: BrowserSession
    ) async throws(PeculeError) -> TransferSummary {
        let found = try await stored({ () throws(StoreFault) in try await store.transfer(returning: callback.state) })
        // A state that was replaced by a later choice of bank belongs to no open payment.
        guard let transfer = found, let choice = transfer.choice, choice.returnState == callback.state
        else { throw .returnRefused(.unknownState) }
        guard choice.browser == browser else { throw .returnRefused(.otherBrowser) }
        let bank = directory.provider(choice.bank)?.bank
        // A code of one bank must not be shown to another (mix-up, RFC 9207).
        if let issuer = bank?.issuer, callback.issuer != issuer { throw .returnRefused(.otherIssuer) }
        let proof = callback.proof(transfer.payment?.expects, named: bank?.proofParameter)
        return TransferSummary(try await drive(transfer, .payerReturned(proof)).transfer)
    }

    public func transfer(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary {
        TransferSummary(try await load(id, by: payer))
    }

    public func refresh(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary {
        let transfer = try await load(id, by: payer)
        // Negative when the clock was set back: then nobody knows how old it is.
        let age = environment.now().timeIntervalSince(transfer.updatedAt)
        if (0..<patience.freshness).contains(age) { return TransferSummary(transfer) }
        return TransferSummary(try await drive(transfer, .bankNotified).transfer)
    }

    public func waitUntilFinal(
        _ id: TransferID, by payer: AccountID, within time: Duration
    ) async throws(PeculeError) -> TransferSummary {
        var pause = Duration.seconds(1)
        var left = time
        var transfer = try await refresh(id, by: payer)
        while !transfer.state.isFinal, left > .zero {
            guard (try? await environment.sleep(min(pause, left))) != nil else { break }
            left -= pause
            pause = min(pause * 3 / 2, .seconds(10))
            transfer = try await refresh(id, by: payer)
        }
        return transfer
    }

    public func cancel(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary {
        let (transfer, fault) = try await drive(try await load(id, by: payer), .cancelRequested)
        let summary = TransferSummary(transfer)
        if case .unknown = summary.outcome { return summary }
        guard !summary.state.isFinal else { return summary }
        if let fault { throw .bank(fault) }
        throw .notNow(transfer.state)
    }

    public func history(
        of payer: AccountID, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(PeculeError) -> TransferHistory {
        let limit = min(max(limit, 1), 100)
        let start = TransferHistory.start(at: environment.now())
        let found = try await stored { () throws(StoreFault) in
            try await store.history(of: payer, since: start, after: cursor, limit: limit + 1)
        }
        let page = Array(found.prefix(limit))
        let next = found.count > limit ? page.last.map(TransferHistory.Cursor.init) : nil
        return TransferHistory(transfers: page, next: next)
    }

    public func banks(matching search: String) async throws(PeculeError) -> [BankListing] {
        let now = environment.now()
        return directory.banks(matching: search).map { BankListing($0, health: health.health(of: $0.id, at: now)) }
    }
}

extension PeculeGateway {
    /// Somebody says that something has become of a transfer: a reason to ask the bank, and no more. Whoever says it,
    /// and however often, the bank is asked no sooner than `refresh` would.
    public func notified(_ id: TransferID) async {
        guard let transfer = try? await store.transfer(id) else { return }
        _ = try? await refresh(id, by: transfer.order.payer.account)
    }
}

extension PeculeGateway {
    /// Another call, perhaps of another process, began this transfer: its answer is this call's answer.
    private func alreadyBegun(_ transfer: Transfer, at bank: BankID) async throws(PeculeError) -> Transfer {
        if let chosen = transfer.choice?.bank, chosen != bank { throw .bankAlreadyChosen(chosen) }
        let end = environment.now().addingTimeInterval(patience.call)
        var transfer = transfer
        var pause = Duration.milliseconds(50)
        while transfer.state == .initiating, transfer.mayHaveReachedBank {
            if let deadline = transfer.deadline, deadline <= environment.now() {
                return try await drive(transfer, .deadlinePassed).transfer
            }
            guard environment.now() < end, (try? await environment.sleep(pause)) != nil else { break }
            pause = min(pause * 3 / 2, .seconds(1))
            transfer = try await load(transfer.id, by: transfer.order.payer.account)
        }
        return transfer
    }

    private func same(
        _ existing: Transfer, _ payer: Payer, _ permit: PermitNumber, _ amount: Amount
    ) throws(PeculeError) -> Transfer {
        let conflicts = existing.order.conflicts(payer: payer, permit: permit, amount: amount)
        guard conflicts.isEmpty else { throw .conflict(conflicts) }
        return existing
    }

    private func entitlement(
        _ payer: Payer, _ number: PermitNumber
    ) async throws(PeculeError) -> (VisitPermit, Establishment) {
        let permit = try await stored { () throws(StoreFault) in try await permits.permit(number) }
        guard let permit else { throw .permit(.unknown) }
        if let refusal = permit.refusal(for: payer) { throw .permit(refusal) }
        let establishment = try await stored { () throws(StoreFault) in
            try await permits.establishment(permit.detainee.establishment)
        }
        guard let establishment, establishment.acceptsTransfers else { throw .permit(.establishmentClosed) }
        return (permit, establishment)
    }

    private static func answers(
        _ texts: [String: String], to bank: Bank, _ connection: PayerConnection
    ) throws(PeculeError) -> BankAnswers {
        do throws(BankAnswerProblems) {
            return try BankAnswers(texts, to: bank.questions, from: connection)
        } catch {
            throw .bankNeeds(error)
        }
    }

    private static func check(_ amount: Amount, against cap: TransferCap?) throws(PeculeError) {
        if let limit = cap?.most, amount > limit { throw .overCap(limit) }
    }
}

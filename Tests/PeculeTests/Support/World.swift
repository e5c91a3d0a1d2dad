import Foundation
import Pecule

/// A gateway with everything around it in memory: one establishment, one registered permit, scripted banks.
struct World: Sendable {
    let clock: ManualClock
    let store: InMemoryStore
    let bank: ScriptedBank
    let gateway: PeculeGateway
    let patience: Patience

    init(
        _ bank: ScriptedBank = ScriptedBank(), others: [ScriptedBank] = [], cap: TransferCap? = nil,
        clock: ManualClock = ManualClock(), patience: Patience = Patience(),
        through wrap: (InMemoryStore) -> any TransferStore = { $0 },
        onChange: @escaping @Sendable (TransferChange) -> Void = { _ in }
    ) {
        self.patience = patience
        self.clock = clock
        self.bank = bank
        store = InMemoryStore(establishments: [Sample.establishment(cap: cap)], permits: [Sample.permit()])
        guard let directory = try? BankDirectory([bank] + others) else { preconditionFailure("two banks are one") }
        gateway = PeculeGateway(
            store: wrap(store), permits: store, banks: directory, returnAddresses: [Sample.portal],
            environment: clock.environment(), patience: patience, onChange: onChange)
    }

    @discardableResult
    func draft(
        _ id: String = "T-1", cents: Int = 4_250, by payer: Payer = Sample.payer
    ) async throws -> TransferSummary {
        try await gateway.draft(
            Sample.id(id), payer: payer, permit: Sample.permitNumber, amount: Sample.amount(cents))
    }

    @discardableResult
    func begin(
        _ id: String = "T-1", at bank: String = "deux-rives", by payer: Payer = Sample.payer,
        from browser: BrowserSession = Sample.browser
    ) async throws -> TransferSummary {
        try await gateway.begin(
            Sample.id(id), by: payer.account, at: Sample.bank(bank), from: browser, returningTo: Sample.portal)
    }

    /// Drafted, begun, and waiting for the payer at the bank.
    @discardableResult
    func underway(
        _ id: String = "T-1", cents: Int = 4_250, at bank: String = "deux-rives"
    ) async throws -> TransferSummary {
        try await draft(id, cents: cents)
        return try await begin(id, at: bank)
    }

    /// The browser comes back from the bank with these parameters beside the state.
    @discardableResult
    func resume(
        _ id: String = "T-1", _ parameters: String = "", from browser: BrowserSession = Sample.browser
    ) async throws -> TransferSummary {
        guard let choice = kept(id).choice else { preconditionFailure("no bank was chosen") }
        return try await gateway.resume(
            try BankCallback(query: "state=\(choice.returnState.revealed)\(parameters)"), from: browser)
    }

    @discardableResult
    func refresh(_ id: String = "T-1") async throws -> TransferSummary {
        clock.advance(patience.freshness)
        return try await gateway.refresh(Sample.id(id), by: Sample.payer.account)
    }

    @discardableResult
    func cancel(_ id: String = "T-1") async throws -> TransferSummary {
        try await gateway.cancel(Sample.id(id), by: Sample.payer.account)
    }

    /// Lets the longest wait pass and sweeps, so many times.
    func sweep(times: Int = 1) async throws {
        for _ in 0..<times {
            clock.advance(patience.longestWait)
            try await Sweeper(gateway).sweep()
        }
    }

    /// What the payer's portal sees of what is kept.
    func shown(_ id: String = "T-1") -> TransferSummary { TransferSummary(kept(id)) }

    func kept(_ id: String = "T-1") -> Transfer {
        guard let transfer = store.transfer(Sample.id(id)) else { preconditionFailure("no transfer \(id)") }
        return transfer
    }
}

import Pecule

/// A relative with one transfer in mind, good and bad habits, and a browser: what he does on the portal.
struct SimulatedPayer {
    /// The trouble is over, and with it everything that payers do.
    struct Gone: Error {}

    let world: World
    let errand: Errand
    let habits: Habits

    init(_ errand: Errand, in world: World) {
        self.errand = errand
        self.world = world
        habits = Habits(world.executor)
    }

    func live() async {
        // He leaves when the trouble ends, wherever he is.
        try? await walk()
    }

    private func walk() async throws(Gone) {
        try await pause(world.rush)
        guard try await draft() else { return }
        if habits.cancels, habits.reloads { cancelWithin(1_000) }
        guard let begun = try await begin() else { return }
        if habits.cancels { cancelWithin(60_000) }
        if habits.forges { try await forge() }
        if does(habits.isNotifiedFalsely, .forgedNotification) { notifyWithin(30_000) }
        switch begun.outcome {
        case .approve(.redirect(let link, _)):
            guard let query = try await visit(link) else { break }
            notify()
            try await comeBack(query)
        case .approve(.decoupled):
            try await takeUpTelephone(begun)
            notify()
        default: break
        }
        if habits.watches { try await watch() }
    }

    func pause(_ most: Int) async throws(Gone) {
        await world.executor.wait(1 + world.executor.below(most))
        if !world.isTroubled { throw Gone() }
    }

    func does(_ habit: Bool, _ fault: Fault) -> Bool {
        if habit { world.count(fault, errand.id) }
        return habit
    }

    private func later(_ most: Int, _ body: @escaping @Sendable () async -> Void) {
        world.executor.start { [self] in
            guard (try? await pause(most)) != nil else { return }
            await body()
        }
    }

    func ask<Value>(
        _ body: (PeculeGateway) async throws(PeculeError) -> Value
    ) async -> Result<Value, PeculeError>? {
        await world.someProcess?.call(body) ?? nil
    }

    // MARK: Before the bank

    private func draft() async throws(Gone) -> Bool {
        if habits.doubleClicks { world.executor.start { [self] in _ = await order() } }
        for _ in 0..<8 {
            if case .success = await order() { return true }
            try await pause(10_000)
        }
        return false
    }

    private func order() async -> Result<TransferSummary, PeculeError>? {
        let errand = errand
        return await ask { gateway throws(PeculeError) in
            try await gateway.draft(errand.id, payer: errand.payer, permit: errand.permit, amount: errand.amount)
        }
    }

    private func choose() async -> Result<TransferSummary, PeculeError>? {
        let errand = errand
        return await ask { gateway throws(PeculeError) in
            try await gateway.begin(
                errand.id, by: errand.payer.account, at: errand.bank, from: errand.browser,
                returningTo: Town.known(ReturnAddress(World.returnAddress)), answering: errand.answers,
                over: Town.connection)
        }
    }

    /// - Returns: what waits for the payer's approval, when the bank opened it.
    private func begin() async throws(Gone) -> TransferSummary? {
        if does(habits.doubleClicks, .doubleClick) { world.executor.start { [self] in _ = await choose() } }
        for _ in 0..<10 {
            switch await choose() {
            case .success(let transfer):
                if case .approve = transfer.outcome { return transfer }
                if transfer.state.isFinal { return nil }
            case .failure(let error):
                world.oracle.note("begin: \(error.code)", of: errand.id)
                if error.retry == .askPayer || error.retry == .never { return nil }
            case nil: break
            }
            try await pause(20_000)
        }
        return nil
    }

    // MARK: After the bank

    private func refresh() async {
        let errand = errand
        _ = await ask { gateway throws(PeculeError) in
            try await gateway.refresh(errand.id, by: errand.payer.account)
        }
    }

    private func watch() async throws(Gone) {
        for _ in 0..<3 {
            try await pause(15_000)
            await refresh()
        }
    }

    private func cancelWithin(_ most: Int) {
        world.count(.cancellation, errand.id)
        later(most) { [self] in
            let errand = errand
            _ = await ask { gateway throws(PeculeError) in
                try await gateway.cancel(errand.id, by: errand.payer.account)
            }
        }
    }

    private func comeBack(_ query: String) async throws(Gone) {
        if does(habits.neverComes, .noReturn) { return }
        if does(habits.comesLate, .lateReturn) { try await pause(200_000) }
        if does(habits.usesAnotherBrowser, .foreignReturn) { await present(query, stranger: true) }
        if does(habits.comesTwice, .doubledReturn) { later(2_000) { [self] in _ = await present(query) } }
        for _ in 0..<3 {
            if await present(query) { return }
            try await pause(10_000)
        }
    }

    /// - Returns: whether the portal understood.
    @discardableResult
    private func present(_ query: String, stranger: Bool = false) async -> Bool {
        guard let callback = try? BankCallback(query: query) else { return true }
        let other = Town.known(BrowserSession("another-browser-altogether"))
        let browser = stranger && world.mutant != .takesAnyBrowser ? other : errand.browser
        let answer = await ask { gateway throws(PeculeError) in try await gateway.resume(callback, from: browser) }
        if case .success(let transfer) = answer {
            MutantPortal(world: world).resumed(transfer.id, query)
            if stranger { world.oracle.report(.returnOfOwner, errand.id, "its return was taken") }
        }
        guard case .success = answer else { return false }
        return true
    }

    /// Knows the right state, and invents the rest.
    private func forge() async throws(Gone) {
        guard let state = world.oracle.known[errand.id]?.choice?.returnState.revealed else { return }
        world.count(.forgedReturn, errand.id)
        let proofs = ["", "&code=forged", "&psuAuthenticationFactor=forged", "&error=access_denied"]
        await present("state=\(state)\(proofs[world.executor.below(proofs.count)])")
    }

    // MARK: What the bank tells the gateway

    private func notify() {
        guard does(habits.isNotified, .notification) else { return }
        notifyWithin(does(habits.isNotifiedLate, .lateNotification) ? 120_000 : 3_000)
        if does(habits.isNotifiedTwice, .doubledNotification) { notifyWithin(10_000) }
    }

    private func notifyWithin(_ most: Int) {
        later(most) { [self] in
            MutantPortal(world: world).notified(errand.id)
            await refresh()
        }
    }
}

import Pecule

/// A relative with one transfer in mind, good and bad habits, and a browser.
struct SimulatedPayer {
    let world: World
    let errand: Errand
    let processes: [GatewayProcess]
    let habits: Habits

    init(_ errand: Errand, in world: World, _ processes: [GatewayProcess]) {
        self.errand = errand
        self.world = world
        self.processes = processes
        habits = Habits(world.executor)
    }

    func live() async {
        await pause(world.rush)
        guard await draft(), let link = await begin() else { return }
        if habits.cancels { cancelSometime() }
        if habits.forges { await forge() }
        if let query = await visit(link) { await comeBack(query) }
        if habits.watches { await watch() }
    }

    private func pause(_ most: Int) async {
        // Nobody cancels a payer.
        _ = try? await world.executor.wait(1 + world.executor.below(most))
    }

    private func does(_ habit: Bool, _ fault: Fault) -> Bool {
        if habit { world.count(fault) }
        return habit
    }

    private func ask<Value: Sendable>(
        _ body: @escaping @Sendable (PeculeGateway) async throws(PeculeError) -> Value
    ) async -> Result<Value, PeculeError>? {
        await processes[world.executor.below(processes.count)].call(body)
    }

    // MARK: On the portal

    private func draft() async -> Bool {
        for _ in 0..<8 {
            let errand = errand
            let answer = await ask { gateway throws(PeculeError) in
                try await gateway.draft(
                    errand.id, payer: errand.payer, permit: errand.permit, amount: errand.amount)
            }
            if case .success = answer { return true }
            await pause(10_000)
        }
        return false
    }

    private func choose() async -> Result<Transfer, PeculeError>? {
        let errand = errand
        return await ask { gateway throws(PeculeError) in
            try await gateway.begin(
                errand.id, by: errand.payer.account, at: errand.bank, from: errand.browser,
                returningTo: Town.known(ReturnAddress(World.returnAddress)))
        }
    }

    /// - Returns: the link to the bank, when one was to be had.
    private func begin() async -> String? {
        if does(habits.doubleClicks, .doubleClick) { world.executor.start { [self] in _ = await choose() } }
        for _ in 0..<10 {
            switch await choose() {
            case .success(let transfer):
                if case .approve(.redirect(let link, _)) = transfer.outcome { return link }
                if transfer.state.isFinal { return nil }
            case .failure(let error):
                world.oracle.note("begin: \(error.code)", of: errand.id)
                if error.retry == .askPayer || error.retry == .never { return nil }
            case nil: break
            }
            await pause(20_000)
        }
        return nil
    }

    private func refresh() async {
        let errand = errand
        _ = await ask { gateway throws(PeculeError) in
            try await gateway.refresh(errand.id, by: errand.payer.account)
        }
    }

    private func watch() async {
        for _ in 0..<4 {
            await pause(15_000)
            await refresh()
        }
    }

    private func cancelSometime() {
        world.count(.cancellation)
        world.executor.start { [self] in
            await pause(120_000)
            let errand = errand
            _ = await ask { gateway throws(PeculeError) in
                try await gateway.cancel(errand.id, by: errand.payer.account)
            }
        }
    }

    // MARK: At the bank

    /// - Returns: the query with which the bank sends the browser back, if the payer got so far.
    private func visit(_ link: String) async -> String? {
        var browser = WebBrowser(world)
        var place = await browser.open(link)
        for _ in 0..<14 {
            switch place {
            case .lost: return nil
            case .portal(let query): return query
            case .page(let page):
                if habits.abandons, world.executor.below(4) == 0, does(true, .abandon) { return nil }
                await pause(habits.comesLate ? 60_000 : 8_000)
                if habits.reloads, world.executor.below(3) == 0, does(true, .reload) { place = await browser.reload() }
                guard let next = await answer(page, in: &browser) else { return nil }
                place = next
            }
        }
        return nil
    }

    private func answer(_ page: WebPage, in browser: inout WebBrowser) async -> WebBrowser.Place? {
        let isTwice = habits.doubleClicks && world.executor.below(2) == 0
        if isTwice { world.count(.doubleClick) }
        if let form = page.forms.first(where: { $0.field("password") != nil }) {
            let password = habits.mistypes && world.executor.below(3) == 0 ? "demi" : "demo"
            return await browser.submit(form, ["login": errand.login, "password": password], twice: isTwice)
        }
        if let form = page.forms.first(where: { $0.field("account") != nil }) {
            return await browser.submit(form, [:], twice: isTwice)
        }
        if habits.refuses, let form = page.forms.first(where: { $0.button == "Refuser" }) {
            return await browser.submit(form, [:], twice: isTwice)
        }
        if let form = page.forms.first(where: { $0.field("code") != nil }) {
            let isWrong = habits.mistypes && world.executor.below(3) < 2 && does(true, .mistype)
            let code = isWrong ? "000000" : page.texts["code-recu"] ?? ""
            return await browser.submit(form, ["code": code], twice: isTwice)
        }
        guard let link = page.links.first else { return nil }
        return await browser.open(link.hasPrefix("/") ? World.bankOrigin + link : link)
    }

    // MARK: Back

    private func comeBack(_ query: String) async {
        if does(habits.neverComes, .noReturn) { return }
        if does(habits.comesLate, .lateReturn) { await pause(1_200_000) }
        if does(habits.usesAnotherBrowser, .foreignReturn) { await present(query, stranger: true) }
        if does(habits.comesTwice, .doubledReturn) {
            world.executor.start { [self] in
                await pause(2_000)
                await present(query)
            }
        }
        for _ in 0..<3 {
            if await present(query) { return }
            await pause(10_000)
        }
    }

    /// - Returns: whether the portal understood.
    @discardableResult
    private func present(_ query: String, stranger: Bool = false) async -> Bool {
        guard let callback = try? BankCallback(query: query) else { return true }
        let browser = stranger ? Town.known(BrowserSession("another-browser-altogether")) : errand.browser
        let answer = await ask { gateway throws(PeculeError) in try await gateway.resume(callback, from: browser) }
        if world.mutant == .believesCallback, case .success(let transfer) = answer { believe(transfer) }
        guard case .success = answer else { return false }
        if stranger { world.oracle.report("C4 another browser", errand.id, "its return was taken") }
        return true
    }

    /// Knows the right state, and invents the rest.
    private func forge() async {
        guard let state = world.store.transfer(errand.id)?.choice?.returnState.revealed else { return }
        world.count(.forgedReturn)
        let proofs = ["", "&code=forged", "&psuAuthenticationFactor=forged", "&error=access_denied"]
        await present("state=\(state)\(proofs[world.executor.below(proofs.count)])")
    }

    // MARK: A planted bug

    private func believe(_ transfer: Transfer) {
        var next = transfer
        let event = TransferEvent.reported(BankReport(.settled, echo: PaymentEcho(of: transfer.order)))
        _ = try? next.apply(event, at: world.environment.now(), patience: Patience())
        let record = TransferRecord(next, because: event, in: world.correlation)
        let answer = try? world.store.replace(next, expecting: transfer.version, recording: record, within: nil)
        guard answer == .replaced else { return }
        world.oracle.replaced(next, because: record, within: nil)
    }
}

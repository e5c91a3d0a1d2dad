import Pecule

// At the bank: the real pages of the mock bank, read and answered.
extension SimulatedPayer {
    /// - Returns: the query with which the bank sends the browser back, if the payer got so far.
    func visit(_ link: String) async throws(Gone) -> String? {
        var browser = WebBrowser(world)
        var place = await browser.open(link)
        for _ in 0..<9 {
            switch place {
            case .lost: return nil
            case .portal(let query): return query
            case .page(let page):
                if habits.abandons, world.executor.below(4) == 0, does(true, .abandon) { return nil }
                try await pause(habits.comesLate ? 30_000 : 8_000)
                if habits.reloads, world.executor.below(3) == 0, does(true, .reload) { place = await browser.reload() }
                guard let next = await answer(page, in: &browser) else { return nil }
                place = next
            }
        }
        return nil
    }

    private func answer(_ page: WebPage, in browser: inout WebBrowser) async -> WebBrowser.Place? {
        let isTwice = does(habits.doubleClicks && world.executor.below(2) == 0, .doubleClick)
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
            let code = isWrong ? "000000" : page.text("code-recu") ?? ""
            return await browser.submit(form, ["code": code], twice: isTwice)
        }
        guard let link = page.links.first else { return nil }
        return await browser.open(link.hasPrefix("/") ? World.bankOrigin + link : link)
    }

    /// Where the bank asks on a telephone: looks whether it rings, and answers.
    func takeUpTelephone(_ transfer: TransferSummary) async throws(Gone) {
        guard let payment = transfer.bankReference else { return }
        var browser = WebBrowser(world)
        for _ in 0..<3 {
            try await pause(habits.comesLate ? 60_000 : 8_000)
            if does(habits.abandons && world.executor.below(4) == 0, .abandon) { return }
            let place = await browser.open("\(World.bankOrigin)/\(errand.bank.text)/phone/\(errand.login)")
            guard case .page(let page) = place else { continue }
            let asked = page.forms.filter { $0.action.contains("/\(payment)/") }
            let label = habits.cancels ? "Annuler le virement" : habits.refuses ? "Refuser" : "Approuver"
            guard let form = asked.first(where: { $0.button == label }) ?? asked.first else { continue }
            let isTwice = does(habits.doubleClicks && world.executor.below(2) == 0, .doubleClick)
            _ = await browser.submit(form, [:], twice: isTwice)
            if !habits.cancels { return }
        }
    }
}

import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Testing

/// Whatever initiators and payers do, in any order: money is neither made nor lost, and nobody pays twice.
@Suite struct RandomWalkTests {
    @Test(arguments: 1...200)
    func moneyIsConserved(seed: UInt64) async throws {
        var walk = Walk(seed: seed)
        for _ in 1...40 {
            await walk.step()
            try #require(walk.world.imbalance == 0, "seed \(seed)")
            let entries = walk.world.bank.ledger().filter { $0.kind == "execution" }
            let ids = entries.map { $0.bank + ($0.endToEndID ?? "") }
            try #require(Set(ids).count == ids.count, "seed \(seed): a second debit")
            let payments = walk.world.bank.payments()
            for entry in entries {
                let payment = try #require(payments.first { $0.id == entry.paymentID })
                try #require(payment.isApproved && payment.amountCents == entry.amountCents, "seed \(seed)")
                try #require(["ACSP", "ACSC"].contains(payment.status), "seed \(seed): \(payment.status)")
            }
            for payment in payments where ["ACSP", "ACSC"].contains(payment.status) {
                try #require(entries.contains { $0.paymentID == payment.id }, "seed \(seed): paid without a debit")
            }
            try #require(walk.world.bank.accounts().allSatisfy { $0.balanceCents >= 0 }, "seed \(seed): overdrawn")
            try #require(walk.forgot == nil, "seed \(seed): \(walk.forgot ?? "")")
        }
    }

    /// Not a test of the walk's luck: over all seeds, every ending is really reached.
    @Test func theWalksReachEveryEnding() async {
        var endings: Set<String> = []
        for seed: UInt64 in 1...60 {
            var walk = Walk(seed: seed)
            for _ in 1...40 { await walk.step() }
            endings.formUnion(walk.world.bank.payments().map(\.status))
        }
        #expect(endings.isSuperset(of: ["RCVD", "ACTC", "ACCP", "ACCO", "PDNG", "ACSP", "ACSC", "RJCT", "CANC"]))
    }
}

/// One random course of requests, pages and time.
private struct Walk {
    let world: World
    private var random: Random
    private var known: [Known] = []
    /// A final status that was left again.
    private(set) var forgot: String?
    private var finals: [String: String] = [:]

    private struct Known {
        let initiator: Initiator
        let order: OrderText
        let opened: Initiator.Opened
        var returned: String?
    }

    init(seed: UInt64) {
        world = World(seed: seed)
        random = Random(seed: seed ^ 0xBA2C)
    }

    mutating func step() async {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: await post()
        case 2, 3: await approve()
        case 4, 5: await confirm()
        case 6: await refuse()
        case 7: await cancel()
        case 8: await read()
        default: world.advance(by: [0.5, 1, 30, 61, 400, 901].randomElement(using: &random) ?? 1)
        }
        for payment in world.bank.payments() {
            if let final = finals[payment.id], final != payment.status { forgot = "\(final) became \(payment.status)" }
            if ["ACSC", "RJCT", "CANC"].contains(payment.status) { finals[payment.id] = payment.status }
        }
    }

    private mutating func post() async {
        let profile = MockBankProfile.fictional.randomElement(using: &random) ?? .named("phare")
        let initiator = Initiator(world: world, profile: profile)
        let number = Int.random(in: 1...6, using: &random)
        let amount = ["5.00", "42.50", "79.99", "900"].randomElement(using: &random) ?? "5.00"
        let order = OrderText(id: "P\(number)", endToEndID: "E\(number % 4)", amount: amount)
        if let opened = await initiator.open(order) {
            known.append(Known(initiator: initiator, order: order, opened: opened))
        }
    }

    private mutating func approve() async {
        guard let index = known.indices.randomElement(using: &random) else { return }
        var browser = Browser(world)
        let login = ["camille", "camille", "noe", "refus", "attente", "expire"].randomElement(using: &random) ?? "noe"
        await browser.reachConfirmation(known[index].opened.link, as: login)
        let clicks = Int.random(in: 1...2, using: &random)
        let form = Markup.forms(in: browser.html).first { $0.action.hasSuffix("/confirm") }
        let code = browser.code
        for _ in 0..<clicks {
            if let form { await browser.send(form.action, form.hidden + [("code", code)]) }
            known[index].returned = browser.left ?? known[index].returned
        }
    }

    private mutating func confirm() async {
        guard let item = known.randomElement(using: &random), let returned = item.returned else { return }
        _ = await item.initiator.confirm(item.opened, returned: returned)
    }

    private mutating func refuse() async {
        guard let item = known.randomElement(using: &random) else { return }
        var browser = Browser(world)
        await browser.open(item.opened.link)
        await browser.refuse()
    }

    private mutating func cancel() async {
        guard let item = known.randomElement(using: &random) else { return }
        _ = await item.initiator.cancel(item.opened.id, item.order)
    }

    private mutating func read() async {
        guard let item = known.randomElement(using: &random) else { return }
        _ = await item.initiator.status(item.opened.id)
    }
}

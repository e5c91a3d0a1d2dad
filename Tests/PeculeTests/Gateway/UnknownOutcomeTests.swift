import Foundation
import Pecule
import Testing

/// Calls whose answer is lost, refused or about another payment: what is kept, what the payer is told, and who
/// finds out.
@Suite(.timeLimit(.minutes(1))) struct UnknownOutcomeTests {
    @Test func atInitiate() async throws {
        let world = World()
        world.bank.next(.initiate, .lost)
        try await world.draft()
        let error = await refusal { try await world.begin() }
        #expect(error == .bank(.timeout))
        #expect(error?.retry == .readAgain)
        #expect(error?.moneyMayHaveMoved == true)
        #expect(world.kept().state == .initiating)
        #expect(world.kept().outcome == .unknown(since: world.clock.now))
        #expect(world.kept().reservesAllowance)
        #expect(await refusal { try await world.cancel() } == .notNow(.initiating))

        try await world.sweep()
        #expect(world.kept().state == .awaitingApproval)
        #expect(world.bank.trace == "initiate, initiate")
        #expect(Set(world.bank.orders).count == 1)
        #expect(Set(world.bank.choices).count == 1)
    }

    @Test func notSentAtInitiate() async throws {
        let world = World()
        world.bank.next(.initiate, .fault(.notSent(.init(.tooManyRequests, retryAfter: .seconds(7)))))
        try await world.draft()
        let error = await refusal { try await world.begin() }
        #expect(error?.retry == .after(.seconds(7)))
        #expect(error?.moneyMayHaveMoved == false)
        #expect(world.kept().outcome == .chooseBank)
        #expect(!world.kept().reservesAllowance)
        #expect(try await world.begin().state == .awaitingApproval)
    }

    @Test(arguments: [BankReport.Status.settled, .executing])
    func atConfirm(_ status: BankReport.Status) async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        try await world.underway()
        world.bank.says(.approved)
        world.bank.onConfirmation(status)
        world.bank.next(.confirm, .lost)
        let unknown = try await world.resume("T-1", "&code=xyz")
        #expect(unknown.state == .confirming(nil))
        #expect(unknown.outcome == .unknown(since: world.clock.now))
        try await world.sweep()
        #expect(world.kept().state == (status == .settled ? .settled : .executing))
        #expect(world.kept().unansweredSince == nil)
        #expect(world.bank.trace == "initiate, confirm with authorizationCode, ask")
    }

    /// The bank never got the confirmation: it is repeated with the same proof, but never beside the first.
    @Test func confirmationThatNeverArrived() async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        try await world.underway()
        world.bank.says(.approved)
        world.bank.next(.confirm, .fault(.timeout))
        try await world.resume("T-1", "&code=xyz")
        #expect(try await world.refresh().outcome == .underway)
        #expect(world.bank.count(.confirm) == 1)
        world.clock.advance(world.patience.call)
        #expect(try await world.refresh().state == .settled)
        #expect(world.bank.trace.hasSuffix("ask, confirm with authorizationCode"))
    }

    @Test func atAsk() async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.ask, .lost)
        let since = world.clock.now + world.patience.freshness
        #expect(try await world.refresh().outcome == .unknown(since: since))
        world.bank.next(.ask, .lost)
        #expect(try await world.refresh().outcome == .unknown(since: since))
        let link = ApprovalStep.redirect(to: "https://bank.example/approve/1", expires: nil)
        #expect(try await world.refresh().outcome == .approve(link))
    }

    /// A bank that cannot even be asked leaves as much unknown.
    @Test func atAskUnsent() async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.ask, .fault(.notSent(.init(.unreachable))))
        let since = world.clock.now + world.patience.freshness
        #expect(try await world.refresh().outcome == .unknown(since: since))
    }

    @Test(arguments: [
        (BankFault.notSent(.init(.unreachable)), PeculeError.bank(.notSent(.init(.unreachable)))),
        (.refused(RejectionReason("FF01"), .init(.unsupported)), .notNow(.awaitingApproval)),
    ])
    func cancellingSaysThatTheBankDidNotTakeIt(_ fault: BankFault, error: PeculeError) async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.cancel, .fault(fault))
        await #expect(throws: error) { try await world.cancel() }
        #expect(world.kept().state == .awaitingApproval)
    }

    @Test func atCancel() async throws {
        let world = World()
        try await world.underway()
        world.bank.next(.cancel, .lost)
        #expect(try await world.cancel().outcome == .unknown(since: world.clock.now))
        try await world.sweep()
        #expect(world.kept().state == .failed(.cancelled))
    }

    /// The bank does not accept the confirmation; only its word on the payment itself ends the transfer.
    @Test(arguments: [
        (BankReport.Status.rejected(.insufficientFunds), TransferState.failed(.rejected(.insufficientFunds))),
        (.expired, .failed(.expired)),
        (.settled, .settled),
        (.pending, .confirming(nil)),
        (.approved, .confirming(nil)),
    ])
    func refusedAtConfirm(_ status: BankReport.Status, state: TransferState) async throws {
        let world = World()
        let begun = try await world.underway()
        world.bank.says(.approved)
        world.bank.next(.confirm, .fault(.insufficientFunds))
        let gate = world.bank.hold(.confirm)
        async let resumed = world.resume()
        try await gate.arrival()
        world.bank.says(status)
        gate.open()
        #expect(try await resumed.state == state)
        #expect(world.bank.trace == "initiate, ask, confirm, ask")
        #expect(world.kept().version > begun.version)
    }

    /// The bank speaks of another payment: an alarm, and no success until it speaks of this one.
    @Test(arguments: [
        (Sample.echo(of: Sample.order(), amount: Sample.amount(4_251)), "amount: "),
        (PaymentEcho(amount: nil, currency: "EUR", creditor: Sample.payee.iban, endToEndID: "T-1"), "amount: "),
        (Sample.echo(of: Sample.order(), currency: "USD"), "currency: "),
        (Sample.echo(of: Sample.order(), currency: "EUR\nsettled"), "currency: "),
        (Sample.echo(of: Sample.order(), currency: nil), "currency: "),
        (Sample.echo(of: Sample.order(), creditor: Sample.iban("FR7699992000420000009876566")), "creditor account: "),
        (Sample.echo(of: Sample.order(), endToEndID: "T-2"), "end-to-end id: "),
    ])
    func differingEcho(_ echo: PaymentEcho, alarm: String) async throws {
        let world = World()
        try await world.underway()
        world.bank.says(.settled)
        world.bank.next(.ask, .echoing(echo), .echoing(echo))
        let since = world.clock.now + world.patience.freshness
        for _ in 0..<2 {
            let alarmed = try await world.refresh()
            #expect(alarmed.state == .awaitingApproval)
            #expect(world.kept().alarm.map(\.description).map { $0.hasPrefix(alarm) } == [true])
            #expect(!"\(world.kept().alarm)".contains("\n"))
            #expect(alarmed.outcome == .unknown(since: since))
        }
        let settled = try await world.refresh()
        #expect(settled.state == .settled)
        #expect(!world.kept().alarm.isEmpty)
    }

    /// Every difference at once, on a confirmation.
    @Test func echoOfAnotherPaymentOnConfirmation() async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        try await world.underway()
        let other = PaymentEcho(amount: nil, currency: nil, creditor: nil, endToEndID: nil)
        world.bank.next(.confirm, .echoing(other))
        let alarmed = try await world.resume("T-1", "&code=xyz")
        #expect(alarmed.state == .confirming(nil))
        #expect(world.kept().state == .confirming(.authorizationCode("xyz")))
        #expect(world.kept().alarm.count == 4)
        #expect(world.kept().deadline != nil)
    }

    /// The caller goes away while the bank is being called: what the bank did is found out all the same.
    @Test(arguments: ScriptedBank.Step.allCases)
    func theCallerGoesAway(_ call: ScriptedBank.Step) async throws {
        let world = World(ScriptedBank(expects: .authorizationCode))
        if call == .initiate { try await world.draft() } else { try await world.underway() }
        let gate = world.bank.hold(call)
        let task = Task {
            switch call {
            case .initiate: _ = try await world.begin()
            case .confirm: _ = try await world.resume("T-1", "&code=xyz")
            case .ask: _ = try await world.refresh()
            case .cancel: _ = try await world.cancel()
            }
        }
        try await gate.arrival()
        task.cancel()
        _ = await task.result
        #expect(world.kept().unansweredSince == world.clock.now)
        gate.open()
        world.bank.says(.settled)
        try await world.sweep(times: 2)
        #expect(world.kept().state == .settled)
    }
}

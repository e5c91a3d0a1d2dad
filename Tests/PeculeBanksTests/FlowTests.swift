import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

/// A gateway with one bank, and the payer who walks through it.
private struct Walk {
    let bank: ScriptedBank
    let clock = TestClock()
    let gateway: PeculeGateway
    private let store = InMemoryStore()
    let id: TransferID

    init(
        _ flow: RedirectFlow, _ version: STETVersion, confirmNow: String = "ACTC",
        _ script: [String: [ScriptedBank.Reply]]
    ) throws {
        let link: JSON = "https://oauth.bank.example/authorize?response_type=code&context=8c41"
        let opened = [ScriptedBank.open: [ScriptedBank.Reply.answer(Answer.opened(link: link))]]
        bank = ScriptedBank(script.merging(opened) { given, _ in given })
        id = try #require(TransferID("T1"))
        let profile = try BankProfile(.object(Sample.document(flow, version, confirmNow: confirmNow)))
        let provider = HTTPBank(
            profile, initiatingParty: Sample.party, transport: bank, environment: clock.environment)
        gateway = PeculeGateway(
            store: store,
            permits: InMemoryStore(establishments: [try Sample.establishment()], permits: [try Sample.permit()]),
            banks: try BankDirectory([provider]),
            returnAddresses: [try #require(ReturnAddress(Sample.returnURL))], environment: clock.environment)
    }

    func begin() async throws -> Transfer {
        _ = try await gateway.draft(
            id, payer: Sample.payer(), permit: Sample.permit().number, amount: try #require(Amount(cents: 4250)))
        _ = try await gateway.begin(
            id, by: Sample.payer().account, at: try #require(BankID("banque-a")), from: Sample.browser(),
            returningTo: try #require(ReturnAddress(Sample.returnURL)))
        return try kept()
    }

    func comeBack(_ transfer: Transfer, with query: String = "") async throws -> Transfer {
        let state = try #require(transfer.choice).returnState.revealed
        _ = try await gateway.resume(BankCallback(query: "state=\(state)\(query)"), from: Sample.browser())
        return try kept()
    }

    func lookLater() async throws -> Transfer {
        clock.advance(600)
        try await Sweeper(gateway).sweep()
        clock.advance(0.5)
        _ = try await gateway.refresh(id, by: Sample.payer().account)
        return try kept()
    }

    private func kept() throws -> Transfer { try #require(store.transfer(id)) }
}

private func says(_ status: JSON, _ edit: (inout JSONObject) -> Void = { _ in }) throws -> ScriptedBank.Reply {
    .answer(Answer.payment(try Sample.order(), status, edit))
}

@Suite("Whole flows, request by request")
struct FlowTests {
    private static let token = ScriptedBank.token
    private static let open = ScriptedBank.open
    private static let ask = ScriptedBank.ask

    @Test("each redirect flow settles", arguments: [
        (RedirectFlow.simple, STETVersion.v1_4_0, "", ["ACSP", "ACSC"], nil, [token, open, ask, ask]),
        (
            .simpleThenConfirm, .v1_4_2, "", ["ACTC", "ACSC"], ScriptedBank.confirm,
            [token, open, ask, ScriptedBank.confirm, ask]
        ),
        (
            .factorThenConfirm, .v1_4_0, "&psuAuthenticationFactor=JJ7K2M", ["ACSC"], ScriptedBank.confirm,
            [token, open, ScriptedBank.confirm, ask]
        ),
        (
            .codeThenConfirm, .v1_4_2, "&code=c0de", ["ACSC"], ScriptedBank.confirmByToken,
            [token, open, token, ScriptedBank.confirmByToken, ask]
        ),
        (
            .codeThenConfirm, .v1_6, "&code=c0de", ["ACSC"], ScriptedBank.confirm,
            [token, open, token, ScriptedBank.confirm, ask]
        ),
        (.codeOnly, .v1_6, "&code=c0de", ["ACSP", "ACSC"], nil, [token, open, token, ask, ask]),
        (.bankConfirms, .v1_4_2, "", ["ACCP", "ACSC"], nil, [token, open, ask, ask]),
    ] as [(RedirectFlow, STETVersion, String, [String], String?, [String])])
    func settles(
        flow: RedirectFlow, version: STETVersion, query: String, statuses: [String], confirmation: String?,
        lines: [String]
    ) async throws {
        var script = [Self.ask: try statuses.map { try says(.string($0)) }]
        if let confirmation { script[confirmation] = [try says("ACSP")] }
        let walk = try Walk(flow, version, script)
        let begun = try await walk.begin()
        #expect(begun.state == .awaitingApproval)
        let returned = try await walk.comeBack(begun, with: query)
        #expect(returned.state == .executing)
        #expect(try await walk.lookLater().state == .settled)
        #expect(walk.bank.lines == lines)

        #expect(try await walk.comeBack(begun, with: query).state == .settled)
        #expect(try await walk.lookLater().state == .settled)
        #expect(walk.bank.lines == lines, "a return that is repeated reaches no bank")
    }

    @Test("the tab is closed after the approval: what needs no proof settles all the same", arguments: [
        (RedirectFlow.simple, ["ACSC"], [token, open, ask]),
        (.simpleThenConfirm, ["ACTC", "ACSC"], [token, open, ask, ScriptedBank.confirm, ask]),
        (.codeOnly, ["ACSC"], [token, open, ask]),
        (.bankConfirms, ["ACSC"], [token, open, ask]),
    ])
    func closedTab(flow: RedirectFlow, statuses: [String], lines: [String]) async throws {
        let walk = try Walk(
            flow, .v1_4_2,
            [
                Self.ask: try statuses.map { try says(.string($0)) },
                ScriptedBank.confirm: [.answer(HTTPResponse(status: 204))],
            ])
        _ = try await walk.begin()
        #expect(try await walk.lookLater().state == .settled)
        #expect(walk.bank.lines == lines)
    }

    @Test("the tab is closed where the return carries the proof: nothing is confirmed, and the bank lets it expire",
        arguments: [RedirectFlow.factorThenConfirm, .codeThenConfirm])
    func closedTabWithoutProof(flow: RedirectFlow) async throws {
        let walk = try Walk(
            flow, .v1_4_2, [Self.ask: [try says("ACTC"), try says("RJCT") { $0["statusReasonInformation"] = "NOAS" }]])
        _ = try await walk.begin()
        #expect(try await walk.lookLater().state == .awaitingApproval)
        #expect(try await walk.lookLater().state == .failed(.expired))
        #expect(walk.bank.lines == [Self.token, Self.open, Self.ask, Self.ask])
    }

    @Test("another amount, payee, currency or id in the answer is an alarm, confirmed by nobody", arguments: [
        ("instructedAmount", ["currency": "EUR", "amount": "4250.00"]),
        ("instructedAmount", ["currency": "USD", "amount": "42.50"]),
        ("paymentId", ["endToEndId": "T2"]),
        ("beneficiary", Answer.beneficiary("FR7699991000010000001234570")),
    ] as [(String, JSON)], ["ACTC", "ACSP", "ACSC", "RJCT"])
    func alarm(wrong: (member: String, value: JSON), status: String) async throws {
        let answer = Answer.payment(
            try Sample.order(), .string(status), instruction: { $0[wrong.member] = wrong.value })
        let walk = try Walk(.simpleThenConfirm, .v1_4_2, [Self.ask: [.answer(answer)]])
        let returned = try await walk.comeBack(try await walk.begin())
        #expect(returned.state == .awaitingApproval)
        #expect(returned.alarm.count == 1)
        guard case .unknown = returned.outcome else {
            Issue.record("shown as \(returned.outcome)")
            return
        }
        #expect(walk.bank.lines == [Self.token, Self.open, Self.ask])
    }

    @Test("a confirmation that got no answer is not repeated before the bank says that it waits for one")
    func unansweredConfirmation() async throws {
        let lost = HTTPTransportError(.reset, mayHaveBeenReceived: true)
        let walk = try Walk(
            .factorThenConfirm, .v1_4_0,
            [ScriptedBank.confirm: [.failure(lost)], Self.ask: [try says("ACSP"), try says("ACSC")]])
        let begun = try await walk.begin()
        let returned = try await walk.comeBack(begun, with: "&psuAuthenticationFactor=JJ7K2M")
        #expect(returned.state == .confirming(.authenticationFactor("JJ7K2M")))
        #expect(try await walk.lookLater().state == .executing)
        #expect(try await walk.lookLater().state == .settled)
        #expect(walk.bank.requests(ScriptedBank.confirm).count == 1)
    }

    @Test("a confirmation that the bank lost is made again, with the same bytes and the same code's token")
    func lostConfirmation() async throws {
        let lost = HTTPTransportError(.timeout, mayHaveBeenReceived: true)
        let walk = try Walk(
            .codeThenConfirm, .v1_6, confirmNow: "ACCO",
            [
                ScriptedBank.token: [.answer(Answer.token()), .answer(Answer.token("code-token"))],
                ScriptedBank.confirm: [.failure(lost), try says("ACSP")],
                Self.ask: [try says("ACCO"), try says("ACSC")],
            ])
        let begun = try await walk.begin()
        _ = try await walk.comeBack(begun, with: "&code=c0de")
        #expect(try await walk.lookLater().state == .executing)
        #expect(try await walk.lookLater().state == .settled)
        let confirmations = walk.bank.requests(ScriptedBank.confirm)
        #expect(confirmations.count == 2)
        #expect(confirmations.first == confirmations.last)
        let exchanges = walk.bank.requests(ScriptedBank.token).filter {
            String(decoding: $0.body, as: UTF8.self).contains("code=c0de")
        }
        #expect(exchanges.count == 1)
    }

    @Test("the payer's no is the bank's word, whatever the return says", arguments: [
        ("&error=access_denied", "RJCT", TransferState.failed(.deniedByPayer)),
        ("&error=access_denied", "ACSP", .executing), ("", "RJCT", .failed(.deniedByPayer)),
    ])
    func denied(query: String, status: String, state: TransferState) async throws {
        let walk = try Walk(
            .codeThenConfirm, .v1_6,
            [Self.ask: [try says(.string(status)) { $0["statusReasonInformation"] = "CUST" }]])
        let returned = try await walk.comeBack(try await walk.begin(), with: query)
        #expect(returned.state == state)
        #expect(walk.bank.lines == [Self.token, Self.open, Self.ask])
    }

    @Test("a payment that the bank does not know yet is asked for again, not given up")
    func temporaryAbsence() async throws {
        let walk = try Walk(
            .simple, .v1_4_0,
            [Self.ask: [.answer(HTTPResponse(status: 404)), try says("ACSC")]])
        let returned = try await walk.comeBack(try await walk.begin())
        #expect(returned.outcome == .unknown(since: Sample.moment))
        #expect(try await walk.lookLater().state == .settled)
    }

    @Test("a cancellation ends by the bank's word")
    func cancelled() async throws {
        let walk = try Walk(
            .simple, .v1_4_0,
            [
                ScriptedBank.cancel: [.answer(Answer.opened())],
                Self.ask: [try says("RJCT") { $0["statusReasonInformation"] = "DS02" }],
            ])
        _ = try await walk.begin()
        let cancelled = try await walk.gateway.cancel(walk.id, by: Sample.payer().account)
        #expect(cancelled.state == .failed(.cancelled))
        #expect(walk.bank.lines == [Self.token, Self.open, ScriptedBank.cancel, Self.ask])
    }

    @Test("a payment that was perhaps opened is opened again with the same bytes")
    func uncertainOpening() async throws {
        let lost = HTTPTransportError(.timeout, mayHaveBeenReceived: true)
        let walk = try Walk(.simple, .v1_4_0, [Self.open: [.failure(lost), .answer(Answer.opened())]])
        #expect(await pecule(walk.begin) == .bank(.outcomeUnknown(.init(.timeout, traceID: "T1-open"))))
        walk.clock.advance(120)
        try await Sweeper(walk.gateway).sweep()
        let openings = walk.bank.requests(Self.open)
        #expect(openings.count == 2)
        #expect(openings.first == openings.last)
    }

    private func pecule(_ call: () async throws -> Transfer) async -> PeculeError? {
        do {
            _ = try await call()
            return nil
        } catch {
            return error as? PeculeError
        }
    }
}

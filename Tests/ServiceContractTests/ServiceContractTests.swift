import Foundation
import Pecule
import PeculeClient
import PeculeStoreSamples
import Testing

/// The promises of `PeculeService`, kept by a gateway in the process and by one behind its API alike.
@Suite("One service, embedded or elsewhere")
struct ServiceContractTests {
    @Test("a transfer goes from the typed amount to its end", arguments: ServicePlace.allCases)
    func journey(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place, ScriptedBank(ServiceWorld.known, expects: .authorizationCode))
        let draft = try await world.draft()
        #expect(draft.id == Sample.id("T-1") && draft.version == 1 && draft.state == .drafted)
        #expect(draft.outcome == .chooseBank && draft.bank == nil && draft.bankReference == nil)
        #expect(draft.amount == Sample.amount(4_250) && draft.permit == Sample.permit().number)
        #expect(draft.detainee == Sample.detainee() && draft.establishmentName == Sample.establishment().name)
        #expect(draft.payeeName == Sample.establishment().payee.name && draft.draftedAt == world.clock.now)
        let begun = try await world.begin()
        #expect(begun.state == .awaitingApproval && begun.bank == Sample.bank && begun.bankReference == "P-1")
        #expect(begun.outcome == .approve(.redirect(to: "https://bank.example/approve/1", expires: nil)))
        #expect(world.bank.choices.first?.answers.connection.ipv4 == "198.51.100.7")
        world.bank.says(.approved)
        let settled = try await world.resume("&code=a%2Bb+c%20d")
        #expect(settled.state == .settled && settled.outcome == .settled)
        #expect(world.bank.calls.compactMap(\.proof) == [.authorizationCode("a+b c d")])
        #expect(try await world.refresh() == settled)
        let payer = Sample.payer().account
        #expect(try await world.service.transfer(settled.id, by: payer) == settled)
        #expect(try await world.service.history(of: payer).transfers == [settled])
        await world.stop()
    }

    /// Every way in which a transfer can stand, as the portal is told of it.
    @Test("what became of it is told alike", arguments: ServicePlace.allCases, [
        (.pending, .awaitingApproval), (.executing, .executing), (.settled, .settled),
        (.denied, .failed(.deniedByPayer)), (.expired, .failed(.expired)), (.cancelled, .failed(.cancelled)),
        (.rejected(.insufficientFunds), .failed(.rejected(.insufficientFunds))),
        (.rejected(RejectionReason(nil)), .failed(.rejected(RejectionReason("MS03")))),
    ] as [(BankReport.Status, TransferState)])
    func outcomes(_ place: ServicePlace, row: (status: BankReport.Status, state: TransferState)) async throws {
        let world = try await ServiceWorld(place)
        _ = try await world.draft()
        _ = try await world.begin()
        world.bank.says(row.status)
        let transfer = try await world.refresh()
        #expect(transfer.state == row.state)
        if case .failed(let reason) = row.state { #expect(transfer.outcome == .failed(reason)) }
        await world.stop()
    }

    @Test("an approval on the telephone, and an outcome that is not known", arguments: ServicePlace.allCases)
    func otherOutcomes(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        _ = try await world.draft()
        world.bank.approves(onTelephone: "Validez « sur votre téléphone ».")
        #expect(
            try await world.begin().outcome
                == .approve(.decoupled(message: "Validez « sur votre téléphone ».", expires: nil)))
        world.bank.next(.ask, .lost)
        let unknown = try await world.refresh()
        #expect(unknown.outcome == .unknown(since: world.clock.now))
        #expect(unknown.state == .awaitingApproval)
        await world.stop()
    }

    @Test("a return that says from which bank it comes is taken", arguments: ServicePlace.allCases)
    func issuer(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place, ScriptedBank(ServiceWorld.issuing))
        _ = try await world.draft()
        _ = try await world.begin()
        world.bank.says(.settled)
        #expect(try await world.resume("&iss=https%3A%2F%2Fbank.example").state == .settled)
        await world.stop()
    }

    @Test("the same id is the same transfer, and another one a conflict", arguments: ServicePlace.allCases)
    func sameID(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        let draft = try await world.draft()
        #expect(try await world.draft() == draft)
        let begun = try await world.begin()
        #expect(try await world.draft() == begun)
        #expect(try await world.begin() == begun)
        #expect(world.bank.count(.initiate) == 1)
        await #expect(throws: PeculeError.conflict([.amount])) { try await world.draft(cents: 1) }
        await #expect(throws: PeculeError.conflict([.payer])) { try await world.draft(by: Sample.payer("another")) }
        await world.stop()
    }

    @Test("a hundred creations at once are one transfer", arguments: ServicePlace.allCases)
    func crowd(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        let all = try await withThrowingTaskGroup(of: TransferSummary.self) { group in
            for _ in 0..<100 { group.addTask { try await world.draft() } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(all.count == 1)
        #expect(try await world.service.history(of: Sample.payer().account).transfers == [])
        await world.stop()
    }

    @Test("only its payer sees a transfer", arguments: ServicePlace.allCases)
    func strangers(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        _ = try await world.draft()
        _ = try await world.begin()
        let (id, stranger) = (Sample.id("T-1"), Sample.account("another"))
        await #expect(throws: PeculeError.unknownTransfer) { try await world.service.transfer(id, by: stranger) }
        await #expect(throws: PeculeError.unknownTransfer) { try await world.service.refresh(id, by: stranger) }
        await #expect(throws: PeculeError.unknownTransfer) { try await world.service.cancel(id, by: stranger) }
        await #expect(throws: PeculeError.unknownTransfer) {
            try await world.service.waitUntilFinal(id, by: stranger, within: .seconds(5))
        }
        #expect(try await world.service.history(of: stranger).transfers == [])
        #expect(try await world.service.transfer(id, by: Sample.payer().account).state == .awaitingApproval)
        await world.stop()
    }

    @Test("it is cancelled, or not any more", arguments: ServicePlace.allCases)
    func cancelling(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        let payer = Sample.payer().account
        _ = try await world.draft()
        #expect(try await world.service.cancel(Sample.id("T-1"), by: payer).state == .failed(.cancelled))
        _ = try await world.draft("T-2")
        _ = try await world.begin("T-2")
        world.bank.onCancellation(.pending)
        await #expect(throws: PeculeError.notNow(.awaitingApproval)) {
            try await world.service.cancel(Sample.id("T-2"), by: payer)
        }
        await world.stop()
    }

    @Test("waiting ends with the transfer, or when the time is over", arguments: ServicePlace.allCases)
    func waiting(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        let (id, payer) = (Sample.id("T-1"), Sample.payer().account)
        _ = try await world.draft()
        _ = try await world.begin()
        let start = world.clock.now
        let open = try await world.service.waitUntilFinal(id, by: payer, within: .seconds(20))
        #expect(open.state == .awaitingApproval && world.clock.now.timeIntervalSince(start) >= 20)
        world.bank.says(.settled)
        world.clock.advance(2)
        #expect(try await world.service.waitUntilFinal(id, by: payer, within: .seconds(20)).state == .settled)
        await world.stop()
    }

    @Test("the history comes page by page, each transfer once", arguments: ServicePlace.allCases)
    func history(_ place: ServicePlace) async throws {
        let world = try await ServiceWorld(place)
        for number in 1...7 {
            _ = try await world.draft("T-\(number)")
            _ = try await world.begin("T-\(number)")
            world.clock.advance(number == 3 ? 0 : 0.25)
        }
        let payer = Sample.payer().account
        let first = try await world.service.history(of: payer, after: nil, limit: 3)
        #expect(first.transfers.map(\.id.text) == ["T-7", "T-6", "T-5"])
        let next = try #require(first.next)
        let second = try await world.service.history(of: payer, after: next, limit: 10)
        #expect(second.transfers.map(\.id.text) == ["T-3", "T-4", "T-2", "T-1"] && second.next == nil)
        await world.stop()
    }

    @Test("the history is one sequence for whoever wants all of it")
    func sequence() async throws {
        let world = try await ServiceWorld(.remote)
        for number in 1...7 {
            _ = try await world.draft("T-\(number)")
            _ = try await world.begin("T-\(number)")
            world.clock.advance(1)
        }
        let client = try #require(world.service as? PeculeClient)
        var ids: [String] = []
        for try await transfer in client.transfers(of: Sample.payer().account, pageOf: 3) {
            ids.append(transfer.id.text)
        }
        #expect(ids == (1...7).reversed().map { "T-\($0)" })
        #expect(world.events.all.count { $0.path == "/v1/transfers" && $0.method == "GET" } == 3)
    }

    @Test("the banks with what they ask and how they do", arguments: ServicePlace.allCases)
    func banks(_ place: ServicePlace) async throws {
        let questions = [
            BankQuestion.debtorIBAN, .payerID, .debtorAccount(isRequired: false, atBankCodes: ["99999", "12345"]),
            BankQuestion(id: "word", kind: .text(longest: 9, pattern: "[a-z]+\\d"), label: "Mot « secret »"),
        ]
        let bank = Bank(
            id: Sample.bank, name: "Banque & Cie", bic: BIC("AAAAFRPP"), bankCodes: ["99999"],
            limits: Sample.amount(100)...Sample.amount(5_000), questions: Array(questions[..<2]))
        let asking = try await ServiceWorld(place, ScriptedBank(bank))
        #expect(try await asking.service.banks(matching: "banque & cie") == [BankListing(bank, health: .unknown)])
        #expect(try await asking.service.banks().map(\.bank.id.text).sorted() == ["deux-rives", "rivage"])
        #expect(try await asking.service.banks(matching: "nulle part é+&=").isEmpty)
        for question in questions.dropFirst(2) {
            let bank = Bank(id: Sample.bank, name: "Zénith", questions: [question])
            let world = try await ServiceWorld(place, ScriptedBank(bank))
            #expect(try await world.service.banks(matching: "zenith").map(\.bank.questions) == [[question]])
            await world.stop()
        }
        let world = try await ServiceWorld(place)
        for _ in 1...3 {
            _ = try await world.draft()
            world.bank.next(.initiate, .fault(.notSent(.init(.unreachable))))
            await #expect(throws: PeculeError.bank(.notSent(.init(.unreachable)))) { try await world.begin() }
        }
        let until = world.clock.now + 30
        #expect(try await world.service.banks(matching: "deux rives").map(\.health) == [.down(until: until)])
        await asking.stop()
        await world.stop()
    }
}

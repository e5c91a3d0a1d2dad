import Testing

@testable import Pecule

/// What a portal's tests can have the bank in the process do, seen through a gateway.
@Suite struct ScriptedBankTests {
    @Test func refusesWithAReason() async throws {
        let world = World()
        world.bank.next(.initiate, .refused("AG01"))
        let begun = try await world.underway()
        #expect(begun.state == .failed(.rejected(RejectionReason("AG01"))))
    }

    @Test func ringsATelephone() async throws {
        let world = World()
        world.bank.approves(onTelephone: "Validez sur votre téléphone.")
        let begun = try await world.underway()
        #expect(begun.outcome == .approve(.decoupled(message: "Validez sur votre téléphone.", expires: nil)))
    }

    @Test func speaksOfAnotherAmount() async throws {
        let world = World()
        let begun = try await world.underway()
        world.bank.says(.settled)
        world.bank.next(.ask, .amount(try #require(Amount(cents: 1))))
        world.clock.advance(10)
        let transfer = try await world.gateway.refresh(begun.id, by: Sample.payer.account)
        #expect(transfer.state == .awaitingApproval && !world.kept().alarm.isEmpty)
    }

    @Test func losesTheAnswerAfterItOpened() async throws {
        let world = World()
        world.bank.next(.initiate, .lost)
        await #expect(throws: PeculeError.self) { _ = try await world.underway() }
        #expect(world.bank.count(.initiate) == 1)
    }
}

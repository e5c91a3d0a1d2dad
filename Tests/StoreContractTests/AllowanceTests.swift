import Foundation
import PeculeStoreSamples
import Testing

@testable import Pecule

@Suite("Monthly allowance")
struct AllowanceTests {
    private static let november = Sample.morning
    private static let december = paris("2026-12-01 00:00")

    /// 100,00 € for one detainee in one month.
    private static func allowance(
        _ detainee: Detainee = Sample.detainee(), at moment: Date = november
    ) -> MonthlyAllowance {
        MonthlyAllowance(
            detainee: detainee.account, month: TransferMonth(of: moment), limit: Sample.amount(10_000))
    }

    @Test("of 50 that begin at once as many pass as the limit holds", arguments: StoreWorld.allCases)
    func racing(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let answers = try await atOnce(50) { index in
                let draft = Sample.draft("T-\(index)", by: "account-\(index)", cents: 1_300)
                _ = try await store.insert(draft)
                let choice = TransferEvent.bankChosen(Sample.choice(of: draft.id))
                return try await store.change(draft, choice, within: Self.allowance()).answer
            }
            #expect(answers.count { $0 == .replaced } == 7)
            #expect(answers.count { $0 == .overAllowance(left: Sample.amount(900)) } == 43)
            let kept = try await atOnce(50) { index in try await store.transfer(Sample.id("T-\(index)")) }
            #expect(kept.count { $0?.reservesAllowance == true } == 7)
            #expect(try await store.outbox(limit: 100).count == 7)
        }
    }

    @Test("the limit itself passes, a cent more does not, and nothing is left then", arguments: StoreWorld.allCases)
    func limit(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            #expect(try await Self.begin("T-1", 10_001, store) == .overAllowance(left: Sample.amount(10_000)))
            #expect(try await Self.begin("T-2", 10_000, store) == .replaced)
            #expect(try await Self.begin("T-3", 1, store) == .overAllowance(left: nil))
        }
    }

    @Test("a transfer that counts already does not count against itself", arguments: StoreWorld.allCases)
    func again(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft(cents: 9_000), within: Self.allowance())
            let again = try await store.change(begun, .bankSilent(sent: true), within: Self.allowance())
            #expect(begun.reservesAllowance)
            #expect(again.answer == .replaced)
        }
    }

    @Test("a failed transfer makes room, a settled or silent one does not", arguments: StoreWorld.allCases)
    func freed(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let begun = try await store.begin(Sample.draft("T-1", cents: 9_000), within: Self.allowance())
            let silent = try await store.change(begun, .bankSilent(sent: true)).transfer
            #expect(try await Self.begin("T-2", 9_000, store) == .overAllowance(left: Sample.amount(1_000)))
            let open = try await store.change(silent, .initiated(Sample.payment())).transfer
            _ = try await store.change(open, .reported(BankReport(.denied, echo: open.echo)))
            #expect(try await Self.begin("T-3", 9_000, store) == .replaced)
            let third = try #require(try await store.transfer(Sample.id("T-3")))
            let opened = try await store.change(third, .initiated(Sample.payment())).transfer
            _ = try await store.change(opened, .reported(BankReport(.settled, echo: opened.echo)))
            #expect(try await Self.begin("T-4", 9_000, store) == .overAllowance(left: Sample.amount(1_000)))
        }
    }

    @Test("other detainees, establishments and months have allowances of their own", arguments: StoreWorld.allCases)
    func independent(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            #expect(try await Self.begin("T-1", 10_000, store) == .replaced)
            #expect(try await Self.begin("T-2", 10_000, store, for: Sample.detainee("012346")) == .replaced)
            #expect(try await Self.begin("T-3", 10_000, store, for: Sample.detainee(in: "cd-elsewhere")) == .replaced)
            #expect(try await Self.begin("T-4", 10_000, store, at: Self.december) == .replaced)
            #expect(try await Self.begin("T-5", 1, store) == .overAllowance(left: nil))
            #expect(try await Self.begin("T-6", 1, store, at: Self.december) == .overAllowance(left: nil))
        }
    }

    @Test("a late version is a conflict, whatever the allowance says", arguments: StoreWorld.allCases)
    func conflictFirst(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            #expect(try await Self.begin("T-1", 10_000, store) == .replaced)
            _ = try await store.begin(Sample.draft("T-2"))
            #expect(try await Self.begin("T-2", 4_250, store) == .versionConflict)
        }
    }

    private static func begin(
        _ id: String, _ cents: Int, _ store: any TransferStore, for detainee: Detainee = Sample.detainee(),
        at moment: Date = november
    ) async throws -> Replacement {
        let draft = Sample.draft(id, for: detainee, cents: cents, at: moment)
        _ = try await store.insert(draft)
        let event = TransferEvent.bankChosen(Sample.choice(of: draft.id, at: moment))
        return try await store.change(draft, event, within: allowance(detainee, at: moment)).answer
    }
}

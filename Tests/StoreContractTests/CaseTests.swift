import Foundation
import Pecule
import PeculeStoreSamples
import Testing

@Suite("Operators' cases")
struct CaseTests {
    private static let otherAmount = PaymentEcho(
        amount: Sample.amount(1), currency: "EUR", creditor: nil, endToEndID: nil)

    @Test("are those that need an operator and those silent for too long, page by page", arguments: StoreWorld.allCases)
    func listed(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            for id in ["e", "c", "a"] { try await Self.alarmed(id, store) }
            for id in ["d", "b"] {
                try await store.change(try await store.begin(Sample.draft(id)), .bankSilent(sent: true))
            }
            _ = try await store.begin(Sample.draft("f"))
            let (early, late) = (Sample.morning - 1, Sample.morning)
            #expect(try await Self.ids(store, early, after: nil) == ["a", "c", "e"])
            #expect(try await Self.ids(store, late, after: nil) == ["a", "b", "c", "d", "e"])
            #expect(try await Self.ids(store, late, after: "b", limit: 2) == ["c", "d"])
            #expect(try await Self.ids(store, late, after: "e") == [])
        }
    }

    @Test("are off the list once an operator has looked, and the log says so", arguments: StoreWorld.allCases)
    func reviewed(_ world: StoreWorld) async throws {
        try await world.play { place in
            let store = try await place.open()
            let alarmed = try await Self.alarmed("a", store)
            let reviewed = try await store.change(alarmed, .operatorReviewed).transfer
            #expect(!reviewed.needsOperator)
            #expect(try await Self.ids(store, Sample.morning - 1, after: nil) == [])
            #expect(try await store.events(of: alarmed.id).last?.event == "operatorReviewed")
        }
    }

    @discardableResult
    private static func alarmed(_ id: String, _ store: any TransferStore) async throws -> Transfer {
        let begun = try await store.begin(Sample.draft(id))
        let open = try await store.change(begun, .initiated(Sample.payment())).transfer
        return try await store.change(open, .reported(BankReport(.settled, echo: otherAmount))).transfer
    }

    private static func ids(
        _ store: any TransferStore, _ time: Date, after id: String?, limit: Int = 10
    ) async throws -> [String] {
        try await store.cases(unansweredBefore: time, after: id.map(Sample.id), limit: limit).map(\.id.text)
    }
}

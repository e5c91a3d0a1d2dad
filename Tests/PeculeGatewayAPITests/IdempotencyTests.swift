import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Testing

@Suite("Idempotency-Key")
struct IdempotencyTests {
    @Test("a creation without a usable key is not begun", arguments: [
        "", "with space", "é", String(repeating: "a", count: 256),
    ])
    func unusable(key: String) async throws {
        let desk = try await Desk()
        let answer = await desk.create(key)
        #expect(answer.status == 400 && answer.json?["field"]?.string == "Idempotency-Key")
        #expect(desk.store.outbox(limit: 1).isEmpty)
    }

    @Test("sent again, a creation answers as the first time, whatever became of the transfer")
    func replay() async throws {
        let desk = try await Desk()
        let first = await desk.create()
        #expect(first.status == 201 && first.fields["Idempotency-Replayed"] == nil)
        #expect(first.fields["Location"] == "/v1/transfers/\(first.id)")
        desk.clock.advance(60)
        _ = await desk.chooseBank(first.id)
        let again = await desk.create()
        #expect(again.status == 201 && again.body == first.body && again.fields["Idempotency-Replayed"] == "true")
        #expect(await desk.send(.get, "/v1/transfers/\(first.id)").json?["state"]?.string == "awaitingApproval")
    }

    @Test("a hundred at once with one key are one transfer")
    func crowd() async throws {
        let desk = try await Desk()
        let answers = await withTaskGroup(of: HTTPResponse.self) { group in
            for _ in 0..<100 { group.addTask { await desk.create() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.status)) == [201] && Set(answers.map(\.body)).count == 1)
    }

    /// What the second request says under the key of the first.
    @Test("a key that was used for another request is refused", arguments: [
        (Desk.body.replacingOccurrences(of: "4250", with: "4251"), "jeanne", 422),
        (Desk.body.replacingOccurrences(of: "240001", with: "240002"), "jeanne", 422),
        (Desk.body.replacingOccurrences(of: "Anne-Marie", with: "Anne"), "jeanne", 422),
        ("{\"id\": \"key-1\"," + Desk.body.dropFirst(), "jeanne", 422),
        (Desk.body, "jeannette", 422),
        (Desk.body, "jeanne", 201),
    ])
    func otherRequest(body: String, payer: String, status: Int) async throws {
        let desk = try await Desk()
        #expect(await desk.create().status == 201)
        let answer = await desk.create("key-1", body, ["Pecule-Payer": payer])
        #expect(answer.status == status)
        if status == 422 { #expect(answer.code == "transfer_conflict") }
    }

    @Test("the key of a transfer that the client named creates no other")
    func named() async throws {
        let desk = try await Desk()
        let named = "{\"id\": \"T-1\"," + Desk.body.dropFirst()
        #expect(await desk.create("T-1", named).id == "T-1")
        #expect(await desk.create("T-1", named).status == 201)
        #expect(await desk.create("T-1").status == 422)
        let differing = await desk.create("T-2", named)
        #expect(differing.status == 409 && differing.code == "id_differs_from_key")
    }

    @Test("two clients may use the same key")
    func scoped() async throws {
        let desk = try await Desk()
        let first = await desk.create().id
        let other = try await desk.keys.add(Sample.make(ClientName("autre")), [.pay])
        desk.store.put(
            VisitPermit(
                number: Sample.permit().number, holder: Sample.payer().name, detainee: Sample.detainee(),
                status: .active, registeredBy: AccountID("autre:jeanne")))
        let second = await desk.create("key-1", Desk.body, ["Authorization": "Bearer \(other.revealed)"])
        #expect(second.status == 201 && second.id != first)
    }
}

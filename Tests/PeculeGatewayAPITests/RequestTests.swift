import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Testing

@Suite("Requests to the gateway")
struct RequestTests {
    /// A creation's body, and the field that the answer names.
    @Test("what is not well-formed is refused by the name of its field", arguments: [
        ("", "body"), ("[]", "body"), ("{\"payer\": 1}", "payer"), ("{}", "payer"),
        ("{\"payer\": {\"birth_name\": 1}}", "payer.birth_name"), ("{\"payer\": {}}", "payer.birth_name"),
        ("{\"payer\": {\"birth_name\": \"A\"}}", "payer.given_names"),
        ("{\"payer\": {\"birth_name\": \"A\", \"given_names\": [1]}}", "payer.given_names"),
        ("{\"payer\": {\"birth_name\": \"A\", \"given_names\": [\"B\"], \"x\": 1}}", "payer.x"),
        (Desk.body.replacingOccurrences(of: "\"240001\"", with: "\"é\""), "permit"),
        (Desk.body.replacingOccurrences(of: "4250", with: "42.50"), "amount_cents"),
        (Desk.body.replacingOccurrences(of: "4250", with: "\"4250\""), "amount_cents"),
        (Desk.body.replacingOccurrences(of: "4250", with: "0"), "amount_cents"),
        (Desk.body.replacingOccurrences(of: "4250", with: "100000000000"), "amount_cents"),
        (Desk.body.replacingOccurrences(of: "4250", with: "1e3"), "amount_cents"),
        (Desk.body.replacingOccurrences(of: "4250", with: "4250, \"iban\": \"FR76\""), "iban"),
        (Desk.body.replacingOccurrences(of: "4250", with: "4250, \"amount_cents\": 1"), "body"),
    ])
    func malformed(body: String, field: String) async throws {
        let desk = try await Desk()
        let answer = await desk.create("key-1", body)
        #expect(answer.status == 400 && answer.code == "bad_request")
        #expect(answer.json?["field"]?.string == field)
        #expect(answer.fields["Content-Type"] == "application/problem+json")
    }

    @Test("a body of another type is not read", arguments: ["text/plain", "application/jsonx", "multipart/form-data"])
    func type(_ type: String) async throws {
        let desk = try await Desk()
        #expect(await desk.create("key-1", Desk.body, ["Content-Type": type]).status == 415)
        let named = ["Content-Type": "Application/JSON; charset=utf-8"]
        #expect(await desk.create("key-1", Desk.body, named).status == 201)
    }

    @Test("a query is read as strictly", arguments: [
        ("/v1/banks?serach=x", "serach"), ("/v1/banks?search=a&search=b", "search"), ("/v1/transfers?limit=0", "limit"),
        ("/v1/transfers?limit=101", "limit"), ("/v1/transfers?limit=01", "limit"), ("/v1/transfers?after=x", "after"),
        ("/v1/transfers/T-1?wait=61", "wait"), ("/v1/transfers/T-1/events?seconds=0", "seconds"),
        ("/v1/cases?after=%2F", "after"),
    ])
    func query(target: String, field: String) async throws {
        let desk = try await Desk()
        #expect(await desk.create("T-1", "{\"id\": \"T-1\"," + Desk.body.dropFirst()).status == 201)
        let answer = await desk.send(.get, target)
        #expect(answer.status == 400 && answer.json?["field"]?.string == field)
    }

    /// Drafted on 20 November at 10:00 in Paris.
    @Test("a history is asked for by days, as they are in Paris", arguments: [
        ("from=2026-11-20", 1), ("from=2026-11-21", 0), ("to=2026-11-20", 1), ("to=2026-11-19", 0),
        ("from=2026-11-20&to=2026-11-20", 1), ("from=2026-01-01&to=2026-12-31", 1),
    ])
    func days(query: String, count: Int) async throws {
        let desk = try await Desk()
        _ = await desk.chooseBank(await desk.create().id)
        let answer = await desk.send(.get, "/v1/transfers?\(query)")
        #expect(answer.json?["transfers"]?.array?.count == count)
    }

    @Test("what is no day is refused", arguments: ["2026-02-30", "20261120", "2026-11-20T10:00:00Z", "hier"])
    func noDay(text: String) async throws {
        let answer = await (try await Desk()).send(.get, "/v1/transfers?from=\(text)")
        #expect(answer.status == 400 && answer.json?["field"]?.string == "from")
    }

    @Test("a user is named in a header, and well", arguments: [
        "", "with space", "é", String(repeating: "a", count: 91),
    ])
    func payer(name: String) async throws {
        let desk = try await Desk()
        let answer = await desk.send(.get, "/v1/transfers", nil, ["Pecule-Payer": name])
        #expect(answer.status == 400 && answer.json?["field"]?.string == "Pecule-Payer")
    }

    /// A header, and what the log of the change is told.
    @Test("a trace of the caller goes on into the transfer's log", arguments: [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false),
        ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false), ("x", false),
    ])
    func trace(parent: String, isTaken: Bool) async throws {
        let desk = try await Desk()
        let id = await desk.create().id
        let answer = await desk.send(.post, "/v1/transfers/\(id)/cancel", nil, ["traceparent": parent])
        #expect(answer.status == 200)
        let event = try #require(desk.store.events(of: Sample.id(id)).first)
        #expect((event.correlation.text == "4bf92f3577b34da6a3ce929d0e0e4736") == isTaken)
        #expect(answer.fields["Pecule-Correlation"] == event.correlation.text)
    }

    @Test("an answer says that it is to be kept nowhere")
    func cache() async throws {
        let desk = try await Desk()
        #expect(await desk.create().fields["Cache-Control"] == "no-store")
        #expect(await desk.send(.get, "/v1/transfers/T-9").fields["Cache-Control"] == "no-store")
    }

    @Test("a bank's notification is a reason to ask, and its sender learns nothing")
    func notification() async throws {
        let desk = try await Desk()
        let id = await desk.create().id
        _ = await desk.chooseBank(id)
        desk.bank.says(.settled)
        desk.clock.advance(2)
        let nobody = ["Authorization": "", "Pecule-Payer": ""]
        for _ in 1...3 {
            let said = "{\"transactionStatus\":\"RJCT\"}"
            let heard = await desk.send(.post, "/v1/bank-notifications/\(id)", said, nobody)
            #expect(heard.status == 204 && heard.body.isEmpty)
        }
        #expect(await desk.send(.post, "/v1/bank-notifications/T-9", nil, nobody).status == 204)
        #expect(desk.bank.count(.ask) == 1)
        #expect(await desk.send(.get, "/v1/transfers/\(id)").json?["state"]?.string == "settled")
    }

    @Test("operators see their client's cases, without anything personal, and review them")
    func cases() async throws {
        let desk = try await Desk()
        let id = await desk.create().id
        _ = await desk.chooseBank(id)
        desk.bank.next(.ask, .amount(Sample.amount(1)))
        desk.clock.advance(2)
        _ = await desk.send(.post, "/v1/transfers/\(id)/refresh")
        let list = await desk.send(.get, "/v1/cases")
        #expect(list.json?["cases"]?[0]?["cases"]?[0]?["code"]?.string == "echo_differs")
        let text = String(decoding: list.body, as: UTF8.self)
        for personal in ["Petit", "Jeanne", "jeanne", "012345", "FR76"] { #expect(!text.contains(personal)) }
        let other = try await desk.keys.add(Sample.make(ClientName("autre")), [.operate])
        let foreign = await desk.send(.get, "/v1/cases", nil, ["Authorization": "Bearer \(other.revealed)"])
        #expect(foreign.json?["cases"]?.array?.isEmpty == true)
        #expect(await desk.send(.post, "/v1/cases/\(id)/review").status == 200)
        #expect(await desk.send(.get, "/v1/cases").json?["cases"]?.array?.isEmpty == true)
    }

    @Test("the pages of a client's cases go over those of others as if they were not there")
    func casesOfOthers() async throws {
        let desk = try await Desk()
        for key in ["form-1", "form-2", "form-3"] {
            let id = await desk.create(key, Desk.body.replacingOccurrences(of: "4250", with: "100")).id
            _ = await desk.chooseBank(id)
            desk.bank.next(.ask, .amount(Sample.amount(1)))
            desk.clock.advance(2)
            _ = await desk.send(.post, "/v1/transfers/\(id)/refresh")
        }
        var (page, seen) = ("/v1/cases?limit=2", [String]())
        for count in [2, 1] {
            let list = await desk.send(.get, page).json
            let ids = (list?["cases"]?.array ?? []).compactMap { $0["transfer"]?.string }
            #expect(ids.count == count && list?["next"]?.string == (count == 2 ? ids.last : nil))
            seen += ids
            page = "/v1/cases?limit=2&after=\(ids.last ?? "none")"
        }
        #expect(Set(seen).count == 3)
        let other = try await desk.keys.add(Sample.make(ClientName("autre")), [.operate])
        for limit in 1...3 {
            let list = await desk.send(
                .get, "/v1/cases?limit=\(limit)", nil, ["Authorization": "Bearer \(other.revealed)"])
            #expect(String(decoding: list.body, as: UTF8.self) == #"{"cases":[]}"#)
        }
    }
}

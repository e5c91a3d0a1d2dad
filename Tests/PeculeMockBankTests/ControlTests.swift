import FoundationEssentials
import PeculeHTTP
import Testing

@testable import PeculeMockBank

/// What QA steers the banks with.
@Suite struct ControlTests {
    private let scene = Scene()

    private func control(_ method: HTTPMethod, _ path: String, _ body: JSON? = nil) async -> HTTPResponse {
        await scene.world.send(HTTPRequest(method, "/mock/" + path, body: body?.bytes ?? []))
    }

    // MARK: Time

    static let durations: [(text: String, date: String?)] = [
        ("P3M", "2026-05-12T08:41:07.000Z"), ("P6M", "2026-08-12T08:41:07.000Z"),
        ("P1Y2M10DT2H30M5S", "2027-04-22T11:11:12.000Z"), ("P2W", "2026-02-26T08:41:07.000Z"),
        ("PT15M", "2026-02-12T08:56:07.000Z"), ("P0D", "2026-02-12T08:41:07.000Z"), ("P", nil), ("PT", nil),
        ("3M", nil), ("P3", nil), ("P3MT", nil), ("PM", nil), ("P1M1Y", nil), ("P-1D", nil), ("P11Y", nil),
        ("P1.5D", nil), ("PT1M1M", nil), ("P99999999999D", nil),
    ]

    @Test(arguments: durations)
    func theClockMoves(row: (text: String, date: String?)) async {
        let answer = await control(.post, "clock", ["advance": .string(row.text)])
        #expect(answer.status == (row.date == nil ? 400 : 200))
        #expect(answer.json?["now"]?.string == row.date)
        let now = await control(.get, "clock").json?["now"]?.string
        #expect(now == row.date ?? "2026-02-12T08:41:07.000Z")
    }

    @Test func expiryAndSettlementFollowTheClock() async throws {
        let paid = try #require(await scene.pay())
        #expect(await scene.state(paid) == "ACSP")
        _ = await control(.post, "clock", ["advance": "P3M"])
        #expect(await scene.state(paid) == "ACSC")
        let request = await scene.opening()
        var body = try JSON(parsing: request.body).changing("paymentInformationId", to: "PMT2")
        body = body.changing("creditTransferTransaction.0.paymentId.endToEndId", to: "E2")
            .changing("requestedExecutionDate", to: "2026-05-12T09:42:07.215Z")
        let second = HTTPRequest(.post, request.target, fields: request.fields, body: body.bytes)
        let opened = try #require(await scene.open(second))
        _ = await control(.post, "clock", ["advance": "PT15M"])
        #expect(await scene.state(opened.id) == "RJCT NOAS")
    }

    // MARK: Books

    @Test func aResetBringsTheSeedBack() async throws {
        _ = try #require(await scene.pay("qa:acsc"))
        _ = await control(.put, "scenario", ["scenario": "rjct", "cents": true])
        _ = await control(.post, "clock", ["advance": "P1D"])
        #expect(await control(.post, "reset").status == 204)
        #expect(scene.world.bank.payments().isEmpty && scene.world.balance("camille", at: "deux-rives") == 150_000)
        #expect(await control(.get, "requests").json?["count"] == 0)
        #expect(await control(.get, "clock").json?["now"]?.string == "2026-02-12T08:41:07.000Z")
        #expect(await control(.get, "scenario").json?[0] == ["bank": "ardennes", "scenario": "", "cents": false])
    }

    @Test func aSnapshotIsRestored() async throws {
        let id = try #require(await scene.pay("qa:pdng 1d > acsc"))
        #expect(await control(.put, "snapshots/pending").status == 204)
        _ = await control(.post, "clock", ["advance": "P2D"])
        #expect(await scene.state(id) == "ACSC")
        for _ in 0..<2 {
            #expect(await control(.post, "snapshots/pending").status == 204)
            #expect(await scene.state(id) == "PDNG")
        }
        #expect(await control(.get, "snapshots").json == ["pending"])
        #expect(await control(.post, "snapshots/other").status == 404)
    }

    @Test func aSeedFileBringsCustomersAndAccounts() async throws {
        let file: JSON = [
            "customers": [
                ["login": "Zoe", "name": "Zoé", "accounts": [["cents": 5_000], ["cents": 9_900, "label": "Joint"]]],
                ["login": "riche", "bank": "rhin", "scenario": "pdng 1h > acsc", "accounts": [["cents": 900_000]]],
            ]
        ]
        #expect(await control(.put, "customers", file).status == 204)
        let accounts = scene.world.bank.accounts()
        #expect(accounts.filter { $0.owner == "zoe" && $0.bank == "rhin" }.map(\.balanceCents) == [5_000, 9_900])
        #expect(accounts.filter { $0.owner == "riche" }.map(\.bank) == ["rhin"])
        #expect(accounts.contains { $0.owner == "camille" }, "those of every bank stay")
        #expect(accounts.allSatisfy { IBANNumber.isValid($0.iban) })
        let opened = try #require(await scene.open(await scene.opening()))
        var browser = Browser(scene.world)
        _ = await browser.approve(opened.link, as: "zoe")
        #expect(scene.world.balance("zoe", at: "deux-rives") == 750)
        _ = await control(.post, "reset")
        #expect(scene.world.balance("zoe", at: "deux-rives") == 5_000, "a reset brings the loaded seed back")
    }

    static let badFiles: [(file: JSON, detail: String)] = [
        ([:], "customers must be an array of objects"),
        (["customers": [["login": "a+b"]]], "customers[0].login must be a text without +, / or space"),
        (["customers": [["login": "a"]]], "customers[0].accounts must hold at least one account"),
        (
            ["customers": [["login": "a", "accounts": [["cents": 0]]]]],
            "customers[0].accounts[0].cents must be 1 to 1000000000"
        ),
        (
            ["customers": [["login": "a", "accounts": [["cents": 1, "iban": "FR00"]]]]],
            "customers[0].accounts[0].iban is not a valid IBAN"
        ),
        (["customers": [["login": "a", "bank": "x", "accounts": []]]], "customers[0].bank is no bank of this place"),
        (
            ["customers": [["login": "a", "scenario": "acsd", "accounts": [["cents": 1]]]]],
            "customers[0].scenario: word 1, \"acsd\": "
                + "no state (accp, pdng, acsp, acsc, rjct), no other part and no scenario's name"
        ),
    ]

    @Test(arguments: badFiles)
    func aWrongSeedFileIsNamed(row: (file: JSON, detail: String)) async {
        let answer = await control(.put, "customers", row.file)
        #expect(answer.status == 400)
        #expect(answer.json?["detail"]?.string == row.detail)
    }

    // MARK: Payments

    static let forced: [(state: String, status: Int, verdict: String, debits: Int)] = [
        ("accp 1h", 200, "ACCP", 0), ("pdng", 200, "PDNG", 0), ("acsp", 200, "ACSP", 1), ("acsc", 200, "ACSC", 1),
        ("rjct AC04", 200, "RJCT AC04", 0), ("pdng 1s > acsc", 200, "PDNG", 0), ("callback lost", 400, "RCVD", 0),
        ("acsd", 400, "RCVD", 0),
    ]

    @Test(arguments: forced)
    func aPaymentIsForced(row: (state: String, status: Int, verdict: String, debits: Int)) async throws {
        let opened = try #require(await scene.open(await scene.opening()))
        let path = "payments/deux-rives/\(opened.id)"
        #expect(await control(.put, path, ["state": .string(row.state)]).status == row.status)
        #expect(await scene.state(opened.id) == row.verdict)
        #expect(scene.world.debits(of: opened.id).count == row.debits)
        #expect(scene.world.imbalance == 0)
    }

    @Test func whatHasEndedIsNotForced() async throws {
        let opened = try #require(await scene.open(await scene.opening()))
        let path = "payments/deux-rives/\(opened.id)"
        #expect(await control(.put, path, ["state": "acsp"]).status == 200)
        #expect(await control(.put, path, ["state": "rjct"]).status == 409, "the payer is debited")
        #expect(await control(.put, path, ["state": "acsc"]).status == 200)
        #expect(await control(.put, path, ["state": "acsc"]).status == 409)
        #expect(await control(.put, "payments/deux-rives/none", ["state": "acsc"]).status == 404)
        #expect(await control(.put, "payments/none/\(opened.id)", ["state": "acsc"]).status == 404)
        #expect(scene.world.debits(of: opened.id).count == 1)
    }

    // MARK: Requests

    @Test func everyRequestIsListedWithoutItsSecrets() async throws {
        let id = try #require(await scene.pay("qa:at status latency 1s"))
        _ = await scene.state(id)
        let list = try #require(await control(.get, "requests").json)
        let rows = list["requests"]?.array ?? []
        #expect(rows.last?["fault"] == "latency 1s" && rows.last?["paymentId"] == .string(id))
        #expect(rows.contains { $0["endpoint"] == "open" && $0["status"] == 201 && $0["paymentId"] == .string(id) })
        #expect(rows.filter { $0["endpoint"] == "page" }.count == 7)
        let text = String(decoding: list.bytes, as: UTF8.self)
        for secret in ["Bearer ", "Basic ", "password", "demo", "approval="] { #expect(!text.contains(secret)) }
    }

    static let payee: JSON = "FR76 9999 2000 4200 0000 9876 566"
    static let assertions: [(body: JSON, status: Int, differences: [String])] = [
        (["transfers": [["amountCents": 4250, "creditor": payee]], "nothingElse": true], 200, []),
        (["transfers": [["bank": "deux-rives", "status": "RCVD"]]], 200, []),
        (["transfers": [["amountCents": 4251]]], 409, ["transfers[0]: expected 1, found 0"]),
        (["transfers": [["amountCents": 4250, "count": 2]]], 409, ["transfers[0]: expected 2, found 1"]),
        (["transfers": [], "nothingElse": true], 409, ["not expected: 4250 cents at deux-rives, RCVD"]),
        (
            ["requests": [["path": "/deux-rives/stet/v1/payment-requests"], ["path": "/x", "count": 0]]], 200, []
        ),
        (["requests": [["method": "DELETE"]]], 409, ["requests[0]: expected 1, found 0"]),
    ]

    @Test(arguments: assertions)
    func anAssertion(row: (body: JSON, status: Int, differences: [String])) async throws {
        _ = try #require(await scene.open(await scene.opening()))
        let answer = await control(.post, "assertions", row.body)
        #expect(answer.status == row.status)
        #expect(answer.json?["holds"]?.bool == (row.status == 200))
        #expect(answer.json?["differences"]?.array?.compactMap(\.string) == row.differences)
    }

    @Test(arguments: [
        ([:], "transfers or requests must be an array"),
        (["transfers": [["amount": 1]]], "transfers[0].amount is not known; "
            + "bank, amountCents, creditor, status, count are"),
        (["requests": [["count": -1]]], "requests[0].count must be 0 or more"),
    ] as [(JSON, String)])
    func anAssertionThatSaysNothingIsRefused(body: JSON, detail: String) async {
        let answer = await control(.post, "assertions", body)
        #expect(answer.status == 400 && answer.json?["detail"]?.string == detail)
    }

    @Test func theJournalKeepsTheNewest() async {
        let count = Journal.capacity + 5
        for _ in 0..<count { _ = await scene.world.send(HTTPRequest(.get, "/deux-rives/consent")) }
        let list = await control(.get, "requests").json
        #expect(list?["count"] == .integer(count) && list?["listed"] == .integer(Journal.capacity))
        #expect(list?["requests"]?[0]?["number"] == 6)
        #expect(list?["requests"]?[Journal.capacity - 1]?["number"] == .integer(count))
    }

    // MARK: Sessions

    @Test func aSessionIsReplayedByteForByte() async throws {
        #expect(await control(.post, "recording", ["seed": "lundi"]).status == 204)
        let id = try #require(await scene.pay("qa:pdng 1d > acsc"))
        _ = await control(.post, "clock", ["advance": "P2D"])
        scene.world.advance(by: 0.0123)
        #expect(await scene.state(id) == "ACSC")
        _ = await control(.get, "books")
        let session = try #require(await control(.get, "recording").json)
        #expect(session["exchanges"]?.array?.count ?? 0 > 10)
        #expect(await control(.post, "replay", session).json?["identical"] == true)
        #expect(await control(.get, "recording").status == 404)

        // The same steps from the same seed draw the same id.
        _ = await control(.post, "recording", ["seed": "lundi"])
        #expect(await scene.pay("qa:pdng 1d > acsc") == id)
        let altered = session.changing("exchanges.1.response.status", to: 418)
        let answer = await control(.post, "replay", altered).json
        #expect(answer?["identical"] == false && answer?["exchange"] == 1)
        let reseeded = session.changing("seed", to: "mardi")
        #expect(await control(.post, "replay", reseeded).json?["identical"] == false)
    }

    @Test func requestsThatComeTogetherAreReplayedInTheOrderInWhichTheyWereAnswered() async throws {
        _ = await control(.post, "recording", ["seed": "ensemble"])
        await withTaskGroup { group in
            for _ in 0..<200 { group.addTask { _ = await scene.initiator.token() } }
        }
        let session = try #require(await control(.get, "recording").json)
        let answers = session["exchanges"]?.array?.compactMap { $0["response"]?["body"]?.string } ?? []
        #expect(Set(answers).count == 200, "each its own token")
        #expect(await control(.post, "replay", session).json?["identical"] == true)
    }

    // MARK: The catalogue

    @Test func theCatalogueListsEveryWordReasonNameAndPlace() async throws {
        let list = try #require(await control(.get, "scenarios").json)
        #expect(list["words"]?.array?.count == ScenarioWords.all.count)
        #expect(list["reasons"]?.array?.count == ReasonCode.all.count)
        let places = list["places"]?.array?.compactMap { $0["name"]?.string }
        #expect(places == ["header", "label", "cents", "login", "bank"])
        for entry in list["named"]?.array ?? [] {
            let scenario = try #require(entry["scenario"]?.string)
            #expect(await control(.put, "scenario", ["scenario": .string(scenario)]).status == 200)
        }
    }

    @Test(arguments: [
        (["bank": "none", "scenario": "rjct"], 404), (["scenario": "acsd"], 400), ([:], 400),
        (["bank": "rhin", "scenario": "at any 503 always"], 200), (["cents": true], 200),
    ] as [(JSON, Int)])
    func theScenarioOfABankIsSet(body: JSON, status: Int) async {
        #expect(await control(.put, "scenario", body).status == status)
    }
}

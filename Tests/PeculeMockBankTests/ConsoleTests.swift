import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculeMockBank

/// The console of QA: what a person sees and presses.
@Suite struct ConsoleTests {
    private func browser(_ scene: Scene, _ path: String) async -> Browser {
        var browser = Browser(scene.world)
        await browser.open("/mock/console" + path)
        return browser
    }

    static let buttons: [(action: String, bank: String, state: String, debits: Int)] = [
        ("approve", "deux-rives", "ACSP", 1), ("approve", "phare", "ACTC", 0), ("approve", "rhin", "ACSP", 1),
        ("refuse", "deux-rives", "RJCT CUST", 0), ("expire", "deux-rives", "RJCT NOAS", 0),
        ("expire", "rhin", "RJCT", 0),
    ]

    @Test(arguments: buttons)
    func aButtonSpeaksForThePayer(row: (action: String, bank: String, state: String, debits: Int)) async throws {
        let scene = Scene(row.bank)
        let opened = try #require(await scene.open(await scene.opening()))
        var browser = await browser(scene, "/\(row.bank)/\(opened.id)")
        await browser.submit(row.action)
        #expect(browser.page.status == 200 && browser.path == "/mock/console/\(row.bank)/\(opened.id)")
        #expect(!browser.html.contains("/approve\""), "nothing is asked any more")
        #expect(await scene.state(opened.id) == row.state)
        #expect(scene.world.debits(of: opened.id).count == row.debits)
    }

    @Test(arguments: [("approve", 409), ("expire", 409), ("dance", 404)])
    func whatHasEndedIsNotAnswered(action: String, status: Int) async throws {
        let scene = Scene()
        let id = try #require(await scene.pay("qa:acsc"))
        let path = "/mock/console/deux-rives/\(id)/\(action)"
        #expect(await scene.world.send(HTTPRequest(.post, path)).status == status)
    }

    @Test func aPaymentShowsItsCourseAndItsConversation() async throws {
        let scene = Scene()
        let id = try #require(await scene.pay("qa:pdng 15m > acsc; at status 503"))
        _ = await scene.state(id)
        scene.world.advance(by: 900)
        #expect(await scene.state(id) == "ACSC")
        let page = await browser(scene, "/deux-rives/\(id)").html
        let timeline = try #require(Markup.between("<ol class=\"timeline\">", "</ol>", in: page))
        let states = ["RCVD", "PDNG", "ACSP", "ACSC"].compactMap { timeline.firstRange(of: $0)?.lowerBound }
        #expect(states.count == 4 && states == states.sorted())
        let description = try #require(Markup.between("<desc id=\"seq-desc\">", "</desc>", in: page))
        #expect(description.hasPrefix("Passerelle → Banque : POST stet/v1/payment-requests, 201. Navigateur → Banque"))
        let reading = "Passerelle → Banque : GET stet/v1/payment-requests/\(id.prefix(4))…"
        #expect(description.hasSuffix("\(reading), 503, panne 503. \(reading), 200."))
        #expect(page.contains("⋯ 15 min ⋯") && page.contains("503 ⚡ 503") && page.contains(">retour</text>"))
    }

    @Test func nothingPersonalIsShown() async throws {
        let scene = Scene()
        let id = try #require(await scene.pay())
        _ = await scene.state(id)
        let payment = try #require(scene.world.bank.books.look(at: "deux-rives") { $0.payments[id] } ?? nil)
        let secrets = [
            payment.order.creditorName, payment.order.creditorIBAN, payment.approval?.debtorIBAN ?? "", payment.context,
            payment.factor, payment.nonce,
        ]
        for path in ["/deux-rives/\(id)", "", "/ledger"] {
            let page = await browser(scene, path).html
            for secret in secrets where !secret.isEmpty { #expect(!page.contains(secret), "\(path): \(secret)") }
        }
    }

    @Test(arguments: ["", "/ledger", "/deux-rives/{id}"])
    func everyPageSpeaksBothLanguagesWithoutAScript(path: String) async throws {
        let scene = Scene()
        let id = try #require(await scene.pay("qa:acsc"))
        for (query, language, word) in [("", "fr", "Paiements"), ("?lang=en", "en", "Payments")] {
            let page = await browser(scene, path.replacing("{id}", with: id) + query)
            #expect(page.html.contains("<html lang=\"\(language)\">") && page.html.contains("\(word) (1)"))
            #expect(!page.html.contains("<script") && page.html.ranges(of: "<h1>").count == 1)
            #expect(page.html.contains("href=\"/mock/console/deux-rives/\(id)\(query)\""), "the language stays")
        }
    }

    @Test func theCheatSheetHasEveryWordAndName() async {
        let page = await browser(Scene(), "").html
        for row in ScenarioWords.all {
            let cell: HTML = "<td>\(row.french)</td>"
            #expect(page.contains(String(decoding: cell.bytes, as: UTF8.self)))
        }
        for entry in ScenarioCatalogue(review: 900).entries { #expect(page.contains("<td>\(entry.name)</td>")) }
    }

    @Test func theConsoleOfASpaceStaysThere() async throws {
        let scene = Scene(space: "nuit")
        let id = try #require(await scene.pay())
        let page = await scene.world.send(HTTPRequest(.get, "/r/nuit/mock/console")).text
        #expect(page.contains("href=\"/r/nuit/mock/console/deux-rives/\(id)\""))
        #expect(!(await scene.world.send(HTTPRequest(.get, "/mock/console")).text).contains(id))
    }
}

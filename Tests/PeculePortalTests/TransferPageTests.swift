import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("Transfers on the portal")
struct TransferPageTests {
    @Test(
        "take an amount as people type it",
        arguments: [
            ("42,50", "42,50"), ("42.5", "42,50"), ("1", "1,00"), (" 200 € ", "200,00"), ("0,99", nil), ("0", nil),
            ("-5", nil), ("1e3", nil), ("12,345", nil), ("200,01", nil), ("4 2", nil), ("", nil), ("٤", nil),
        ] as [(String, String?)])
    func amount(typed: String, shown: String?) async throws {
        let world = try await PortalWorld()
        let browser = try await world.atBanks(typed)
        #expect((browser.heading == "Sélectionnez votre banque") == (shown != nil))
        if let shown { #expect(browser.html.contains("\(shown)\u{A0}€")) }
    }

    @Test("show the month's cap and the payer's own sum before anything is typed, and nothing of other payers")
    func month() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atBanks("120")
        let amount = "/montant"
        func page() async throws -> String {
            try await browser.open(PortalWorld.origin + "/pecule")
            let key = try #require(Markup.between("href=\"/pecule/", "\"", in: browser.html))
            try await browser.open(PortalWorld.origin + "/pecule/\(key)\(amount)")
            return browser.html
        }
        let list = browser
        #expect(!(try await page()).contains("déjà envoyé"), "what no bank knows does not count")
        browser = list
        try await browser.submit("banque", [("banque", "rives")])
        var html = try await page()
        #expect(html.contains("300,00\u{A0}€ au plus par mois"))
        #expect(html.contains("déjà envoyé 120,00\u{A0}€ ce mois-ci\u{A0}: il reste au plus 180,00\u{A0}€"))
        world.clock.advance(31 * 86_400)
        browser = try await world.logIn()
        html = try await page()
        #expect(!html.contains("déjà envoyé"), "another month")
    }

    @Test("are one however often the form is sent; another amount from the same page is asked for again")
    func twice() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atAmount()
        let form = browser
        try await browser.submit("montant", [("montant", "42,50")])
        let first = PortalWorld.path(browser)
        browser = form
        try await browser.submit("montant", [("montant", "42,50")])
        #expect(PortalWorld.path(browser) == first)
        browser = form
        try await browser.submit("montant", [("montant", "43")])
        #expect(browser.page.status == 409 && browser.html.contains("déjà validé un autre montant"))
        try await browser.submit("montant", [("montant", "43")])
        #expect(browser.heading == "Sélectionnez votre banque" && PortalWorld.path(browser) != first)
    }

    @Test("open one payment however often the bank is chosen, and lead to the bank")
    func choice() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atBanks()
        let list = browser
        for _ in 1...3 {
            browser = list
            try await browser.submit("banque", [("banque", "rives")])
            #expect(browser.html.contains("https://bank.example/approve/1"))
        }
        #expect(world.bank.count(.initiate) == 1)
    }

    @Test(
        "say what the bank says, and nothing before it",
        arguments: [
            (.pending, "Votre banque attend votre confirmation", true),
            (.executing, "Votre banque traite le virement", true),
            (.settled, "Votre virement est confirmé", false),
            (.rejected(RejectionReason("AM04")), "Ce virement n’a pas eu lieu", false),
            (.denied, "refusé ce virement chez votre banque", false),
            (.expired, "Le délai pour confirmer", false),
        ] as [(BankReport.Status, String, Bool)])
    func states(status: BankReport.Status, says: String, waits: Bool) async throws {
        let world = try await PortalWorld()
        var browser = try await world.atBanks()
        try await browser.submit("banque", [("banque", "rives")])
        world.bank.says(status)
        world.clock.advance(60)
        try await browser.open(browser.address.replacing("/depart", with: ""))
        #expect(browser.html.contains(says))
        #expect((browser.page.fields["Refresh"] != nil) == waits)
        try await browser.open(browser.address + "?actualiser=non")
        #expect(browser.page.fields["Refresh"] == nil, "whoever reads slowly can stop it")
    }

    @Test("never say done or failed while the outcome is unknown")
    func unknown() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atBanks()
        world.bank.next(.initiate, .lost)
        try await browser.submit("banque", [("banque", "rives")])
        #expect(browser.html.contains("Ne le refaites pas"))
        for word in ["confirmé.", "n’a pas eu lieu", "Rien n’a été débité"] { #expect(!browser.html.contains(word)) }
    }

    @Test("come back from the bank to the browser that left, and to no other")
    func comeBack() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atBanks()
        try await browser.submit("banque", [("banque", "rives")])
        world.bank.says(.settled)
        let state = try #require(world.bank.choices.first).returnState.revealed
        var other = try await world.logIn("nom-d-usage")
        for (query, status) in [
            ("state=\(state)", 409), ("state=", 409), ("", 409), ("state=\(state)&state=\(state)", 404),
        ] {
            try await other.open(PortalWorld.origin + "/virements/retour?" + query)
            #expect(other.page.status == status, "\(query)")
        }
        try await browser.open(PortalWorld.origin + "/virements/retour?state=\(state)")
        #expect(browser.html.contains("Votre virement est confirmé"))
    }

    @Test("of others, and permits of others, are not found")
    func authority() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atBanks()
        let transfer = PortalWorld.path(browser).replacing("/banque", with: "")
        try await browser.open(PortalWorld.origin + "/pecule")
        let key = try #require(Markup.between("href=\"/pecule/", "\"", in: browser.html))
        var other = try await world.logIn("nom-d-usage")
        let paths = [
            transfer, transfer + "/banque", transfer + "/depart", transfer + "/recu", "/pecule/\(key)",
            "/pecule/\(key)/montant", "/permis/\(key)/parloir",
        ]
        for path in paths {
            try await other.open(PortalWorld.origin + path)
            #expect(other.page.status == 404, "\(path)")
            #expect(!other.html.contains("Modèle"))
        }
    }

    @Test("under a permit that carries none are refused before an amount is typed")
    func closed() async throws {
        var browser = try await PortalWorld().logIn()
        try await browser.open(PortalWorld.origin + "/permis/ajouter")
        try await browser.submit("ajouter", Sample.permit("900419", at: "estran", "11002"))
        try await browser.open(PortalWorld.origin + "/pecule")
        let key = try #require(Markup.between("href=\"/pecule/", "\"", in: browser.html))
        try await browser.open(PortalWorld.origin + "/pecule/\(key)")
        #expect(browser.html.contains("ne reçoit pas de virements") && !browser.html.contains("Alimenter le pécule"))
        try await browser.open(PortalWorld.origin + "/pecule/\(key)/montant")
        #expect(browser.page.status == 409)
    }

    @Test("stand in the history and in its table, newest first, page by page")
    func history() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atAmount()
        let form = browser
        for cents in 1...22 {
            browser = form
            try await browser.open(form.address)
            try await browser.submit("montant", [("montant", "1,\(cents + 10)")])
            try await browser.submit("banque", [("banque", "rives")])
            world.clock.advance(60)
        }
        try await browser.open(PortalWorld.origin + "/virements")
        #expect(Markup.between("class=\"number\">", "<", in: browser.html) == "1,32\u{A0}€")
        let next = try #require(Markup.between("href=\"/virements?apres=", "\"", in: browser.html))
        try await browser.open(PortalWorld.origin + "/virements?apres=" + next)
        #expect(browser.html.components(separatedBy: "<tr>").count - 2 == 2)
        try await browser.open(PortalWorld.origin + "/virements.csv")
        let lines = browser.html.components(separatedBy: "\r\n").filter { !$0.isEmpty }
        #expect(lines.count == 23 && lines[1].contains("\"1,32\""))
    }
}

@Suite("What leaves the portal on paper or in a file")
struct ReceiptTests {
    @Test(
        "a cell of the table is text in every spreadsheet",
        arguments: [
            ("Noé", "\"Noé\""), ("=1+1", "\"'=1+1\""), ("+33", "\"'+33\""), ("-1", "\"'-1\""), ("@x", "\"'@x\""),
            ("a\"b", "\"a\"\"b\""), ("", "\"\""),
        ])
    func cell(text: String, written: String) { #expect(CSV.cell(text) == written) }

    @Test("a receipt's code fits its reference and its amount alone")
    func code() throws {
        let secret = [UInt8](repeating: 1, count: 32)
        let (id, other) = (Sample.make(TransferID("PEC1")), Sample.make(TransferID("PEC2")))
        let (amount, more) = (Sample.make(Amount(cents: 4250)), Sample.make(Amount(cents: 4251)))
        let code = ReceiptCode(id, amount, secret: secret)
        for (one, sum, typed, isRight) in [
            (id, amount, code.text, true), (id, amount, code.text.lowercased().replacing("-", with: ""), true),
            (other, amount, code.text, false), (id, more, code.text, false), (id, amount, "", false),
        ] {
            #expect(ReceiptCode(one, sum, secret: secret).isSame(as: typed) == isRight)
        }
    }
}

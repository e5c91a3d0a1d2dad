import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Testing

/// What every page owes its reader, and what it must keep from attackers.
@Suite struct PageTests {
    private static let hostile = #"<b>&"'</b>"#

    /// Every page of an approval, in a world where payee and reference are hostile.
    private func pages(in language: String? = nil) async throws -> [Browser] {
        let world = World(payees: PayeeDirectory(["FR7699992000420000009876566": #"<i>&"'</i>"#]))
        let initiator = Initiator(world: world, profile: .named("deux-rives"))
        func opened(_ id: String) async throws -> Initiator.Opened {
            let order = OrderText(id: id, payee: Self.hostile, reference: Self.hostile)
            return try #require(await initiator.open(order))
        }
        var pages: [Browser] = []
        var browser = Browser(world)
        browser.language = language
        let first = try await opened("UN")
        await browser.open(first.link)
        pages.append(browser)
        await browser.logIn("verrou")
        pages.append(browser)
        await browser.logIn("camille", password: "x")
        pages.append(browser)
        await browser.logIn("camille")
        pages.append(browser)
        await browser.submit("account")
        pages.append(browser)
        await browser.choose()
        pages.append(browser)
        await browser.confirm(code: "x")
        pages.append(browser)
        await browser.submit("code")
        pages.append(browser)
        let path = browser.path
        await browser.confirm()
        await browser.open(path)
        pages.append(browser)
        await browser.open(first.link)
        pages.append(browser)
        browser = Browser(world)
        browser.language = language
        await browser.open(try await opened("DEUX").link)
        await browser.logIn("expire")
        pages.append(browser)
        await browser.open("/deux-rives/consent?context=x")
        pages.append(browser)
        await browser.open("/")
        pages.append(browser)
        return pages
    }

    @Test func everyPageIsFrenchWithoutScriptAndSaysThatItIsASimulation() async throws {
        for page in try await pages() {
            let html = page.html
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr\">"), "\(page.title)")
            #expect(html.contains("Simulation – aucun virement réel"))
            #expect(!html.contains("<script") && !html.contains("<style") && !html.contains(" style="))
            #expect(html.ranges(of: "<h1>").count == 1 && html.ranges(of: "<title>").count == 1)
            #expect(html.firstMatch(of: #/\son[a-z]+="/#) == nil)
        }
    }

    /// The last of these is the home page, which is for developers and speaks French alone.
    @Test func everyPageOfAnApprovalIsEnglishWhereTheBrowserPrefersIt() async throws {
        let pages = try await pages(in: "en-GB,en;q=0.9,fr;q=0.8").dropLast()
        for page in pages {
            #expect(page.html.contains("<html lang=\"en\">"), "\(page.title)")
            #expect(page.html.contains("Simulation – no real transfer"))
            // Beside the demonstration's own names and the link to the other language.
            let prose = page.html.split(separator: "<details>")[0].replacing(#/<[^>]*>/#, with: " ")
                .replacing("Compte courant", with: "")
                .replacing("Livret d’épargne", with: "").replacing("Français", with: "")
            for word in [" le ", " la ", " de ", " votre ", "ordre", "compte", "é", "è"] {
                #expect(!prose.lowercased().contains(word), "\(page.title): \(word)")
            }
        }
        #expect(pages[0].title == "Step 1 of 3: Log in – Banque des Deux Rives")
        #expect(pages[10].title.hasPrefix("Request expired"))
    }

    @Test func aLanguageThatIsChosenStays() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("deux-rives"))
        var browser = Browser(world)
        browser.language = "de,fr;q=0.5"
        await browser.open(try #require(await initiator.open()).link)
        #expect(browser.heading == "Connectez-vous")
        #expect(browser.html.contains("?lang=en\" lang=\"en\" hreflang=\"en\">English</a>"))
        await browser.open(browser.path + "?lang=en")
        #expect(browser.heading == "Log in")
        await browser.logIn("camille")
        await browser.choose()
        #expect(browser.heading == "Check and confirm")
        await browser.open(browser.path + "?lang=fr")
        await browser.confirm(code: "x")
        #expect(browser.heading == "Vérifiez et confirmez")
    }

    @Test func titlesAreDistinctAndSayTheStep() async throws {
        let titles = try await pages().map(\.title)
        #expect(titles[0] == "Étape 1 sur 3 : Connectez-vous – Banque des Deux Rives")
        #expect(titles[1].hasPrefix("Erreur – Étape 1 sur 3"))
        #expect(titles[3].hasPrefix("Étape 2 sur 3"))
        #expect(titles[5].hasPrefix("Étape 3 sur 3"))
        #expect(titles[8].hasPrefix("Ordre confirmé"))
        #expect(titles[10].hasPrefix("Demande expirée"))
    }

    @Test func everyFieldHasALabelAndEveryErrorAField() async throws {
        for page in try await pages() {
            let html = page.html
            let ids = html.matches(of: #/\sid="([^"]*)"/#).map { String($0.1) }
            #expect(Set(ids).count == ids.count, "\(page.title)")
            for input in Markup.tags("input", in: html) where !input.contains("type=\"hidden\"") {
                let id = try #require(Markup.between("id=\"", "\"", in: input))
                let choice = "<label class=\"choice\"><input type=\"radio\" name=\"account\" id=\"\(id)\""
                let isLabelled = html.contains("<label for=\"\(id)\">") || html.contains(choice)
                #expect(isLabelled, "\(page.title): \(id)")
                guard input.contains("aria-invalid") else { continue }
                #expect(ids.contains("erreur") && page.title.hasPrefix("Erreur"))
            }
            for link in html.matches(of: ##/href="\#([^"]*)"/##) {
                #expect(ids.contains(String(link.1)), "\(page.title)")
            }
            for reference in html.matches(of: #/aria-(?:describedby|labelledby)="([^"]*)"/#) {
                #expect(reference.1.split(separator: " ").allSatisfy { ids.contains(String($0)) })
            }
        }
    }

    @Test func textsOfOthersAreShownAsTexts() async throws {
        let pages = try await pages()
        for page in pages {
            #expect(!page.html.contains("<b>") && !page.html.contains("<i>") && !page.html.contains("&\""))
        }
        #expect(pages[5].html.contains("&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;"))
    }

    @Test func theHeadersKeepThePageToItself() async throws {
        for page in try await pages() {
            let fields = page.page.fields
            let policy = try #require(fields["Content-Security-Policy"])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe") && policy.contains("form-action 'self'"))
            #expect(fields["Cache-Control"] == "no-store" && fields["X-Content-Type-Options"] == "nosniff")
            #expect(fields["Referrer-Policy"] == "no-referrer")
        }
    }

    @Test(arguments: MockBankProfile.fictional)
    func aFormMayLeadToTheReturnAddressAndNowhereElse(profile: MockBankProfile) async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: profile)
        let order = OrderText(success: "https://oui.example/a", failure: "https://non.example:8443/b")
        var browser = Browser(world)
        await browser.open(try #require(await initiator.open(order)).link)
        let policy = browser.page.fields["Content-Security-Policy"] ?? ""
        let origins = initiator.usesCode ? "http://127.0.0.1:9" : "https://oui.example https://non.example:8443"
        #expect(policy.hasSuffix("form-action 'self' \(origins)"))
    }

    @Test func theConfirmationShowsWhatIsConfirmedAndTheFormCarriesNoneOfIt() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("horizon"))
        let opened = try #require(await initiator.open(OrderText(amount: "1234.5")))
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        for text in [
            "1\u{202F}234,50\u{A0}€", "REGIE EXEMPLE", "FR76 9999 2000 4200 0000 9876 566",
            "COMMANDE 2026-000123",
        ] {
            #expect(browser.html.contains(text))
        }
        let phone = try #require(Markup.between("<aside", "</aside>", in: browser.html))
        #expect(phone.contains("1\u{202F}234,50\u{A0}€") && phone.contains("REGIE EXEMPLE"))
        for form in Markup.forms(in: browser.html) {
            #expect(form.hidden.map(\.name) == ["csrf"])
            #expect(!form.markup.contains("EXEMPLE") && !form.markup.contains("234"))
        }
    }

    @Test(arguments: [
        ("Régie Exemple", "Le nom correspond"), ("REGIE EXEMPL", "Titulaire du compte : <strong>REGIE EXEMPLE"),
        ("JEAN MARTIN", "ne correspond pas"),
    ])
    func theVerificationOfPayeeIsShown(name: String, text: String) async throws {
        let world = World()
        let opened = try #require(await Initiator(world: world, profile: .named("phare")).open(OrderText(payee: name)))
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        #expect(browser.html.contains(text))
    }

    @Test func anUnknownAccountCannotBeVerified() async throws {
        let world = World()
        let order = OrderText(iban: "FR1420041010050500013M02606")
        let opened = try #require(await Initiator(world: world, profile: .named("phare")).open(order))
        var browser = Browser(world)
        await browser.reachConfirmation(opened.link)
        #expect(browser.html.contains("La vérification du nom n’a pas été possible"))
    }

    @Test(arguments: MockBankProfile.fictional)
    func eachBankHasItsColour(profile: MockBankProfile) async {
        let response = await World().send(HTTPRequest(.get, "/\(profile.id)/style.css"))
        #expect(response.status == 200 && response.text.hasPrefix(":root { --brand: \(profile.colour); }"))
        #expect(response.fields["Content-Type"] == "text/css; charset=utf-8")
    }
}

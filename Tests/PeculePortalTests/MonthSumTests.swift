import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("One's own sum of the month, on the page of the amount")
struct MonthSumTests {
    private func amountPage(_ browser: inout PageBrowser) async throws -> String {
        try await browser.open(PortalWorld.origin + "/pecule")
        let key = try #require(Markup.between("href=\"/pecule/", "\"", in: browser.html))
        try await browser.open(PortalWorld.origin + "/pecule/\(key)/montant")
        return browser.html
    }

    /// What the page says was sent; nil for nothing.
    private func sum(_ browser: inout PageBrowser) async throws -> String? {
        Markup.between("déjà envoyé ", "\u{A0}€ ce mois-ci", in: try await amountPage(&browser))
    }

    enum End: CaseIterable { case cancelled, denied }

    @Test("is what it became at once, whatever this process does to a transfer", arguments: End.allCases)
    func changes(end: End) async throws {
        let world = try await PortalWorld()
        var browser = try await world.atBanks("120")
        let list = browser
        #expect(try await sum(&browser) == nil)
        browser = list
        try await browser.submit("banque", [("banque", "rives")])
        let transfer = browser.address.replacing("/depart", with: "")
        #expect(try await sum(&browser) == "120,00")
        if end == .denied { world.bank.says(.denied) }
        let state = try #require(world.bank.choices.first).returnState.revealed
        try await browser.open(
            end == .denied ? PortalWorld.origin + "/virements/retour?state=\(state)" : transfer)
        if end == .cancelled { try await browser.submit("annuler") }
        #expect(browser.html.contains("n’a pas eu lieu"))
        #expect(try await sum(&browser) == nil, "what failed counts no more")
    }

    @Test("begins anew with the month in Paris, in the second in which it turns")
    func turn() async throws {
        let world = try await PortalWorld()
        // 2026-02-28T22:59:58Z: two seconds before March in Paris.
        world.clock.advance(Date(timeIntervalSince1970: 1_772_319_598).timeIntervalSince(world.clock.now))
        var browser = try await world.atBanks("120")
        try await browser.submit("banque", [("banque", "rives")])
        for (seconds, shown) in [(0, "120,00"), (1, "120,00"), (1, nil)] as [(TimeInterval, String?)] {
            world.clock.advance(seconds)
            #expect(try await sum(&browser) == shown, "\(world.clock.now)")
        }
    }

    @Test("is what another process made of it after two seconds, and no later when the clock is set back")
    func elsewhere() async throws {
        for (seconds, shown) in [(1, nil), (3, "120,00"), (-60, "120,00")] as [(TimeInterval, String?)] {
            let world = try await PortalWorld()
            var browser = try await world.atBanks("120")
            let id = try #require(TransferID(PortalWorld.path(browser).components(separatedBy: "/")[2]))
            #expect(try await sum(&browser) == nil)
            // Past the portal: what another one's process does.
            let accounts = world.store.items(AccountBook.kind, after: "", limit: 1)
            _ = try await world.gateway.begin(
                id, by: Sample.make(AccountID(accounts[0].id)), at: world.bank.bank.id,
                from: Sample.make(BrowserSession("another-process-of-it")),
                returningTo: Sample.make(ReturnAddress(world.back)))
            world.clock.advance(seconds)
            #expect(try await sum(&browser) == shown, "\(seconds) s later")
        }
    }
}

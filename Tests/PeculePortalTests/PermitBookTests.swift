import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("The permits of a personal space")
struct PermitBookTests {
    @Test("are shown as this process changed them at once, and as another did after two seconds")
    func changes() async throws {
        let world = try await PortalWorld()
        var browser = try await world.withPermit()
        let environment = Environment(
            now: { world.clock.now }, sleep: { _ in }, randomBytes: Environment.system.randomBytes)
        let elsewhere = PermitBook(world.store, environment: environment)
        for (book, seconds, status, shown) in [
            (world.permits, 0, VisitPermit.Status.suspended, "Permis suspendu"),
            (world.permits, 0, .active, "Permis actif"),
            (elsewhere, 0, .suspended, "Permis actif"), (elsewhere, 1, .suspended, "Permis actif"),
            (elsewhere, 3, .suspended, "Permis suspendu"),
        ] {
            try await set(status, in: book)
            world.clock.advance(TimeInterval(seconds))
            try await browser.open(PortalWorld.origin + "/")
            #expect(browser.html.contains(shown))
        }
    }

    @Test("let no money out on what is remembered: a permit suspended elsewhere stops the transfer at once")
    func decision() async throws {
        let world = try await PortalWorld()
        var browser = try await world.atAmount()
        try await set(.suspended, in: PermitBook(world.store))
        try await browser.submit("montant", [("montant", "42,50")])
        #expect(browser.page.status != 200 && browser.heading != "Sélectionnez votre banque")
        #expect(world.bank.count(.initiate) == 0)
    }

    @Test("are remembered no longer when the clock is set back")
    func clockSetBack() async throws {
        let world = try await PortalWorld()
        var browser = try await world.withPermit()
        try await browser.open(PortalWorld.origin + "/")
        try await set(.suspended, in: PermitBook(world.store))
        world.clock.advance(-60)
        try await browser.open(PortalWorld.origin + "/")
        #expect(browser.html.contains("Permis suspendu"))
    }

    private func set(_ status: VisitPermit.Status, in book: PermitBook) async throws {
        let number = Sample.make(PermitNumber("900417"))
        try await book.keep(Sample.make(try await book.granted(number)).with(status))
    }
}

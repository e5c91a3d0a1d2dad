import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("The QR code of the way to the bank")
struct QRCodeTests {
    @Test("is there where the bank waits for nothing that the browser brings back", arguments: [false, true])
    func bank(needsReturn: Bool) async throws {
        let world = try await PortalWorld(needsReturn: needsReturn)
        var browser = try await world.atBanks()
        try await browser.submit("banque", [("banque", "rives")])
        #expect(browser.html.contains("Continuer sur votre téléphone") == !needsReturn)
        #expect(browser.html.contains("<svg class=\"qr\" role=\"img\" aria-label=\"Code QR") == !needsReturn)
    }

    @Test("holds what a code can hold", arguments: [(0, false), (1, true), (2953, true), (2954, false)])
    func length(bytes: Int, isDrawn: Bool) {
        #expect((QRCode(String(repeating: "a", count: bytes)) != nil) == isDrawn)
    }

    @Test("has no session to come back to: the telephone is told to return to the computer")
    func elsewhere() async throws {
        let world = try await PortalWorld()
        var telephone = world.browser
        try await telephone.open(PortalWorld.origin + "/virements/retour?state=x")
        #expect(telephone.page.status == 200 && telephone.heading == "Revenez à votre ordinateur")
    }
}

import Foundation
import Pecule
import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("What the portal keeps no longer")
struct RetentionTests {
    private static let day: TimeInterval = 86_400

    private func account(_ world: PortalWorld) -> StoredItem? {
        world.store.items(AccountBook.kind, after: "", limit: 2).first
    }

    @Test("an account that nobody uses: told a month before, erased with its permits, and a proof that names nobody")
    func unused() async throws {
        let world = try await PortalWorld()
        _ = try await world.withPermit()
        let name = try #require(account(world)).id
        for (days, notices, isKept) in [(700, 0, true), (1, 1, true), (0, 1, true), (30, 1, true), (2, 1, false)] {
            world.clock.advance(TimeInterval(days) * Self.day)
            try await world.portal.sweep()
            #expect(world.mailed.notices.count == notices, "after \(days) more days")
            #expect((account(world) != nil) == isKept, "after \(days) more days")
        }
        #expect(world.store.items(PermitBook.registrations, after: "", limit: 1).isEmpty)
        #expect(try await world.permits.granted(Sample.make(PermitNumber("900417")))?.permit.registeredBy == nil)
        let proof = try #require(try await world.applications.erasures.proofs().first)
        #expect(proof.subject == .account && proof.count == 2 && !name.contains(proof.object))
    }

    @Test("an account that is used again is kept, and told again the next time")
    func used() async throws {
        let world = try await PortalWorld()
        _ = try await world.logIn()
        world.clock.advance(710 * Self.day)
        try await world.portal.sweep()
        _ = try await world.logIn()
        world.clock.advance(60 * Self.day)
        try await world.portal.sweep()
        #expect(account(world) != nil && world.mailed.notices.count == 1)
        world.clock.advance(650 * Self.day)
        try await world.portal.sweep()
        #expect(world.mailed.notices.count == 2)
    }

    @Test("messages to the support go after a year")
    func year() async throws {
        let world = try await PortalWorld()
        var browser = try await world.logIn()
        try await browser.open(PortalWorld.origin + "/mes-donnees")
        try await browser.submit("effacement")
        for (days, left) in [(364, 1), (2, 0)] {
            world.clock.advance(TimeInterval(days) * Self.day)
            try await world.portal.sweep()
            #expect(world.store.items(MessageBook.kind, after: "", limit: 9).count == left)
        }
    }
}

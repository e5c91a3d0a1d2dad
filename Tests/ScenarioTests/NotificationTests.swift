import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Synchronization
import Testing

@testable import PeculeCLI

/// Banks tell the gateway of changes, at the address of each transfer: a reason to ask, and nothing else.
@Suite struct NotificationTests {
    /// At which bank, what becomes of its notifications, and whether they bring the transfer to its end in ten minutes.
    static let rows: [(bank: String, word: String, isEnough: Bool)] =
        ["rhin", "escaut"].flatMap { bank in
            [
                (bank, "", true), (bank, "notify twice", true), (bank, "notify reordered", true),
                (bank, "notify late 10m", true), (bank, "notify forged", true), (bank, "notify badly-signed", true),
                (bank, "notify never", false),
            ]
        } + [
            // That bank waits for a confirmation, and tells that it does.
            ("colline", "", true), ("colline", "notify twice", true), ("colline", "notify forged", true),
            ("colline", "notify badly-signed", true), ("colline", "notify never", false),
            ("colline", "notify late 10m", false), ("colline", "notify reordered", false),
        ]

    /// Nobody sweeps and no browser comes back for ten minutes.
    @Test(arguments: rows)
    func whatArrivesChangesNothingThatTheBankWouldNotSay(
        row: (bank: String, word: String, isEnough: Bool)
    ) async throws {
        let world = try await World(.handedOver)
        try world.bank.play(row.word)
        let begun = try await world.begin(at: row.bank, answering: world.answers(row.bank))
        try await world.answer(begun, .closedTab)
        for _ in 0..<62 {
            world.clock.skip(10)
            await world.bank.sendNotifications()
        }
        let transfer = try #require(world.store.transfer(begun.id))
        #expect((transfer.state == .settled) == row.isEnough, "\(transfer.state)")
        let swept = try await world.sweepUntilFinal(begun.id)
        #expect(swept.state == .settled)
        #expect(world.debits(of: swept.id) == [2550])
        #expect(!swept.needsOperator)
    }

    /// Told of an end that the bank does not know of, by whoever knows the address.
    @Test(arguments: [
        #"{"transactionStatus":"ACSC"}"#, #"{"transactionStatus":"RJCT"}"#, #"{"paymentId":"another"}"#, "", "{",
        "\u{0}\u{FF}",
    ])
    func aForgeryIsNotRead(body: String) async throws {
        let world = try await World(.handedOver)
        let begun = try await world.begin(at: "rhin", answering: world.answers("rhin"))
        for _ in 0..<3 {
            world.clock.skip(10)
            let forged = HTTPRequest(.post, "/v1/bank-notifications/\(begun.id)", body: Array(body.utf8))
            #expect(await world.notifications.respond(to: forged).status == 204)
            #expect(world.store.transfer(begun.id)?.state == .awaitingApproval)
        }
        try await world.answer(begun, .refused)
        #expect(try await world.sweepUntilFinal(begun.id).state == .failed(.deniedByPayer))
        #expect(world.debits(of: begun.id).isEmpty)
    }

    @Test func aNotificationOfNobodysTransferIsAnsweredInTheSameWay() async throws {
        let world = try await World(.handedOver)
        for path in ["/v1/bank-notifications/PECUNKNOWN", "/v1/bank-notifications/-", "/"] {
            #expect(await world.notifications.respond(to: HTTPRequest(.post, path)).status == 204)
        }
    }

    @Test func overSocketsToo() async throws {
        let world = try await World(.sockets)
        try world.bank.play("acsc")
        let begun = try await world.begin(at: "rhin", answering: world.answers("rhin"))
        world.clock.skip(10)
        try await world.answer(begun, .closedTab)
        world.clock.skip(10)
        await world.bank.sendNotifications()
        #expect(world.store.transfer(begun.id)?.state == .settled)
        await world.stop()
    }
}

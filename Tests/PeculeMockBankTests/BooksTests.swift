import FoundationEssentials
import PeculeHTTP
import PeculeMockBank
import Testing

/// The books that an auditor reads.
@Suite struct BooksTests {
    @Test func theBooksTellOfEveryAccountPaymentAndBooking() async throws {
        let world = World()
        let initiator = Initiator(world: world, profile: .named("deux-rives"))
        let opened = try #require(await initiator.open())
        var browser = Browser(world)
        _ = await browser.approve(opened.link)
        world.advance(by: 1)

        let endToEndID = "EPMT20260212A7F3C09E41D2B8"
        let books = try #require(await world.send(HTTPRequest(.get, "/mock/books")).json?.array)
        #expect(books.compactMap { $0["bank"]?.string } == MockBankProfile.fictional.map(\.id).sorted())
        let book = try #require(books.first { $0["bank"] == "deux-rives" })
        let account = try #require(book["accounts"]?.array?.first { $0["owner"] == "camille" })
        let payer = try #require(account["iban"])
        #expect(account["balanceCents"] == .integer(150_000 - 4250))
        #expect(
            book["payments"] == [
                [
                    "id": .string(opened.id), "endToEndId": .string(endToEndID), "status": "ACSC",
                    "amountCents": .integer(4250), "creditor": "FR7699992000420000009876566",
                    "approved": .bool(true),
                ]
            ])
        let start = Int(World.start.timeIntervalSince1970) * 1000
        #expect(
            book["ledger"]?.array?.suffix(2) == [
                [
                    "at": .integer(start), "kind": "execution", "debited": payer, "credited": "clearing",
                    "amountCents": .integer(4250), "paymentId": .string(opened.id), "endToEndId": .string(endToEndID),
                ],
                [
                    "at": .integer(start + 1000), "kind": "settlement", "debited": "clearing",
                    "credited": "FR7699992000420000009876566", "amountCents": .integer(4250),
                    "paymentId": .string(opened.id), "endToEndId": .string(endToEndID),
                ],
            ])
    }
}

import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeHTTP
import PeculeMockBank
import PeculeSQLite
import PeculeServer

/// One transfer as a portal's backend makes it. Copy it, and replace the marked places by your own.
@main
struct Example {
    static func main() async throws {
        // The banks. Here a mock bank in this process; for real ones, their profiles from a file of yours.
        let mockBank = MockBank()
        let mockBankServer = try HTTPServer.start(handler: mockBank)
        let mockBankURL = "http://127.0.0.1:\(mockBankServer.port)"
        mockBank.move(to: mockBankURL)
        let transport = CurlTransport()
        let profiles = try await transport.send(HTTPRequest(.get, "\(mockBankURL)/mock/banks"), within: HTTPLimits())
        let banks = try BankProfile.list(parsing: profiles.body).map { profile in
            HTTPBank(profile, initiatingParty: "Portail des proches", transport: transport)
        }

        // Your web server: one page where banks send browsers back. `session` is this visitor's own, from your login:
        // it keeps another browser from finishing the transfer.
        let page = ReturnPage()
        let portal = try HTTPServer.start(handler: page)
        let returnAddress = try some(ReturnAddress("http://127.0.0.1:\(portal.port)/retour"))
        let session = try some(BrowserSession("a-hash-of-the-session-cookie"))

        // The gateway, once for your whole process, with a sweeper beside it that finishes what no browser does. What
        // was begun is in the file, and goes on after a crash; several machines share a PostgreSQL instead.
        let store = try SQLiteStore(path: option("--store") ?? "\(NSTemporaryDirectory())/pecule-example.sqlite")
        let gateway = PeculeGateway(
            store: store, permits: try demoData(), banks: try BankDirectory(banks), returnAddresses: [returnAddress])
        page.serve { request in
            try await gateway.resume(query: String(request.query ?? ""), from: session)
        }
        let sweeping = Task { await Sweeper(gateway).run() }
        defer { sweeping.cancel() }

        // One transfer. The id is made once per form you show: a double click then lands on the same transfer.
        let name = try PersonName(birthName: "Exemple", givenNames: ["Camille"])
        let payer = Payer(account: try some(AccountID("camille")), name: name)
        let id = TransferID(random: Environment.system.randomBytes)
        let amount = try Amount(typed: "25,50")
        _ = try await gateway.draft(id, payer: payer, permit: try some(PermitNumber("900417")), amount: amount)
        let bank = try await gateway.banks(matching: "deux rives")[0].bank
        var transfer = try await gateway.begin(
            id, by: payer.account, at: bank.id, from: session, returningTo: returnAddress)

        // Send the browser there. Afterwards only the bank's word counts, with or without a return.
        if case .approve(.redirect(let link, _)) = transfer.outcome {
            say("Open this page, log in as camille / demo, and confirm:\n\n  \(link)\n")
        }
        transfer = try await gateway.waitUntilFinal(id, by: payer.account, within: .seconds(900))
        say("\(transfer.amount.french) \(transfer.state.name)")
        await portal.stop(within: .seconds(1))
        await mockBankServer.stop(within: .seconds(1))
    }

    /// Your permits and establishments come from your own database behind `PermitStore`.
    private static func demoData() throws -> InMemoryStore {
        let place = try some(EstablishmentID("demo-valmont"))
        let payee = Payee(name: "Régie des comptes nominatifs Valmont", iban: try IBAN("FR7699920000420000041700138"))
        let detainee = Detainee(
            establishment: place, ecrouNumber: try EcrouNumber("042137"),
            name: try PersonName(birthName: "Modèle", givenNames: ["Noé"]))
        let permit = VisitPermit(
            number: try some(PermitNumber("900417")),
            holder: try PersonName(birthName: "Exemple", givenNames: ["Camille"]), detainee: detainee,
            status: .active, registeredBy: AccountID("camille"))
        return InMemoryStore(
            establishments: [Establishment(id: place, name: "Centre de démonstration", payee: try some(payee))],
            permits: [permit])
    }

    private static func option(_ name: String) -> String? {
        let words = CommandLine.arguments
        return words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }

    /// At once, also where somebody reads through a pipe.
    private static func say(_ text: String) { try? FileHandle.standardOutput.write(contentsOf: Data("\(text)\n".utf8)) }

    private static func some<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw CocoaError(.featureUnsupported) }
        return value
    }
}

import Foundation
import Pecule
import PeculeBanks
import PeculeConformance
import PeculeHTTP
import PeculeMockBank
import PeculeTestNetwork
import Synchronization

@testable import PeculeCLI

/// The connectors against the mock bank, in the process.
struct MockWorld: ConformanceWorld {
    let bank: String
    /// What stands between the kit and the connector.
    var wrap: @Sendable (any BankProvider) -> any BankProvider = { $0 }

    func stage() async throws -> any ConformanceStage { try await MockStage(bank, wrap) }
}

struct MockStage: ConformanceStage {
    let provider: any BankProvider
    let returnAddress: ReturnAddress
    private let clock = DemoClock()
    private let mock: MockBank
    private let network: HandOver
    private let troubled: TroubledNetwork
    private let portal = Portal()
    private let bank: String

    private static let origin = "http://127.0.0.1:1001"
    private static let portalOrigin = "http://127.0.0.1:1002"

    init(_ bank: String, _ wrap: (any BankProvider) -> any BankProvider) async throws {
        mock = MockBank(
            baseURL: Self.origin, profiles: MockBankProfile.all.filter { $0.id == bank }, clock: clock.now)
        network = HandOver([Self.origin: mock, "http://localhost:1001": mock, Self.portalOrigin: portal])
        troubled = TroubledNetwork(network)
        let document = await mock.respond(to: HTTPRequest(.get, "/mock/banks"))
        guard let address = ReturnAddress(Self.portalOrigin + "/retour"),
            let profile = try BankProfile.list(parsing: document.body).first(where: { $0.bank.id.text == bank })
        else { throw CocoaError(.coderValueNotFound) }
        provider = wrap(
            HTTPBank(profile, initiatingParty: "Conformance", transport: troubled, environment: clock.environment))
        (returnAddress, self.bank) = (address, bank)
    }

    var environment: Environment { clock.environment }

    var answers: [String: String] {
        let account = mock.accounts().first { $0.bank == bank && $0.owner == "camille" }
        let all = ["debtor_iban": account?.iban ?? "", "psu_id": "camille"]
        return all.filter { answer in provider.bank.questions.contains { $0.id == answer.key } }
    }

    func advance(by seconds: TimeInterval) async { clock.skip(seconds) }

    func act(_ deed: PayerDeed, on payment: BankPayment) async throws -> String? {
        guard case .redirect(let link, _) = payment.approval else {
            let path = "\(Self.origin)/\(bank)/phone/camille/\(payment.id)/\(deed.rawValue)"
            _ = try await network.send(HTTPRequest(.post, path), within: HTTPLimits())
            return nil
        }
        portal.forget()
        let journal = Journal(Terminal(isSilent: true))
        var payer = ScriptedPayer(login: "camille", transport: network, journal: journal)
        payer.refuses = deed == .refuse
        _ = try await payer.walk(from: link)
        return portal.query
    }

    func debits(of order: TransferOrder) async throws -> [Int] {
        mock.ledger().filter { $0.endToEndID == order.endToEndID && $0.kind == "execution" }.map(\.amountCents)
    }

    func plays(_ trouble: ConformanceTrouble?, at step: ConformanceStep) async -> Bool {
        guard let trouble else {
            troubled.mend()
            return true
        }
        let profile = MockBankProfile.all.first { $0.id == bank }
        let isBerlinGroup = profile?.berlinGroup != nil
        let isPlayed: Bool
        switch trouble {
        // The report of that standard does not name the payment.
        case .otherPayment: isPlayed = !isBerlinGroup
        case .noPaymentID:
            // Elsewhere the link names it.
            isPlayed = bank != "estuaire" && bank != "lagune"
        // A telephone needs no link.
        case .noApproval, .scriptLink, .plainLink: isPlayed = profile?.flow != .decoupled
        default: isPlayed = true
        }
        if isPlayed { troubled.set(trouble, at: step) }
        return isPlayed
    }
}

/// Where the payer's browser comes back to.
private final class Portal: HTTPHandler {
    private let seen = Mutex<String?>(nil)

    var query: String? { seen.withLock { $0 } }
    func forget() { seen.withLock { $0 = nil } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        seen.withLock { $0 = request.query.map { String($0) } }
        let page = "<title>Retour</title>"
        return HTTPResponse(status: 200, fields: ["Content-Type": "text/html"], body: Array(page.utf8))
    }
}

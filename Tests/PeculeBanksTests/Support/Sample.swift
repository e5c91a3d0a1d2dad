import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import Synchronization
import Testing

/// Invented data that all tests share.
enum Sample {
    static let api = "https://api.bank.example/stet/v1"
    static let tokenURL = "https://auth.bank.example/oauth/token"
    static let returnURL = "https://portal.example/retour"
    static let state = "00112233445566778899aabbccddeeff"
    static let consent = "https://www.bank.example/consent?context=8c41"
    static let party = "Passerelle Exemple SAS"
    /// 2026-02-12T08:41:07.250Z
    static let moment = Date(timeIntervalSince1970: 1_770_885_667.25)

    /// Those of STET.
    static let flows = RedirectFlow.allCases.filter { $0 != .decoupled }

    /// A profile as an operator writes it.
    static func document(
        _ flow: RedirectFlow = .simple, _ version: STETVersion = .v1_4_2, confirmNow: String? = nil
    ) -> JSONObject {
        let codes: JSON =
            switch flow {
            case .simpleThenConfirm, .factorThenConfirm, .codeThenConfirm: [.string(confirmNow ?? "ACTC")]
            case .simple, .codeOnly, .bankConfirms, .decoupled: []
            }
        return JSONObject([
            ("id", "banque-a"), ("name", "Banque A"), ("bic", "EXMPFRPP"), ("bankCodes", ["99991"]),
            ("country", "FR"), ("api", .string(api)), ("token", .string(tokenURL)),
            ("client", ["id": "PSDFR-ACPR-99999", "secret": "s3cret", "authentication": "basic"]),
            ("dialect", ["standard": "stet", "version": .string(version.rawValue)]),
            ("redirectFlow", .string(flow.rawValue)),
            ("pkce", .bool(flow == .codeThenConfirm || flow == .codeOnly)), ("scope", "pisp"), ("confirmNow", codes),
            ("limits", ["minimumCents": .integer(100), "maximumCents": .integer(300_000)]),
            ("consentLifetimeSeconds", .integer(600)),
        ])
    }

    static func payee() throws -> Payee {
        try #require(
            Payee(name: "REGIE EXEMPLE", iban: IBAN("FR7699992000420000009876566"), bic: BIC("EXMPFRPPXXX")))
    }

    static func establishment(payee: Payee? = nil) throws -> Establishment {
        Establishment(
            id: try #require(EstablishmentID("exemple")), name: "Centre exemple", payee: try payee ?? Sample.payee())
    }

    static func payer() throws -> Payer {
        Payer(
            account: try #require(AccountID("account-1")),
            name: try PersonName(birthName: "Exemple", givenNames: ["Camille"]))
    }

    static func permit() throws -> VisitPermit {
        let detainee = Detainee(
            establishment: try #require(EstablishmentID("exemple")), ecrouNumber: try EcrouNumber("12345"),
            name: try PersonName(birthName: "Exemplé", givenNames: ["Noël"]))
        return VisitPermit(
            number: try #require(PermitNumber("P1")), holder: try payer().name, detainee: detainee, status: .active,
            registeredBy: try payer().account)
    }

    static func order(_ id: String = "T1", cents: Int = 4250, payee: Payee? = nil) throws -> TransferOrder {
        TransferOrder(
            id: try #require(TransferID(id)), payer: try payer(), permit: try permit(),
            establishment: try establishment(payee: payee), amount: try #require(Amount(cents: cents)), at: moment)
    }

    static func choice(state: String = state) throws -> BankChoice {
        BankChoice(
            bank: try #require(BankID("banque-a")), returnAddress: try #require(ReturnAddress(returnURL)),
            returnState: try #require(ReturnState(state)), browser: try browser(), chosenAt: moment)
    }

    static func browser() throws -> BrowserSession { try #require(BrowserSession("hash-of-a-cookie")) }
}

/// One bank under test: its script, its clock, and one order to send to it.
struct Stage: Sendable {
    let bank: ScriptedBank
    let provider: HTTPBank
    let clock = TestClock()
    let order: TransferOrder
    let choice: BankChoice

    init(_ document: JSONObject = Sample.document(), _ script: [String: [ScriptedBank.Reply]] = [:]) throws {
        bank = ScriptedBank(script)
        order = try Sample.order()
        choice = try Sample.choice()
        provider = HTTPBank(
            try BankProfile(.object(document)), initiatingParty: Sample.party, transport: bank,
            environment: clock.environment)
    }

    func initiate() async throws -> BankPayment { try await provider.initiate(order, choice) }

    func confirm(_ payment: BankPayment, _ proof: ApprovalProof? = nil) async throws -> BankReport {
        try await provider.confirm(payment, of: order, choice, proof: proof)
    }

    func ask(_ payment: BankPayment = Stage.payment) async throws -> BankReport {
        try await provider.report(payment, of: order)
    }

    func cancel(_ payment: BankPayment = Stage.payment) async throws -> BankReport {
        try await provider.cancel(payment, of: order, choice)
    }

    /// A payment that the bank opened before the test began.
    static let payment = BankPayment(id: "8c41", approval: .redirect(to: Sample.consent, expires: nil))
}

/// Time that passes when the test says so, and random bytes that count up from a seed.
final class TestClock: Sendable {
    private let state = Mutex((now: Sample.moment, byte: UInt8(0)))

    func advance(_ seconds: TimeInterval) { state.withLock { $0.now.addTimeInterval(seconds) } }

    var environment: Environment {
        Environment(
            now: { [self] in state.withLock { $0.now } },
            sleep: { [self] duration in advance(TimeInterval(duration.components.seconds) + 0.05) },
            randomBytes: { [self] count in
                state.withLock { state in
                    (0..<count).map { _ in
                        state.byte &+= 1
                        return state.byte
                    }
                }
            })
    }
}

/// The fault that a call ends with; nil when it succeeded.
func fault(of call: () async throws -> some Sendable) async -> BankFault? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error as? BankFault
    }
}

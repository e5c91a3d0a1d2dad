import Foundation
import Pecule
import PeculeBanks
import PeculeCurl

/// One payment at a bank that believes certificates alone, opened as a portal's backend does it.
struct SignedOrder {
    let gateway: PeculeGateway
    let bank: BankID
    let address: ReturnAddress

    /// - Parameters:
    ///   - profile: path of the bank's profile.
    ///   - certificates: a folder that `mock-bank certificates` made.
    init(profile: String, certificates: String) throws {
        let transport = CurlTransport(
            .init(
                trustedAuthoritiesFile: "\(certificates)/ca.pem",
                clientIdentity: .init(
                    certificateFile: "\(certificates)/tpp-qwac.pem", keyFile: "\(certificates)/tpp-qwac.key")))
        let seal = try MessageSeal(
            certificate: Self.text("\(certificates)/tpp-qseal.pem"), key: Self.text("\(certificates)/tpp-qseal.key"),
            authorities: Self.text("\(certificates)/ca.pem"), bankSeals: Self.text("\(certificates)/bank-qseal.pem"))
        let profiles = try BankProfile.list(parsing: Array(try Data(contentsOf: URL(filePath: profile))))
        let banks = profiles.map { HTTPBank($0, initiatingParty: "Consumer", transport: transport, seal: seal) }
        address = try Self.some(ReturnAddress("https://portal.example/return"))
        bank = try Self.some(profiles.first?.bank.id)
        gateway = PeculeGateway(
            store: InMemoryStore(), permits: try Self.permits(), banks: try BankDirectory(banks),
            returnAddresses: [address])
    }

    /// Where the payer would go.
    func open(debtor: String) async throws -> String {
        let account = try Self.some(AccountID("camille"))
        let payer = Payer(account: account, name: try PersonName(birthName: "Exemple", givenNames: ["Camille"]))
        let id = TransferID(random: Environment.system.randomBytes)
        let amount = try Amount(typed: "25,50")
        _ = try await gateway.draft(id, payer: payer, permit: try Self.some(PermitNumber("1")), amount: amount)
        let transfer = try await gateway.begin(
            id, by: account, at: bank, from: try Self.some(BrowserSession("a-session-of-the-consumer")),
            returningTo: address, answering: [BankQuestion.debtorIBAN.id: debtor])
        guard case .approve(.redirect(let link, _)) = transfer.outcome else { throw CocoaError(.featureUnsupported) }
        return link
    }

    private static func permits() throws -> InMemoryStore {
        let place = try some(EstablishmentID("exemple"))
        let payee = try some(Payee(name: "REGIE EXEMPLE", iban: IBAN("FR7699992000420000009876566")))
        let name = try PersonName(birthName: "Exemple", givenNames: ["Camille"])
        let detainee = Detainee(establishment: place, ecrouNumber: try EcrouNumber("12345"), name: name)
        let permit = VisitPermit(
            number: try some(PermitNumber("1")), holder: name, detainee: detainee, status: .active,
            registeredBy: AccountID("camille"))
        return InMemoryStore(
            establishments: [Establishment(id: place, name: "Exemple", payee: payee)], permits: [permit])
    }

    private static func text(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

    private static func some<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw CocoaError(.featureUnsupported) }
        return value
    }
}

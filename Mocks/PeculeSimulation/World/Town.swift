import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import Synchronization

/// One transfer that somebody wants to make.
struct Errand: Sendable {
    let number: Int
    let id: TransferID
    let payer: Payer
    let permit: PermitNumber
    let amount: Amount
    let bank: BankID
    let login: String
    /// To what some banks ask before they open a payment.
    let answers: [String: String]
    let browser: BrowserSession
}

/// Invented people and prisons, and what they set out to do.
struct Town: Sendable {
    private(set) var establishments: [Establishment] = []
    private(set) var permits: [VisitPermit] = []
    private(set) var errands: [Errand] = []
    static let people = 4
    static let connection = PayerConnection(ipAddress: "198.51.100.7", userAgent: nil)
    static let payeeIBAN = "FR7699920000420000041700138"

    /// Banks of both standards, of which each run has a few.
    private static let allBanks = MockBankProfile.all

    private let accounts: [MockBank.AccountView]
    /// The bank that does not play fair gets every sixth transfer.
    private let hostile: String?
    private let fairBanks: [String]

    /// - Parameter accounts: the customers' at these banks.
    init(
        _ plan: Simulation.Plan, _ executor: SeededExecutor, _ banks: [MockBankProfile],
        _ accounts: [MockBank.AccountView], hostile: String?
    ) {
        (self.accounts, self.hostile) = (accounts, hostile)
        fairBanks = banks.map(\.id).filter { $0 != hostile }
        let iban = Self.known(try? IBAN(Self.payeeIBAN))
        let payee = Self.known(Payee(name: "Régie des comptes nominatifs Valmont", iban: iban))
        let place = Self.known(EstablishmentID("valmont"))
        let perMonth = Amount(cents: (100 + executor.below(900)) * 100)
        establishments = [
            Establishment(
                id: place, name: "Valmont", payee: payee,
                cap: TransferCap(perTransfer: Amount(cents: 200_00), perMonth: perMonth))
        ]
        for person in 0..<Self.people { permits.append(Self.permit(person, place)) }
        for number in 0..<plan.transfers { errands.append(errand(number, plan.seed, executor)) }
    }

    private func errand(_ number: Int, _ seed: UInt64, _ executor: SeededExecutor) -> Errand {
        let permit = permits[executor.below(permits.count)]
        let logins = ["camille", "camille", "camille", "camille", "noe", "refus", "attente", "expire", "verrou"]
        let amount = Self.known(Amount(cents: 100 + executor.below(19_900)))
        let fair = fairBanks[executor.below(fairBanks.count)]
        let bank = executor.below(6) == 0 ? hostile ?? fair : fair
        let login = logins[executor.below(logins.count)]
        let own = accounts.first { $0.bank == bank && $0.owner == login }
        return Errand(
            number: number, id: Self.known(TransferID("SIM-\(String(seed, radix: 36))-\(1_000_000 + number)")),
            payer: Payer(account: Self.known(permit.registeredBy), name: permit.holder), permit: permit.number,
            amount: amount, bank: Self.known(BankID(bank)), login: login,
            answers: [BankQuestion.debtorIBAN.id: own?.iban ?? "", BankQuestion.payerID.id: login],
            browser: Self.known(BrowserSession("browser-of-errand-\(number)")))
    }

    private static func permit(_ person: Int, _ place: EstablishmentID) -> VisitPermit {
        let visited = known(try? PersonName(birthName: "Modele", givenNames: ["Andre"]))
        return VisitPermit(
            number: known(PermitNumber("90000\(person)")),
            holder: known(try? PersonName(birthName: "Exemple", givenNames: ["Camille"])),
            detainee: Detainee(
                establishment: place, ecrouNumber: known(try? EcrouNumber("04213\(person)")), name: visited),
            status: .active, registeredBy: known(AccountID("relative-\(person)")))
    }

    /// Short enough for ten minutes to be enough for everything: the simulated banks' consents live for ninety seconds,
    /// their reviews take one, and their transport gives up after a quarter.
    static let patience: Patience = {
        var patience = Patience()
        patience.draft = 240
        patience.call = 30
        let waits = Patience.Waits(first: 8, longest: 40)
        (patience.opening, patience.approval, patience.confirmation, patience.execution) = (waits, waits, waits, waits)
        // Most payers need longer than that anyway.
        patience.approval.first = 20
        patience.requests = 30
        return patience
    }()

    /// From two to nine banks: the fewer, the more transfers meet at each, and all of them come up in some run.
    static func someBanks(_ executor: SeededExecutor) -> [MockBankProfile] {
        var banks = allBanks
        let count = 2 + executor.below(8)
        while banks.count > count { banks.remove(at: executor.below(banks.count)) }
        return banks
    }

    /// The gateways' view of these banks, as the mock bank's own directory lists them.
    static func profiles(of banks: [MockBankProfile]) -> [BankProfile] {
        banks.compactMap { bank in allProfiles.first { $0.bank.id.text == bank.id } }
    }

    private static let allProfiles: [BankProfile] = {
        let document = Mutex<[UInt8]>([])
        SeededExecutor(seed: 0).run(limit: 1000) {
            let directory = await MockBank(baseURL: World.bankOrigin, profiles: allBanks)
                .respond(to: HTTPRequest(.get, "/mock/banks"))
            document.withLock { $0 = directory.body }
        }
        return known(try? document.withLock { try BankProfile.list(parsing: $0) })
    }()

    /// Often an ordinary day; sometimes the last minutes of a month in Paris, or the night of a change of hour.
    static func someDay(_ executor: SeededExecutor) -> Date {
        let moments: [TimeInterval] = [
            1_789_540_200,  // 2026-09-16, morning
            1_793_487_000,  // 2026-10-31, 23:50
            1_792_889_700,  // 2026-10-25, 02:55 for the first time
            1_772_319_000,  // 2026-02-28, 23:50
        ]
        return Date(timeIntervalSince1970: moments[executor.below(8) < 5 ? 0 : 1 + executor.below(3)])
    }

    /// The invented values are well-formed; if one were not, no simulation could be run.
    static func known<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("an invented value is not well-formed") }
        return value
    }
}

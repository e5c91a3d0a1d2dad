import FoundationEssentials
import PeculeHTTP

/// From what the banks of one place are made, each time anew.
struct Seed: Sendable {
    let profiles: [MockBankProfile]
    let timing: BankState.Timing
    let payees: PayeeDirectory
    let gate: TrustGate
    /// Beside those of every bank; the same login replaces one of them.
    var customers: [SeedCustomer] = []
    /// Scenarios with a name, as files gave them.
    var catalogue: ScenarioCatalogue

    init(profiles: [MockBankProfile], timing: BankState.Timing, payees: PayeeDirectory, gate: TrustGate) {
        (self.profiles, self.timing, self.payees, self.gate) = (profiles, timing, payees, gate)
        catalogue = ScenarioCatalogue(review: timing.review)
    }

    func banks(at baseURL: String, now: Date) -> [BankState] {
        profiles.map { profile in
            let own = customers.filter { $0.bank == nil || $0.bank == profile.id }
            return BankState(
                profile: profile, timing: timing, payees: payees, catalogue: catalogue,
                customers: all(own, at: profile), address: "\(baseURL)/\(profile.id)", openedAt: now)
        }
    }

    private func all(_ own: [SeedCustomer], at profile: MockBankProfile) -> [Customer] {
        let seeded = own.enumerated().map { $1.customer(bankCode: profile.bankCode, branch: 101 + $0) }
        return Customer.seed(bankCode: profile.bankCode, catalogue: catalogue).filter { known in
            !seeded.contains { $0.login == known.login }
        } + seeded
    }
}

/// A customer of a seed file.
struct SeedCustomer: Sendable {
    /// Nil for every bank.
    let bank: String?
    let login: String
    let name: String
    let scenario: Scenario
    let accounts: [(iban: String?, label: String, cents: Int, isSavings: Bool)]

    func customer(bankCode: String, branch: Int) -> Customer {
        let accounts = accounts.enumerated().map { index, account in
            let made = IBANNumber.french(bank: Int(bankCode) ?? 0, branch: branch, account: index + 1)
            return Customer.Account(
                iban: account.iban ?? made, label: account.label, openingCents: account.cents,
                isSavings: account.isSavings)
        }
        return Customer(login: login, name: name, scenario: scenario, accounts: accounts, hint: "fichier de données")
    }
}

extension Seed {
    /// Reads `{"customers": [{"login", "name", "bank", "scenario", "accounts": [{"cents", "label", "iban"}]}]}`.
    mutating func load(_ document: JSON) throws(ControlFault) {
        guard let customers = document["customers"]?.array else {
            throw ControlFault("customers must be an array of objects")
        }
        var read: [SeedCustomer] = []
        for (index, value) in customers.enumerated() { read.append(try customer(value, "customers[\(index)]")) }
        self.customers = read
    }

    private func customer(_ value: JSON, _ place: String) throws(ControlFault) -> SeedCustomer {
        guard let login = value["login"]?.string, !login.isEmpty, !login.contains(where: { "+ /".contains($0) }) else {
            throw ControlFault("\(place).login must be a text without +, / or space")
        }
        let bank = value["bank"]?.string
        guard bank == nil || profiles.contains(where: { $0.id == bank }) else {
            throw ControlFault("\(place).bank is no bank of this place")
        }
        let accounts = value["accounts"]?.array ?? []
        guard !accounts.isEmpty else { throw ControlFault("\(place).accounts must hold at least one account") }
        var read: [(iban: String?, label: String, cents: Int, isSavings: Bool)] = []
        for (index, account) in accounts.enumerated() {
            read.append(try Self.account(account, "\(place).accounts[\(index)]"))
        }
        return SeedCustomer(
            bank: bank, login: login.lowercased(), name: value["name"]?.string ?? login,
            scenario: try scenario(value["scenario"]?.string ?? "", "\(place).scenario"), accounts: read)
    }

    private func scenario(_ text: String, _ place: String) throws(ControlFault) -> Scenario {
        guard !text.isEmpty else { return .ordinary }
        do throws(ScenarioError) { return try catalogue.read(text) } catch {
            throw ControlFault("\(place): \(error)")
        }
    }

    private static func account(
        _ value: JSON, _ place: String
    ) throws(ControlFault) -> (iban: String?, label: String, cents: Int, isSavings: Bool) {
        guard let cents = value["cents"]?.integer, (1...1_000_000_000).contains(cents) else {
            throw ControlFault("\(place).cents must be 1 to 1000000000")
        }
        let iban = value["iban"]?.string
        guard iban.map(IBANNumber.isValid) != false else { throw ControlFault("\(place).iban is not a valid IBAN") }
        return (iban, value["label"]?.string ?? "Compte courant", cents, value["savings"]?.bool ?? false)
    }
}

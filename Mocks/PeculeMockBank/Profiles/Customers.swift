/// A payer who has accounts at a bank. All are invented; a login may call a scenario that decides how its orders end.
struct Customer: Sendable, Equatable {
    struct Account: Sendable, Equatable {
        let iban: String
        let label: String
        let openingCents: Int
        var isSavings = false
    }

    let login: String
    let name: String
    /// What happens to its orders.
    let scenario: Scenario
    let accounts: [Account]

    /// What the cheat-sheet says about this login.
    let hint: String
}

extension Customer {
    /// One password for every invented customer, printed on the login page.
    static let password = "demo"

    /// - Parameter catalogue: where the scenarios of those stand who are named after one.
    static func seed(bankCode: String, catalogue: ScenarioCatalogue) -> [Customer] {
        var branch = 0
        func customer(
            _ login: String, _ name: String, _ scenario: String?, current: [Int], savings: Int? = nil, _ hint: String
        ) -> Customer {
            branch += 1
            func account(_ number: Int, _ label: String, _ cents: Int, isSavings: Bool = false) -> Account {
                let iban = IBANNumber.french(bank: Int(bankCode) ?? 0, branch: branch, account: number)
                return Account(iban: iban, label: label, openingCents: cents, isSavings: isSavings)
            }
            var accounts = current.enumerated().map { index, cents in
                account(index + 1, index == 0 ? "Compte courant" : "Compte courant \(index + 1)", cents)
            }
            if let savings { accounts.append(account(90, "Livret d’épargne", savings, isSavings: true)) }
            let scenario = scenario.flatMap(catalogue.named) ?? .ordinary
            return Customer(login: login, name: name, scenario: scenario, accounts: accounts, hint: hint)
        }
        return [
            customer(
                "camille", "Camille Fontaine", nil, current: [150_000, 8_000], savings: 500_000,
                "deux comptes courants et un livret"),
            customer("noe", "Noé Garnier", nil, current: [500], "5,00 € sur le compte : provision insuffisante"),
            customer(
                "refus", "Inès Renaud", "refus", current: [150_000],
                "la banque rejette l’ordre après l’accord"),
            customer(
                "attente", "Louis Marchand", "attente", current: [150_000],
                "l’ordre reste en attente un quart d’heure"),
            customer("expire", "Jade Perrin", "expire", current: [150_000], "la demande expire à la connexion"),
            customer("verrou", "Hugo Lambert", "verrou", current: [150_000], "l’accès est bloqué"),
        ]
    }
}

import PeculeHTTP

/// What runs here, for whoever opens the address in a browser.
struct HomePage {
    /// What the paths of this place begin with.
    let root: String
    let seed: Seed

    static let stylesheet = "/mock/style.css"
    static let colour = "#124f6b"

    func response() -> HTTPResponse {
        Layout(title: "Banques simulées", wordmark: "Banques simulées", stylesheet: root + Self.stylesheet).response(
            """
            <h1>Des banques fictives, pour essayer</h1>
            <p>Ce programme joue plusieurs banques inventées. Aucun argent réel ne bouge. On arrive sur leurs pages \
            par un ordre de virement, envoyé par une passerelle de paiement à l’interface STET de l’une d’elles.</p>
            <p lang="en">This program plays several invented banks: a STET payment-initiation interface, an OAuth \
            server and the pages on which a payer approves. No real money moves. A gateway reads its configuration \
            from <a href="\(root)/mock/banks">/mock/banks</a>.</p>
            <div class="scroll"><table>
            <caption>Les banques et ce qui les distingue</caption>
            <thead><tr><th scope="col">Banque</th><th scope="col">STET</th>
            <th scope="col">Retour du payeur</th><th scope="col">Compte de camille</th></tr></thead>
            <tbody>\(seed.profiles.map(row))</tbody>
            </table></div>
            <p><a href="\(root)/mock/console">Console de recette</a> : les paiements reçus, leurs échanges, et comment \
            faire arriver n’importe quelle panne. <a href="\(root)/mock/console?lang=en" lang="en">QA console</a>.</p>
            <h2>Comptes de démonstration</h2>
            <p>Mot de passe de chacun : <strong>\(Customer.password)</strong></p>
            <ul>\(Customer.seed(bankCode: "99999", catalogue: seed.catalogue).map(line))</ul>
            """)
    }

    private func line(_ customer: Customer) -> HTML {
        "<li><strong>\(customer.login)</strong> : \(customer.hint)</li>"
    }

    private func row(_ profile: MockBankProfile) -> HTML {
        let customers = Customer.seed(bankCode: profile.bankCode, catalogue: seed.catalogue)
        let account = customers.first { $0.login == "camille" }?.accounts.first?.iban ?? ""
        return """
            <tr><th scope="row">\(profile.name) (<code>\(profile.id)</code>)</th>\
            <td>\(profile.dialectName)</td><td><code>\(profile.flow.rawValue)</code></td>\
            <td>\(IBANNumber.grouped(account))</td></tr>
            """
    }
}

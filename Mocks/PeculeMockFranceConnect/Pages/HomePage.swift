import PeculeHTTP

/// What runs here, for whoever opens the address in a browser.
struct HomePage: Sendable {
    let issuer: String

    func response() -> HTTPResponse {
        Page(title: "Simulation de FranceConnect").response(
            """
            <p>Ce programme joue FranceConnect, version 2, avec des personnes inventées. On arrive sur ses pages par \
            le bouton de connexion d’un service.</p>
            <p lang="en">This program plays FranceConnect, version 2, with invented persons. Its issuer is \
            <code>\(issuer)</code>; services are registered with \
            <code>PUT \(ProviderPath.control)/clients/{client}</code>.</p>
            \(Self.table("Personnes", TestIdentity.all.filter { $0.fault == nil }))
            \(Self.table("Pannes et mensonges", TestIdentity.all.filter { $0.fault != nil }))
            """)
    }

    private static func table(_ caption: String, _ identities: [TestIdentity]) -> HTML {
        let rows = identities.map { identity -> HTML in
            """
            <tr><th scope="row">\(identity.purpose)</th><td>\(identity.displayName)</td>\
            <td><code>\(identity.login)</code></td></tr>
            """
        }
        return """
            <div class="scroll"><table>
            <caption>\(caption)</caption>
            <thead><tr><th scope="col">Cas</th><th scope="col">Personne</th>\
            <th scope="col">Identifiant</th></tr></thead>
            <tbody>\(rows)</tbody>
            </table></div>
            """
    }
}

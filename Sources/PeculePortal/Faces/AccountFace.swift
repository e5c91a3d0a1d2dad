import Pecule
import PeculeHTTP

/// « Mes données »: what the portal knows of who is logged in.
struct AccountFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/mes-donnees") { request, relative throws(Trouble) in
            show(request, relative)
        }
    }

    private func show(_ request: PortalRequest, _ relative: Relative) -> HTTPResponse {
        let email = relative.email ?? "FranceConnect n’a pas donné d’adresse"
        let ends = request.session.map { FrenchTime.hour($0.expires) } ?? ""
        return desk.frame("Mes données", for: request).page(
            """
            <h1>Mes données</h1>
            \(Pieces.facts([
                ("Nom de naissance", "\(relative.name.birthName)"),
                ("Nom d’usage", "\(relative.name.usageName ?? "–")"),
                ("Prénoms", "\(relative.name.givenNames.joined(separator: ", "))"),
                ("Date de naissance", "\(relative.birthDate ?? "–")"), ("Adresse électronique", "\(email)"),
            ]))
            <p>Ces données viennent de FranceConnect à chaque connexion. Pour les corriger, adressez-vous au compte \
            que vous utilisez avec FranceConnect.</p>
            <p>Sans action de votre part, votre session prend fin à \(ends). Ouvrir une page la prolonge.</p>
            """)
    }
}

import Pecule
import PeculeHTTP

/// The home page: the FranceConnect button for a visitor, the permits and their services for who is logged in.
struct HomeFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forAnyone(&router, .get, "/") { request throws(Trouble) in
            guard let relative = request.relative else { return welcome(request) }
            return try await home(request, relative)
        }
        desk.forAnyone(&router, .get, "/portail.css") { _ throws(Trouble) in Stylesheet.response }
    }

    private func welcome(_ request: PortalRequest) -> HTTPResponse {
        let notice = Notice(request).map { Pieces.alert($0.mood, $0.sentence) }
        return desk.frame("Accueil", .home, for: request).page(
            """
            \(notice)
            <h1>Demander un permis de visite, envoyer de l’argent à un proche détenu</h1>
            <p>Connectez-vous pour accéder à votre espace personnel.</p>
            \(SignInFace.button())
            <h2>Ce que vous pouvez faire ici</h2>
            <ul>
            <li>demander un permis de visite pour une personne détenue condamnée, et suivre votre demande&nbsp;;</li>
            <li>enregistrer un permis de visite qui vous a été accordé&nbsp;;</li>
            <li>faire un virement sur le pécule de votre proche, et voir vos virements des six derniers mois.</li>
            </ul>
            """)
    }

    private func home(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let permits = try await desk.stored { () throws(StoreFault) in
            try await desk.permits.registered(by: relative.account)
        }
        let notice = Notice(request).map { Pieces.alert($0.mood, $0.sentence) }
        let cards = permits.map { PermitCard(permit: $0).html }
        let list: HTML =
            permits.isEmpty
            ? """
                <p>Aucun permis n’est enregistré sur votre espace personnel.</p>
                <p>\(Pieces.link("Faire un virement", to: "/pecule", isMain: true))</p>
                """ : "<ul class=\"cards\">\(cards)</ul>"
        return desk.frame("Accueil", .home, for: request).page(
            """
            \(notice)
            <h1>Bonjour \(relative.name.givenNames.first ?? "")</h1>
            <h2>Vos permis de visite</h2>
            \(list)
            <h2>Autres services</h2>
            <ul class="links">
            <li><a href="/permis">Demander un permis ou suivre une demande</a></li>
            <li><a href="/virements">Voir l’historique de vos virements</a></li>
            </ul>
            """)
    }
}

/// A permit with its two services.
struct PermitCard {
    let permit: RegisteredPermit

    var html: HTML {
        let (mood, state) = GatewayText.name(of: permit.permit.status)
        let person = permit.permit.detainee.name
        return """
            <li class="card"><h3>\(person.revealed)</h3>
            <p>\(permit.establishment.name)</p>
            <p>\(Pieces.pill(mood, "Permis \(state.lowercased())"))</p>
            <p class="services"><a class="button second" href="/permis/\(permit.key)/parloir">Prendre un rendez-vous \
            parloir\
            <span class="unseen"> avec \(person.revealed)</span></a>
            <a class="button" href="/pecule/\(permit.key)">Faire un virement\
            <span class="unseen"> à \(person.revealed)</span></a></p></li>
            """
    }
}

/// What has just happened, told once on the page that comes after it.
struct Notice {
    let mood: Pieces.Mood
    let sentence: String

    init?(_ request: PortalRequest) {
        switch request.query["fait"] {
        case "deconnexion": (mood, sentence) = (.done, "Vous êtes déconnecté.")
        case "permis-ajoute": (mood, sentence) = (.done, "Le permis est enregistré sur votre espace personnel.")
        case "permis-retire": (mood, sentence) = (.done, "Le permis a été retiré de votre espace personnel.")
        default: return nil
        }
    }
}

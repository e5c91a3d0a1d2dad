import Pecule
import PeculeHTTP

/// The permits of a personal space: registered by name, looked at, taken off.
struct PermitFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/permis") { request, relative throws(Trouble) in
            try await list(request, relative)
        }
        desk.forRelatives(&router, .get, "/permis/ajouter") { request, _ throws(Trouble) in
            try await ask(request, PermitForm(request))
        }
        desk.forRelatives(&router, .post, "/permis/ajouter") { request, relative throws(Trouble) in
            try await add(request, relative)
        }
        desk.forRelatives(&router, .post, "/permis/{permit}/retirer") { request, relative throws(Trouble) in
            let permit = try await desk.permit(request, of: relative)
            try await desk.stored { () throws(StoreFault) in
                try await desk.permits.remove(permit, from: relative.account)
            }
            return .seeOther("/permis?fait=permis-retire")
        }
        desk.forRelatives(&router, .get, "/permis/{permit}/parloir") { request, relative throws(Trouble) in
            visit(request, try await desk.permit(request, of: relative))
        }
    }

    private func list(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let permits = try await desk.stored { () throws(StoreFault) in
            try await desk.permits.registered(by: relative.account)
        }
        let rows = permits.map { permit -> HTML in
            """
            \(PermitCard(permit: permit).html)
            <li><form method="post" action="/permis/\(permit.key)/retirer">\(desk.token(for: request))
            <button class="quiet" type="submit">Retirer de mon espace<span class="unseen"> le permis pour \
            \(permit.permit.detainee.name.revealed)</span></button></form></li>
            """
        }
        let none: HTML = permits.isEmpty ? "<p>Aucun permis n’est enregistré sur votre espace personnel.</p>" : ""
        return desk.frame("Permis", .permits, for: request).page(
            """
            \(Notice(request).map { Pieces.alert($0.mood, $0.sentence) })
            <h1>Permis</h1>
            <h2>Vos permis enregistrés</h2>
            \(none)<ul class="cards">\(rows)</ul>
            <p>\(Pieces.link("Ajouter un permis de visite", to: "/permis/ajouter", isMain: true))</p>
            <h2>Demande de permis</h2>
            <p>Vous n’avez pas encore de permis pour la personne détenue&nbsp;? Demandez-le à son établissement, ou \
            suivez une \
            demande déjà envoyée.</p>
            <p>\(Pieces.link("Demande de permis", to: "/permis/demandes"))</p>
            <p>Retirer un permis de votre espace ne l’annule pas&nbsp;: vous pourrez l’ajouter de nouveau.</p>
            """)
    }

    private func visit(_ request: PortalRequest, _ permit: RegisteredPermit) -> HTTPResponse {
        desk.frame("Rendez-vous parloir", .permits, for: request).page(
            """
            <h1>Prendre un rendez-vous parloir</h1>
            <p>Les rendez-vous au parloir ne se prennent pas dans cette simulation.</p>
            <p>Pour cet établissement (\(permit.establishment.name)), munissez-vous de votre numéro de permis et \
            suivez le dépliant «&nbsp;La prise de rendez-vous parloir se simplifie&nbsp;».</p>
            <p>\(Pieces.link("Revenir à l’accueil", to: "/"))</p>
            """)
    }

    // MARK: Registering

    private func ask(
        _ request: PortalRequest, _ form: PermitForm, status: Int = 200
    ) async throws(Trouble) -> HTTPResponse {
        let places = try await desk.stored { () throws(StoreFault) in try await desk.permits.establishments() }
        var frame = desk.frame("Ajouter un permis de visite", .permits, for: request)
        frame.hasErrors = !form.errors.isEmpty
        return frame.page(status: status, form.page(places, token: desk.token(for: request)))
    }

    private func add(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        var form = PermitForm(request)
        guard let (number, place, ecrouNumber) = form.read() else { return try await ask(request, form) }
        let key = KeptApplication.accountKey(relative.account)
        let wait = try await desk.stored { () throws(StoreFault) in
            try await desk.registrations.take(by: key, at: request.now)
        }
        guard wait == nil else {
            form.refuse("Trop d’essais sans succès. Réessayez dans une heure, ou contactez le support.")
            return try await ask(request, form, status: 429)
        }
        let registration = try await desk.stored { () throws(StoreFault) in
            let registration = try await desk.permits.register(number, at: place, ecrouNumber, for: relative)
            if registration != .unknown { try await desk.registrations.giveBack(by: key, at: request.now) }
            return registration
        }
        switch registration {
        case .registered: return .seeOther("/?fait=permis-ajoute")
        case .already: form.refuse("Ce permis est déjà enregistré sur votre espace personnel.")
        case .notActive(let status): form.refuse(GatewayText.sentence(for: status))
        case .unknown:
            form.refuse(
                "Aucun permis à votre nom ne correspond à ces informations. Vérifiez chaque champ sur votre permis.")
        }
        return try await ask(request, form)
    }
}

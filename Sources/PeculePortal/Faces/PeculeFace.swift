import Pecule
import PeculeHTTP

/// The tab « Pécule »: whose pécule can be fed, and the way to it.
struct PeculeFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/pecule") { request, relative throws(Trouble) in
            try await choose(request, relative)
        }
        desk.forRelatives(&router, .get, "/pecule/{permit}") { request, relative throws(Trouble) in
            show(request, try await desk.permit(request, of: relative))
        }
    }

    private func choose(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let permits = try await desk.stored { () throws(StoreFault) in
            try await desk.permits.registered(by: relative.account)
        }
        let rows = permits.map { permit -> HTML in
            let (mood, state) = GatewayText.name(of: permit.permit.status)
            let person = permit.permit.detainee.name.revealed
            return """
                <li class="card"><h3>\(person)</h3><p>\(permit.establishment.name)</p>
                <p>\(Pieces.pill(mood, "Permis \(state.lowercased())"))</p>
                <p><a class="button" href="/pecule/\(permit.key)">Faire un virement<span class="unseen"> à \
                \(person)</span></a></p>
                </li>
                """
        }
        let none: HTML = """
            <p>Pour faire un virement, enregistrez d’abord sur votre espace personnel le permis de visite qui vous a \
            été accordé, à votre nom, pour la personne détenue.</p>
            """
        return desk.frame("Pécule", .pecule, for: request).page(
            """
            <h1>Pécule</h1>
            \(Pieces.list(rows, "cards").map { list -> HTML in "<h2>Vos permis</h2>\(list)" } ?? none)
            <p>\(Pieces.link("Ajouter un permis de visite", to: "/permis/ajouter", isMain: permits.isEmpty))
            \(Pieces.link("Voir l’historique", to: "/virements"))</p>
            \(Self.otherWay)
            """)
    }

    private func show(_ request: PortalRequest, _ permit: RegisteredPermit) -> HTTPResponse {
        let (mood, state) = GatewayText.name(of: permit.permit.status)
        let isOpen = permit.permit.status == .active && permit.establishment.acceptsTransfers
        let refusal = PermitRefusal.open(permit)
        let way: HTML =
            isOpen
            ? "<p>\(Pieces.link("Alimenter le pécule", to: "/pecule/\(permit.key)/montant", isMain: true))</p>"
            : Pieces.alert(.pending, refusal.map(GatewayText.sentence) ?? "")
        return desk.frame("Pécule", .pecule, for: request).page(
            """
            <h1>Pécule</h1>
            \(Pieces.facts([
                ("Personne détenue", "\(permit.permit.detainee.name.revealed)"),
                ("Établissement", "\(permit.establishment.name)"), ("Permis", Pieces.pill(mood, state)),
            ]))
            \(way)
            <p>\(Pieces.link("Voir l’historique", to: "/virements"))</p>
            \(Self.otherWay)
            """)
    }

    static let otherWay: HTML = """
        <p class="hint">Ce service s’ajoute à la solution habituelle de l’établissement (virement bancaire \
        classique)&nbsp;: il ne la remplace pas.</p>
        """
}

extension PermitRefusal {
    /// What stands against a transfer under this permit, before anybody types an amount.
    static func open(_ permit: RegisteredPermit) -> PermitRefusal? {
        guard permit.permit.status == .active else { return .notActive(permit.permit.status) }
        return permit.establishment.acceptsTransfers ? nil : .establishmentClosed
    }
}

import Pecule
import PeculeHTTP

/// « Mes données »: what the portal knows of who is logged in.
struct AccountFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/mes-donnees") { request, relative throws(Trouble) in
            show(request, relative)
        }
        desk.forRelatives(&router, .get, "/mes-donnees.json") { _, relative throws(Trouble) in
            try await export(relative)
        }
        desk.forRelatives(&router, .post, "/mes-donnees/effacement") { request, relative throws(Trouble) in
            try await askErasure(request, relative)
        }
    }

    private func show(_ request: PortalRequest, _ relative: Relative, said: HTML? = nil) -> HTTPResponse {
        let email = relative.email ?? "FranceConnect n’a pas donné d’adresse"
        let born = relative.birthDate.flatMap(DateOfBirth.init).map(TypedDate.french) ?? "–"
        let ends = request.session.map { FrenchDate.time($0.expires) } ?? ""
        return desk.frame("Mes données", for: request).page(
            """
            <h1>Mes données</h1>
            \(said)
            \(Pieces.facts([
                ("Nom de naissance", "\(relative.name.birthName)"),
                ("Nom d’usage", "\(relative.name.usageName ?? "–")"),
                ("Prénoms", "\(relative.name.givenNames.joined(separator: ", "))"),
                ("Date de naissance", "\(born)"), ("Adresse électronique", "\(email)"),
            ]))
            <p>Ces données viennent de FranceConnect à chaque connexion. Pour les corriger, adressez-vous au compte \
            que vous utilisez avec FranceConnect.</p>
            <p>Sans action de votre part, votre session prend fin à \(ends). Ouvrir une page la prolonge.</p>
            <h2>Emporter mes données</h2>
            <p><a href="/mes-donnees.json" download="mes-donnees.json">Télécharger ce que le portail sait de moi \
            (JSON)</a></p>
            <h2>Faire effacer mes données</h2>
            <p>Vos permis, vos demandes et vos virements sont gardés aussi longtemps que la loi le demande. Le reste \
            peut être effacé. La réponse vous parvient en un mois au plus.</p>
            <form method="post" action="/mes-donnees/effacement">\(desk.token(for: request))
            <p>\(Pieces.button("Demander l’effacement"))</p></form>
            """)
    }

    /// Everything that is kept of this person, for the person (GDPR, articles 15 and 20).
    private func export(_ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let permits = try await desk.stored { () throws(StoreFault) in
            try await desk.permits.registered(by: relative.account)
        }
        let applications = try await desk.applied { () throws(ApplicationError) in
            try await desk.applications.applications(of: relative.account)
        }
        let transfers = try await desk.transfers(of: relative)
        var response = HTTPResponse.json([
            "identity": relative.name.json, "birth_date": relative.birthDate.map(JSON.string) ?? .null,
            "email": relative.email.map(JSON.string) ?? .null,
            "permits": .array(permits.map { .string($0.permit.number.revealed) }),
            "applications": .array(
                applications.map { ["reference": .string($0.id.text), "status": .string($0.status.kind.rawValue)] }),
            "transfers": .array(
                transfers.map { transfer in
                    [
                        "reference": .string(transfer.id.text), "cents": .integer(transfer.amount.cents),
                        "state": .string(transfer.state.name), "date": .string(FrenchDate.numbers(transfer.draftedAt)),
                    ]
                }),
        ])
        response.fields.set(#"attachment; filename="mes-donnees.json""#, for: "Content-Disposition")
        response.fields.set("no-store", for: "Cache-Control")
        return response
    }

    private func askErasure(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        guard let address = relative.email.flatMap(EmailAddress.init) else {
            throw .refused("Il faut une adresse électronique pour vous répondre. Passez par la page Contact.")
        }
        let message = SupportMessage(subject: "Effacement", text: "RGPD, article 17", address: address)
        let reference = try await desk.stored { () throws(StoreFault) in
            try await desk.messages.keep(message, from: relative.account, at: request.now)
        }
        let said = Pieces.alert(
            .done, "Votre demande d’effacement est enregistrée.", "<p>Référence&nbsp;: \(reference).</p>")
        return show(request, relative, said: said)
    }
}

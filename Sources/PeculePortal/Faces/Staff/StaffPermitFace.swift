import Pecule
import PeculeHTTP

/// The permits that an establishment has granted, and the caps that it sets.
struct StaffPermitFace: Sendable {
    let face: StaffFace

    private var desk: PortalDesk { face.desk }

    func install(in router: inout HTTPRouter) {
        face.forStaff(&router, .get, "/etablissement/permis") { request, member throws(Trouble) in
            try await find(request, member)
        }
        face.forStaff(&router, .post, "/etablissement/permis") { request, member throws(Trouble) in
            try await change(request, member)
        }
        face.forStaff(&router, .get, "/etablissement/plafonds") { request, member throws(Trouble) in
            try await caps(request, member)
        }
        face.forStaff(&router, .post, "/etablissement/plafonds") { request, member throws(Trouble) in
            try await setCaps(request, member)
        }
    }

    // MARK: Permits

    /// The permit of that number, if this establishment granted it.
    private func permit(_ text: String, of member: StaffMember) async throws(Trouble) -> GrantedPermit? {
        guard let number = PermitNumber(text) else { return nil }
        let granted = try await desk.stored { () throws(StoreFault) in try await desk.permits.granted(number) }
        return granted?.permit.detainee.establishment == member.establishment ? granted : nil
    }

    private func find(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        let typed = (request.query["numero"] ?? "").trimmed
        let granted = try await permit(typed, of: member)
        let none = typed.isEmpty || granted != nil ? nil : "Aucun permis de votre établissement ne porte ce numéro."
        return face.page(
            "Permis", request,
            """
            <h1>Permis</h1>
            \(none.map { Pieces.alert(.note, $0) })
            <form method="get" action="/etablissement/permis">
            \(Field(name: "numero", label: "Numéro de permis", value: typed, longest: 20).text)
            <p>\(Pieces.button("Chercher"))</p></form>
            \(granted.map { card($0, request) })
            """)
    }

    private func card(_ granted: GrantedPermit, _ request: PortalRequest) -> HTML {
        let permit = granted.permit
        let (mood, state) = GatewayText.name(of: permit.status)
        let choices = VisitPermit.Status.allCases.map { ($0.rawValue, GatewayText.name(of: $0).1) }
        return """
            \(Pieces.facts([
                ("Titulaire", "\(permit.holder.revealed)"), ("Personne détenue", "\(permit.detainee.name.revealed)"),
                ("État", Pieces.pill(mood, state)),
            ]))
            <form method="post" action="/etablissement/permis" novalidate>\(desk.token(for: request))
            \(Pieces.hidden("numero", permit.number.revealed))
            \(Field(name: "etat", label: "Nouvel état", value: permit.status.rawValue).choice(among: choices))
            <p>\(Pieces.button("Changer l’état"))</p></form>
            """
    }

    private func change(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        guard let granted = try await permit(request.typed("numero"), of: member) else { throw .notFound }
        guard let status = VisitPermit.Status(rawValue: request.typed("etat")) else {
            throw .refused("Choisissez un état dans la liste.")
        }
        let number = granted.permit.number
        try await desk.stored { () throws(StoreFault) in
            try await face.staff.log.note(.permit(status), number.revealed, by: member, at: request.now)
            try await desk.permits.keep(granted.with(status))
        }
        return .seeOther("/etablissement/permis?\(URLForm([("numero", number.revealed)]).text)")
    }

    // MARK: Caps

    private func place(_ member: StaffMember) async throws(Trouble) -> Establishment {
        let found = try await desk.stored { () throws(StoreFault) in
            try await desk.permits.establishment(member.establishment)
        }
        guard let found else { throw .notFound }
        return found
    }

    private func caps(
        _ request: PortalRequest, _ member: StaffMember, problem: ScreenProblem? = nil
    ) async throws(Trouble) -> HTTPResponse {
        let place = try await place(member)
        func field(_ name: String, _ label: String, _ kept: Amount?) -> HTML {
            Field(
                name: name, label: label, hint: "En euros. Vide\u{A0}: pas de plafond.",
                value: request.form[name]?.trimmed ?? kept?.decimal.replacing(".", with: ",") ?? "",
                error: problem?[name], isRequired: false, inputMode: "decimal"
            ).text
        }
        return face.page(
            "Plafonds", request, hasErrors: problem != nil,
            """
            <h1>Plafonds des virements</h1>
            \(problem?.html)
            <p>\(place.name)</p>
            <form method="post" action="/etablissement/plafonds" novalidate>\(desk.token(for: request))
            \(field("virement", "Par virement", place.cap?.perTransfer))
            \(field("mois", "Par mois et par personne détenue", place.cap?.perMonth))
            <p>\(Pieces.button("Enregistrer"))</p></form>
            """)
    }

    private func setCaps(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        var (problem, limits) = (ScreenProblem(), [Amount?]())
        for (name, label) in [("virement", "Par virement"), ("mois", "Par mois")] {
            let typed = request.typed(name)
            let amount = typed.isEmpty ? Amount?.none : try? Amount(typed: typed)
            let message = "\(label)\u{A0}: saisissez un montant en euros, par exemple 200,00."
            _ = problem.read(name, typed.isEmpty ? 0 : amount?.cents, or: message)
            limits.append(amount)
        }
        guard problem.fields.isEmpty else { return try await caps(request, member, problem: problem) }
        let place = try await place(member)
        let cap = TransferCap(perTransfer: limits[0], perMonth: limits[1])
        try await desk.stored { () throws(StoreFault) in
            try await face.staff.log.note(.caps, place.id.text, by: member, at: request.now)
            try await desk.permits.keep(
                Establishment(
                    id: place.id, name: place.name, payee: place.payee, cap: cap,
                    acceptsTransfers: place.acceptsTransfers))
        }
        return .seeOther("/etablissement/plafonds")
    }
}
